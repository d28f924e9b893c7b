import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { convert } from '../../src/formats/convert.ts';
import type { Format } from '../../src/formats/format.ts';
import { formatNamed, formats, writableFormats } from '../../src/formats/index.ts';
import { lossLawTexts } from './lossLaw.fixtures.ts';
import { missingFacts } from './lossLaw.ts';

const folder = '../shared/data/conversion';

const units = (name: string): string[] =>
  readFileSync(`${folder}/${name}`, 'utf8')
    .trim()
    .split('\n')
    .map(line => (JSON.parse(line) as { text: string }).text);

const named = (name: string): Format => {
  const format = formatNamed(name);
  assert.ok(format);
  return format;
};

/** The facts of all texts that are neither written nor reported. */
const missing = (texts: readonly string[], from: Format, to: Format, lossless: boolean): string[] =>
  texts.flatMap(text => missingFacts(text, { from, to, lossless }));

describe('formats: every fact is written or reported', () => {
  for (const from of formats) {
    for (const to of writableFormats) {
      if (to === from) continue;
      for (const lossless of [false, true]) {
        it(`${from.name} to ${to.name}${lossless ? ', lossless' : ''}`, () => {
          assert.deepEqual(missing([lossLawTexts[from.name] ?? ''], from, to, lossless), []);
        });
      }
    }
  }
});

describe('formats: every fact of real entries is written or reported', () => {
  /** Real entries by format; what is not given is BibTeX and RIS in another format. */
  const real = new Map<string, string[]>();
  before(function () {
    if (!existsSync(folder)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    const bib = units('bibtex-entries.jsonl');
    const ris = units('ris-records.jsonl');
    // The reader of both dialects is the same.
    real
      .set('biblatex', bib)
      .set(
        'bibtex',
        bib.filter((_, i) => i % 10 === 0),
      )
      .set('ris', ris);
    for (const { name } of writableFormats) {
      if (real.has(name)) continue;
      const some = [
        ...bib.map(text => ({ text, from: 'biblatex' as const })),
        ...ris.map(text => ({ text, from: 'ris' as const })),
      ];
      real.set(
        name,
        some
          .filter((_, i) => i % 10 === 0)
          .map(({ text, from }) => convert(text, { from, to: name, lossless: false }).text),
      );
    }
  });

  for (const from of writableFormats) {
    for (const to of writableFormats) {
      if (to === from) continue;
      it(`${from.name} to ${to.name}`, () => {
        for (const lossless of [false, true]) {
          assert.deepEqual(missing(real.get(from.name) ?? [], named(from.name), to, lossless), []);
        }
      });
    }
  }
});
