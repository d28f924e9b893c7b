import * as assert from 'node:assert/strict';
import { canonicalFieldName } from '../../src/data/fields.ts';
import { convert } from '../../src/formats/convert.ts';
import type { Format } from '../../src/formats/format.ts';
import { formatOfFile, formats, writableFormats } from '../../src/formats/index.ts';
import type { Loss } from '../../src/formats/loss.ts';
import { bareDoi, valueText } from '../../src/model/describe.ts';
import { withoutMarkup } from '../../src/model/markup.ts';
import { familyName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';
import { slice } from '../../src/text/span.ts';
import type { Step, Subject } from './exercise.ts';

/** Every conversion of a bibliography: no entry may get lost, and no value without being reported. */
export function* conversionSteps({ name, text }: Subject): Generator<Step> {
  const named = formatOfFile(name);
  if (named === undefined) return;
  for (const from of named.name === 'biblatex' ? formats.slice(0, 2) : [named]) {
    yield {
      name: `read ${from.name}`,
      run: () => {
        readAll(text, from);
      },
    };
    for (const to of writableFormats) {
      for (const lossless of [true, false]) {
        const title = `convert ${from.name} to ${to.name}${lossless ? ', lossless' : ''}`;
        yield {
          name: title,
          run: () => {
            checkConversion(text, from, to, lossless);
          },
        };
      }
    }
  }
}

/** Entries that are no work and so stay behind where nothing can carry them. */
const noWorks = new Set(['xdata', 'bibnote']);

function checkConversion(text: string, from: Format, to: Format, lossless: boolean): void {
  const sources = readAll(text, from);
  const { text: output, count, losses } = convert(text, { from: from.name, to: to.name, lossless });
  const isDialect = /^bib/.test(from.name) && /^bib/.test(to.name);
  const kept = sources.filter(({ reference }) => lossless || isDialect || from === to || !noWorks.has(reference.type));
  assert.equal(count, kept.length, 'every entry is counted');
  const results = readAll(output, to);
  assert.equal(results.length, count, 'every entry is written');
  if (from === to) {
    assert.equal(output, count === 0 ? '' : text, 'a text stays as it is in its own format');
    return;
  }
  const blocks = to.scan(output);
  const lost = lostFields(losses);
  const lostValues = new Map<number | undefined, string[]>();
  for (const { offset, value } of losses) lostValues.set(offset, [...(lostValues.get(offset) ?? []), value]);
  kept.forEach(({ reference, offset }, index) => {
    const result = results[index]?.reference;
    const written = [plainOutput(slice(output, blocks.entrySpan(index)), to), ...(result ? textsOf(result) : [])];
    written.push(...(lostValues.get(offset) ?? []));
    checkValues(reference, letters(written.join(' ')), lost.get(offset));
  });
}

/** By the place of the entry. */
function lostFields(losses: readonly Loss[]): Map<number | undefined, Set<string>> {
  const lost = new Map<number | undefined, Set<string>>();
  for (const { field, offset } of losses) {
    const fields = lost.get(offset) ?? new Set();
    lost.set(offset, fields.add(field.toLowerCase()).add(canonicalFieldName(field.toLowerCase())));
  }
  return lost;
}

interface Located {
  readonly reference: Reference;
  readonly offset: number;
}

function readAll(text: string, format: Format): Located[] {
  const blocks = format.scan(text);
  return Array.from({ length: blocks.entryCount }, (_, entry) => ({
    reference: format.read(text, blocks, entry),
    offset: blocks.entrySpan(entry).start,
  }));
}

const textsOf = (reference: Reference): string[] => [...reference.fields.values()].flatMap(partsOf);

/** The strings of JSON without their escapes; other texts as they are. */
function plainOutput(output: string, format: Format): string {
  if (format.name !== 'csl-json') return output;
  const strings: string[] = [];
  JSON.parse(output === '' ? '[]' : output, (_, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') strings.push(String(value));
    return value;
  });
  return strings.join(' ');
}

/** Fields whose values are said in other words: codes, ranges, types, and numbers that RIS sorts by kind. */
const translated = /^(?:crossref|xdata|month|lang.*|language|pages|.*type|entrysubtype|isbn|issn)(?:\+\d+)?$/;

function checkValues(source: Reference, written: string, lost = new Set<string>()): void {
  for (const [name, value] of source.fields) {
    const field = name.replace(/\+\d+$/, '');
    if (translated.test(name) || lost.has(name) || lost.has(field) || lost.has(canonicalFieldName(field))) continue;
    const words = field === 'doi' ? [bareDoi(valueText(value))] : partsOf(value);
    for (const word of words) {
      assert.ok(
        written.includes(letters(word)),
        `${name} is neither written nor reported: ${JSON.stringify(word.slice(0, 80))}`,
      );
    }
  }
}

const partsOf = (value: Value): string[] =>
  value.kind === 'date'
    ? []
    : value.kind === 'names'
      ? value.names.flatMap(one => withoutMarkup(familyName(one)).split(' '))
      : // Notes are paragraphs, which a target may put into different fields.
        valueText(value).split(/; |\n\n/);

const letters = (text: string): string =>
  withoutMarkup(text)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
