import { completions } from '../features/completion.ts';
import { formats } from '../formats/index.ts';
import { languages } from '../languages/index.ts';
import type { Bibliography } from '../library/bibliography.ts';
import { Library } from '../library/library.ts';
import { search } from '../library/search.ts';
import type { Pause } from './pacing.ts';
import { positionsOfText } from './positions.ts';
import { toCompletionList } from './toLsp.ts';
import type { Workspace } from './workspace.ts';

/** Fewer are searched quickly enough the first time. */
const FEW_ENTRIES = 1000;
/** Entries of the sample; among more the engine would see nothing new. */
const SAMPLE = 400;
/** Characters of the sample; where entries are that long the last one is cut off. */
const MOST = 1 << 20;
const BIBLIOGRAPHY = 'rehearsal:/sample';
const DOCUMENT = 'rehearsal:/document.tex';
const BEFORE = '\\documentclass{article}\n\\begin{document}\n\\cite{';
/** What is typed of each kind, letter by letter. */
const ROUNDS = 4;
/** As many are listed as completion lists. */
const LISTED = 100;

/** To be called whenever all is searchable: rehearses once, behind everything else. */
export function createRehearsal({ library, pause, logger }: Workspace): () => void {
  let isDone = false;
  return () => {
    if (isDone || !isWorthRehearsing(library)) return;
    isDone = true;
    rehearse(library, pause).catch((error: unknown) => {
      logger.error('Rehearsing failed', error);
    });
  };
}

/** Step by step: nobody waits for it, and somebody may begin to type now. */
async function rehearse(library: Library, pause: Pause): Promise<void> {
  for (const steps = rehearsing(library); steps.next().done !== true;) await pause();
}

/** Whether the first search would keep its user waiting. */
export const isWorthRehearsing = (library: Library): boolean =>
  library.bibliographies().reduce((sum, { entryCount }) => sum + entryCount, 0) >= FEW_ENTRIES;

/**
 * Types citations that nobody sees, in small steps: the engine translates code only once it has run for a while, and what is made when it
 * is first needed is made. Else the first searches of a large library would take ten times as long as all others. Leaves the library as it is.
 * After a search it tells how many were found.
 */
export function* rehearsing(library: Library): Generator<number | undefined, void> {
  const [first, ...others] = library.bibliographies();
  if (first === undefined) return;
  const largest = others.reduce((most, one) => (one.entryCount > most.entryCount ? one : most), first);
  const stage = new Library({ formats, languages });
  const extension = largest.format.extensions[0] ?? '';
  yield* stage.settingFile(BIBLIOGRAPHY + extension, sampleOf(largest));
  yield* stage.indexing();
  const sample = stage.bibliographies()[0];
  if (sample === undefined || sample.entryCount === 0) return;
  // One hit first: a list of a hundred would be a long step while nothing is warm.
  yield* typing(stage, [sample.key(0)]);
  for (let round = 0; round < ROUNDS; round++) {
    const entry = Math.floor((round * sample.entryCount) / ROUNDS);
    for (const query of queriesFor(sample, entry)) yield* typing(stage, ['', ...Array.from(query)]);
  }
  // Hits by the ten thousand are something new, and some small things belong to the library itself.
  for (const query of queriesFor(sample, 0)) {
    for (const beginning of ['', query.slice(0, 1), query.slice(0, 2), query]) {
      const hits = search(library.bibliographies(), beginning, LISTED);
      yield hits.length;
      for (const { source, entry } of hits) source.summary(entry);
      yield;
    }
  }
}

function sampleOf(bibliography: Bibliography): string {
  const last = Math.min(bibliography.entryCount, SAMPLE) - 1;
  return last < 0 ? '' : bibliography.text.slice(0, Math.min(MOST, bibliography.entrySpan(last).end));
}

/** One word, two words, author and year, a mistyped word, taken from an entry. */
function queriesFor(bibliography: Bibliography, entry: number): string[] {
  const { authors, title, year } = bibliography.summary(entry);
  const author = longWords(authors)[0] ?? 'smith';
  const [word = 'analysis', second = 'learning'] = longWords(title);
  return [word, `${word} ${second}`, `${author} ${year}`, word.slice(0, 3) + word.slice(4)];
}

const longWords = (text: string): string[] => text.toLowerCase().match(/\p{L}{5,20}/gu) ?? [];

/** A completion after each of some strings, typed one behind the other. */
function* typing(stage: Library, typed: readonly string[]): Generator<number | undefined, void> {
  stage.openDocument(DOCUMENT, 'latex', BEFORE);
  let text = BEFORE;
  yield;
  for (const newText of typed) {
    const offset = text.length;
    text += newText;
    stage.editDocument(DOCUMENT, [{ span: { start: offset, end: offset }, newText }], text);
    const list = completions(stage, DOCUMENT, text.length, { scope: { globalBibliographies: [], folders: [] } });
    const positions = positionsOfText(text);
    const place = { uri: DOCUMENT, positions, cursor: positions.position(text.length) };
    if (list !== undefined) JSON.stringify(toCompletionList(list, place, { labelDetails: true }));
    yield list?.items.length ?? 0;
  }
}
