/** Run as a program, with `--expose-gc`: typing into an open bibliography of 10 MB. */
import { diagnostics } from '../../src/features/diagnostics.ts';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { search } from '../../src/library/search.ts';
import { libraryOfSize } from './libraries.ts';
import { percentile, threadTime, table } from './measure.ts';

const URI = 'file:///library.bib';
const WARM = 200;
const EDITS = 1000;
const TYPED = ['a', 'b', '{', '}', '"', ',', ' ', '@', '=', '1'];

/** Milliseconds by edit. */
interface Measured {
  readonly entries: number[];
  readonly search: number[];
  readonly diagnostics: number[];
  readonly all: number[];
}

/** `beforeEdit` is called when the copy of the document has been made. */
function measure(original: string, typed: readonly string[], beforeEdit: () => void): Measured {
  let text = original;
  const library = new Library({ formats, languages });
  library.openDocument(URI, 'bibtex', text);
  const bibliography = library.bibliography(URI);
  if (bibliography === undefined) throw new Error('There is no bibliography');
  for (const steps = library.indexing(); steps.next().done !== true;);
  for (const steps = bibliography.checking(); steps.next().done !== true;);

  const times: Measured = { entries: [], search: [], diagnostics: [], all: [] };
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
    const newText = round % 2 === 0 ? (typed[next(typed.length)] ?? '') : '';
    const after = text.slice(0, at) + newText + text.slice(end);
    // The copy of the document is made here, outside of what is measured.
    after.indexOf('\0');
    beforeEdit();
    const start = threadTime();
    library.editDocument(URI, [{ span: { start: at, end }, newText }], after);
    const edited = threadTime();
    search([bibliography], 'smith 2010', 100);
    const searched = threadTime();
    diagnostics(library, URI, { scope: { globalBibliographies: [], folders: [] } });
    const checked = threadTime();
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
  return times;
}

const row = (name: string, times: readonly number[]): (string | number)[] => [
  name,
  percentile(times, 0.5),
  percentile(times, 0.99),
  percentile(times, 1),
];

const collect = (): void => {
  globalThis.gc?.();
};
const library = libraryOfSize(10e6);
const aside = measure(library, TYPED, collect);
const withCopies = measure(library, TYPED, () => undefined);
// A brace that closes the comment makes it hold half of the library, which is another matter.
const withoutBraces = TYPED.filter(character => character !== '{' && character !== '}');
const behindComment = measure(`@comment{ left open\n${library}`, withoutBraces, collect);
const rows = [
  row('entries', aside.entries),
  row('search', aside.search),
  row('diagnostics', aside.diagnostics),
  row('all', aside.all),
  row('all, and the collecting of copies of the document', withCopies.all),
  row('all, behind a comment left open, no braces typed', behindComment.all),
];
console.log(
  `## Editing a bibliography of 10 MB: ms of the thread's processor time until it is right again, the copy of the document aside (bar: all, p99 5 ms)\n\n${table(['after one character', 'p50', 'p99', 'max'], rows)}`,
);
