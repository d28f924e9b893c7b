/** Run as a program: typing into an open bibliography of 10 MB. */
import { diagnostics } from '../../src/features/diagnostics.ts';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { search } from '../../src/library/search.ts';
import { libraryOfSize } from './libraries.ts';
import { percentile, processorTime, table } from './measure.ts';

const URI = 'file:///library.bib';
const WARM = 200;
const EDITS = 1000;
const TYPED = ['a', 'b', '{', '}', '"', ',', ' ', '@', '=', '1'];

let text = libraryOfSize(10e6);
const library = new Library({ formats, languages });
library.openDocument(URI, 'bibtex', text);
const bibliography = library.bibliography(URI);
if (bibliography === undefined) throw new Error('There is no bibliography');
for (const steps = library.indexing(); steps.next().done !== true;);
for (const steps = bibliography.checking(); steps.next().done !== true;);

const times: Record<'entries' | 'search' | 'diagnostics' | 'all', number[]> = {
  entries: [],
  search: [],
  diagnostics: [],
  all: [],
};
let place = 0;
let state = 7;
const next = (below: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state % below;
};
for (let round = 0; round < WARM + EDITS; round++) {
  // Every other edit takes back the one before.
  const at = round % 2 === 0 ? bibliography.entrySpan(next(bibliography.entryCount)).start + 20 + next(300) : place;
  const end = round % 2 === 0 ? at : at + 1;
  const newText = round % 2 === 0 ? (TYPED[next(TYPED.length)] ?? '') : '';
  const after = text.slice(0, at) + newText + text.slice(end);
  // The copy of the document is made here, outside of what is measured.
  after.indexOf('\0');
  const start = processorTime();
  library.editDocument(URI, [{ span: { start: at, end }, newText }], after);
  const edited = processorTime();
  search([bibliography], 'smith 2010', 100);
  const searched = processorTime();
  diagnostics(library, URI, { scope: { globalBibliographies: [], folders: [] } });
  const checked = processorTime();
  text = after;
  // The server does this behind everything else.
  for (const steps = library.indexing(); steps.next().done !== true;);
  place = at;
  if (round < WARM) continue;
  times.entries.push(edited - start);
  times.search.push(searched - edited);
  times.diagnostics.push(checked - searched);
  times.all.push(checked - start);
}

const rows = Object.entries(times).map(([name, list]) => [
  name,
  percentile(list, 0.5),
  percentile(list, 0.99),
  percentile(list, 1),
]);
console.log(
  `## Editing a bibliography of ${(text.length / 1e6).toFixed(0)} MB: ms of processor time until it is right again, with the collecting of what the copies of the document leave (bar: all, p99 5 ms)\n\n${table(['after one character', 'p50', 'p99', 'max'], rows)}`,
);
