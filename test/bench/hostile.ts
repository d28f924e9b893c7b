import { diagnostics } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { symbols } from '../../src/features/symbols.ts';
import { convert } from '../../src/formats/convert.ts';
import { formatOfFile } from '../../src/formats/index.ts';
import { FOLDER, finishIndexing, libraryWith, scope, type Subject } from '../fuzz/exercise.ts';
import { HOSTILE_TEXTS } from '../robustness/hostileTexts.ts';
import { table } from './measure.ts';

const SIZE = 25_000;

/** Hostile texts and the same twice as long: linear time doubles, quadratic time grows by four. The best of three, since small times vary. */
export function benchHostile(): string {
  const rows = HOSTILE_TEXTS.map(({ title, file, make }) => {
    const once = cost({ name: file, text: make(SIZE) });
    const twice = cost({ name: file, text: make(2 * SIZE) });
    const conversion = twice.conversion < SHORTEST_MS ? '-' : twice.conversion / once.conversion;
    return [
      `${file}: ${title}`,
      twice.features,
      twice.features < SHORTEST_MS ? '-' : twice.features / once.features,
      twice.conversion,
      conversion,
    ];
  });
  const head = ['text', 'open, index, features ms', 'growth', 'convert to RIS and CSL-JSON ms', 'growth'];
  return `## Hostile texts: ${(2 * SIZE) / 1000} thousand characters, and how the time grows when they double\n\n${table(head, rows)}`;
}

/** Below this, a growth says nothing. */
const SHORTEST_MS = 15;

interface Cost {
  readonly features: number;
  readonly conversion: number;
}

function cost(subject: Subject): Cost {
  const features: number[] = [];
  const conversion: number[] = [];
  for (let run = 0; run < 3 && (conversion.at(-1) ?? 0) < 2000; run++) {
    const start = performance.now();
    useFeatures(subject);
    const middle = performance.now();
    convertAll(subject);
    features.push(middle - start);
    conversion.push(performance.now() - middle);
  }
  return { features: Math.min(...features), conversion: Math.min(...conversion) };
}

function useFeatures(subject: Subject): void {
  const library = libraryWith([subject]);
  finishIndexing(library);
  const uri = `${FOLDER}/${subject.name}`;
  symbols(library, uri);
  diagnostics(library, uri, { scope });
  for (const share of [0, 0.3, 0.7, 1]) hover(library, uri, Math.floor(share * subject.text.length), { scope });
}

function convertAll({ name, text }: Subject): void {
  const from = formatOfFile(name)?.name;
  if (from === undefined) return;
  for (const to of ['ris', 'csl-json'] as const) convert(text, { from, to });
}
