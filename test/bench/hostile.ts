/** Run as a program: hostile texts and the same twice as long. Linear time doubles, quadratic time grows by four. */
import { completions } from '../../src/features/completion.ts';
import { definition } from '../../src/features/definition.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { foldings } from '../../src/features/folding.ts';
import { hover } from '../../src/features/hover.ts';
import { symbols } from '../../src/features/symbols.ts';
import { convert } from '../../src/formats/convert.ts';
import type { WritableFormat } from '../../src/formats/format.ts';
import { formatOfFile, writableFormats } from '../../src/formats/index.ts';
import { decode } from '../../src/text/decode.ts';
import { FOLDER, finishIndexing, libraryWith, scope, type Subject } from '../fuzz/exercise.ts';
import { DEEP_TEXTS } from '../robustness/deepTexts.ts';
import { HOSTILE_TEXTS } from '../robustness/hostileTexts.ts';
import type { HostileText } from '../robustness/hostileMakers.ts';
import { processorTime, table } from './measure.ts';

/** Characters of every hostile text at first; they double until the cost tells something. */
const SIZE = 25_000;
const LARGEST_SIZE = 200_000;
/** Below this, a growth says nothing. */
const SHORTEST_MS = 15;
const TELLING_MS = 60;
const MILLION = 1_000_000;

/** As large as somebody would make them. */
const LARGE: readonly (HostileText & { readonly size: number })[] = [
  ...['{', '"', '@', '@a{', '#', '\\', '\0', '\ud800'].map(piece =>
    large(JSON.stringify(piece), 'a.bib', piece, MILLION),
  ),
  large('empty entries', 'a.bib', '@a{}\n', 5 * MILLION),
  large('one value', 'a.bib', 'long words ', 50 * MILLION, '@a{b,title={', '}}'),
  large('one tag', 'a.ris', 'N1  - x\n', 8 * MILLION, 'TY  - JOUR\n', 'ER  - \n'),
  large('citations never closed', 'a.tex', '\\cite{', 6 * MILLION),
  large('citations', 'a.tex', '\\cite{doe} ', 11 * MILLION),
  { ...large('bytes that are no UTF-8', 'a.bib', '@a{b,title={\xff\xfe}}\n', MILLION), make: invalidBytes },
];

function large(title: string, file: string, piece: string, size: number, before = '', after = '') {
  const make = (length: number): string => before + piece.repeat(Math.floor(length / piece.length)) + after;
  return { title, file, size, make };
}

function invalidBytes(size: number): string {
  return decode(Buffer.from('@a{b,title={\xff\xfe\xc3}}\n'.repeat(Math.floor(size / 18)), 'latin1'))?.text ?? '';
}

interface Cost {
  readonly features: number;
  readonly conversion: number;
}

function cost(subject: Subject, targets: readonly WritableFormat[] = writableFormats): Cost {
  const start = processorTime();
  useFeatures(subject);
  const middle = processorTime();
  convertAll(subject, targets);
  return { features: middle - start, conversion: processorTime() - middle };
}

const lower = (a: Cost, b: Cost): Cost => ({
  features: Math.min(a.features, b.features),
  conversion: Math.min(a.conversion, b.conversion),
});

function useFeatures(subject: Subject): void {
  const library = libraryWith([subject, { name: 'refs.bib', text: '@book{doe, title={T}}' }]);
  const uri = `${FOLDER}/${subject.name}`;
  library.openDocument(uri, '', subject.text);
  finishIndexing(library);
  symbols(library, uri);
  foldings(library, uri);
  diagnostics(library, uri, { scope });
  for (const share of [0, 0.3, 0.7, 1]) {
    const offset = Math.floor(share * subject.text.length);
    hover(library, uri, offset, { scope });
    definition(library, uri, offset, { scope });
    completions(library, uri, offset, { scope });
  }
  const middle = Math.floor(subject.text.length / 2);
  library.editDocument(uri, [{ span: { start: middle, end: middle }, newText: 'x' }]);
  diagnostics(library, uri, { scope });
}

function convertAll({ name, text }: Subject, targets: readonly WritableFormat[]): void {
  const from = formatOfFile(name)?.name;
  if (from === undefined) return;
  for (const { name: to } of targets) convert(text, { from, to });
}

interface Sizes {
  readonly from: number;
  readonly to: number;
  readonly targets?: readonly WritableFormat[];
}

function rowOf({ title, file, make }: HostileText, { from, to, targets }: Sizes): (string | number)[] | undefined {
  const measure = (length: number): Cost => cost({ name: file, text: make(length) }, targets);
  let size = from;
  let once = measure(size);
  let twice = measure(2 * size);
  for (; 2 * size <= to && twice.features + twice.conversion < TELLING_MS; size *= 2) {
    once = twice;
    twice = measure(4 * size);
  }
  // Times vary, mostly upwards: what looks suspicious is looked at again.
  for (let again = 0; again < 2 && isSuspicious(once, twice); again++) {
    once = lower(once, measure(size));
    twice = lower(twice, measure(2 * size));
  }
  if (Math.max(twice.features, twice.conversion) < SHORTEST_MS) return undefined;
  const growth = (of: keyof Cost): string | number => (twice[of] < SHORTEST_MS ? '-' : twice[of] / once[of]);
  return [`${file}: ${title}`, twice.features, growth('features'), twice.conversion, growth('conversion')];
}

const isSuspicious = (once: Cost, twice: Cost): boolean =>
  (['features', 'conversion'] as const).some(of => twice[of] >= SHORTEST_MS && twice[of] > 2.6 * once[of]);

/** What very large texts are converted to. */
const USUAL = writableFormats.filter(({ name }) => ['biblatex', 'ris', 'csl-json'].includes(name));
const head = ['text', 'open, index, features, edit', 'growth', 'convert to every format', 'growth'];
const rows = HOSTILE_TEXTS.map(one => rowOf(one, { from: SIZE, to: LARGEST_SIZE })).filter(row => row !== undefined);
console.log(`## Hostile texts of ${(2 * SIZE) / 1000} to ${(2 * LARGEST_SIZE) / 1000} thousand characters: ms of processor time, and how it grows when they double

${table(head, rows)}

${HOSTILE_TEXTS.length - rows.length} others take less than ${SHORTEST_MS} ms.
`);
const largeRows = LARGE.map(
  one => rowOf(one, { from: one.size / 2, to: 0, targets: USUAL }) ?? [`${one.file}: ${one.title}`, '-', '-', '-', '-'],
);
console.log(`## As large as somebody would make them, converted to BibLaTeX, RIS and CSL-JSON

${table(
  ['MB', ...head],
  largeRows.map((row, i) => [(LARGE[i]?.size ?? NaN) / MILLION, ...row]),
)}`);
const deepRows = DEEP_TEXTS.map(({ title, file, text }) => {
  const { features, conversion } = cost({ name: file, text });
  return [title, features, conversion];
});
console.log(`
## A hundred thousand in each other: ms of processor time

${table(['text', 'open, index, features, edit', 'convert to every format'], deepRows)}`);
