/**
 * Run as a program, with `--expose-gc --single-threaded-gc`, so that nothing is collected beside what is measured: typing into
 * an open bibliography of 10 MB.
 */
import { diagnostics } from '../../src/features/diagnostics.ts';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { search } from '../../src/library/search.ts';
import { libraryOfSize } from './libraries.ts';
import { percentile, stopwatch, table } from './measure.ts';

const URI = 'file:///library.bib';
const WARM = 100;
const EDITS = 500;
const TYPED = ['a', 'b', '{', '}', '"', ',', ' ', '@', '=', '1'];

/** Milliseconds by edit. */
interface Measured {
  readonly entries: number[];
  readonly search: number[];
  readonly diagnostics: number[];
  readonly all: number[];
}

/** What copies of the document leave is collected aside every so many edits, before it has to be; the next edits warm up again. */
const COLLECTED_EVERY = 8;
const WARM_AGAIN = 2;

function measure(original: string, typed: readonly string[]): Measured {
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
    if (round % COLLECTED_EVERY === 0) globalThis.gc?.();
    const all = stopwatch();
    const editing = stopwatch();
    library.editDocument(URI, [{ span: { start: at, end }, newText }], after);
    const edited = editing();
    const searching = stopwatch();
    search([bibliography], 'smith 2010', 100);
    const searched = searching();
    const checking = stopwatch();
    diagnostics(library, URI, { scope: { globalBibliographies: [], folders: [] } });
    const checked = checking();
    const allTime = all();
    text = after;
    // The server does this behind everything else.
    for (const steps = library.indexing(); steps.next().done !== true;);
    place = at;
    if (round < WARM || round % COLLECTED_EVERY < WARM_AGAIN) continue;
    times.entries.push(edited);
    times.search.push(searched);
    times.diagnostics.push(checked);
    times.all.push(allTime);
  }
  return times;
}

const row = (name: string, times: readonly number[]): (string | number)[] => [
  name,
  percentile(times, 0.5),
  percentile(times, 0.99),
  percentile(times, 1),
];

const library = libraryOfSize(10e6);
const inLibrary = measure(library, TYPED);
// A brace that closes the comment makes it hold half of the library, which is another matter.
const withoutBraces = TYPED.filter(character => character !== '{' && character !== '}');
const behindComment = measure(`@comment{ left open\n${library}`, withoutBraces);
const withRepeatedKeys = measure(`${library}\n${library.slice(0, library.indexOf('\n@', 1e5))}`, withoutBraces);
const rows = [
  row('entries', inLibrary.entries),
  row('search', inLibrary.search),
  row('diagnostics', inLibrary.diagnostics),
  row('all', inLibrary.all),
  row('all, 200 keys repeated, no braces typed', withRepeatedKeys.all),
  row('all, behind a comment left open, no braces typed', behindComment.all),
];
console.log(
  `## Editing a bibliography of 10 MB: ms of work until it is right again, the copy of the document aside (bar: all, p99 5 ms)\n\n${table(['after one character', 'p50', 'p99', 'max'], rows)}`,
);
