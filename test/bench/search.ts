import { biblatex } from '../../src/formats/biblatex.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { search } from '../../src/library/search.ts';
import { fold } from '../../src/text/fold.ts';
import { searchedEntry } from '../support/searchedEntry.ts';
import { libraryOf } from './libraries.ts';
import { percentile, table, times } from './measure.ts';
import { letterByLetter, typedQueries } from './typedQueries.ts';

/** Run as a program: the search index at several sizes, beside the same queries as `includes()` over folded text. */
async function benchSearch(): Promise<string> {
  const parts: string[] = [];
  for (const count of [1000, 10_000, 100_000]) parts.push(await benchSize(count));
  return parts.join('\n\n');
}

async function benchSize(count: number): Promise<string> {
  const text = libraryOf(count);
  const before = await memory();
  const bibliography = new Bibliography('file:///library.bib', biblatex, text);
  const steps: number[] = [];
  const work = bibliography.search.indexing(bibliography);
  for (let isDone = false; !isDone;) {
    const start = performance.now();
    isDone = work.next().done === true;
    steps.push(performance.now() - start);
  }
  const build = steps.reduce((sum, step) => sum + step, 0);
  const size = (await memory()) - before;
  const haystack = folded(bibliography);
  const rows: (string | number)[][] = [];
  for (const [name, typed] of Object.entries(typedQueries(bibliography, 60))) {
    const queries = ['', ...typed.flatMap(letterByLetter)];
    const ours = await bestTimes(queries, query => search([bibliography], query, 100));
    const plain = await bestTimes(queries, query => includes(haystack, query));
    const [p50, p99] = [percentile(ours, 0.5), percentile(ours, 0.99)];
    rows.push([
      name,
      queries.length,
      p50,
      p99,
      percentile(ours, 1),
      percentile(plain, 0.5),
      percentile(plain, 0.99),
      percentile(plain, 0.5) / p50,
    ]);
  }
  const head = [
    'keystrokes of',
    'number',
    'p50 ms',
    'p99 ms',
    'max ms',
    'includes() p50',
    'includes() p99',
    'times faster',
  ];
  const title = `Search in ${String(bibliography.entryCount)} entries (${(text.length / 1e6).toFixed(1)} MB): read and indexed in ${build.toFixed(0)} ms, longest step ${Math.max(...steps).toFixed(1)} ms, index and scan ${size.toFixed(1)} MB`;
  return `${title}\n\n${table(head, rows)}`;
}

/** Of each query its best of five runs: the machine is shared. */
async function bestTimes(queries: readonly string[], run: (query: string) => unknown): Promise<number[]> {
  const best = queries.map(() => Infinity);
  for (let round = 0; round < 5; round++) {
    const now = await times(queries.length, index => run(queries[index] ?? ''));
    now.forEach((time, index) => (best[index] = Math.min(best[index] ?? Infinity, time)));
  }
  return best;
}

function folded(bibliography: Bibliography): string[] {
  return Array.from({ length: bibliography.entryCount }, (_, entry) => {
    const { key, names, title, year } = searchedEntry(bibliography, entry);
    return fold([key, ...names, title, year].join(' '));
  });
}

function includes(haystack: readonly string[], query: string): number[] {
  const words = query.toLowerCase().split(' ');
  const found: number[] = [];
  haystack.forEach((text, entry) => {
    if (words.every(word => text.includes(word))) found.push(entry);
  });
  return found;
}

/** Megabytes in use, after a collection where the process allows one. */
async function memory(): Promise<number> {
  const collect = (globalThis as { gc?: () => void }).gc;
  collect?.();
  await new Promise(resolve => setTimeout(resolve, 0));
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

console.log(`## Search: bars p50 5 ms, p99 10 ms, mistyped words 30 ms, index 30 MB\n\n${await benchSearch()}`);
