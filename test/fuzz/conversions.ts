import * as assert from 'node:assert/strict';
import { convert } from '../../src/formats/convert.ts';
import { formatOfFile, formats, writableFormats } from '../../src/formats/index.ts';
import { missingFacts, readLocated, staysBehind, type Direction } from '../formats/lossLaw.ts';
import type { Step, Subject } from './exercise.ts';

/** Every conversion of a bibliography: no entry may get lost, and no value without being reported. */
export function* conversionSteps({ name, text }: Subject): Generator<Step> {
  const named = formatOfFile(name);
  if (named === undefined) return;
  for (const from of named.name === 'biblatex' ? formats.slice(0, 2) : [named]) {
    yield {
      name: `read ${from.name}`,
      run: () => {
        readLocated(text, from);
      },
    };
    for (const to of writableFormats) {
      for (const lossless of [true, false]) {
        const title = `convert ${from.name} to ${to.name}${lossless ? ', lossless' : ''}`;
        yield {
          name: title,
          run: () => {
            checkConversion(text, { from, to, lossless });
          },
        };
      }
    }
  }
}

function checkConversion(text: string, direction: Direction): void {
  const { from, to, lossless } = direction;
  const sources = readLocated(text, from);
  const { text: output, count } = convert(text, { from: from.name, to: to.name, lossless });
  const isDialect = /^bib/.test(from.name) && /^bib/.test(to.name);
  const kept = sources.filter(({ reference }) => isDialect || from === to || !staysBehind(reference, lossless));
  assert.equal(count, kept.length, 'every entry is counted');
  assert.equal(readLocated(output, to).length, count, 'every entry is written');
  if (from === to) {
    assert.equal(output, count === 0 ? '' : text, 'a text stays as it is in its own format');
    return;
  }
  const [missing] = missingFacts(text, direction, () => []);
  // The key may be anything: what kind of value got lost tells one find from another.
  const [, field = '', value = ''] = /^[^]*? ([^ :]+): ([^]*)$/u.exec(missing ?? '') ?? [];
  assert.ok(missing === undefined, `${field} is neither written nor reported: ${JSON.stringify(value)} of ${missing}`);
}
