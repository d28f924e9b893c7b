import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Characters } from '../../src/library/characters.ts';
import { WordTable } from '../../src/library/wordTable.ts';

function sorted(table: WordTable): string[] {
  const steps = table.sorting();
  for (let step = steps.next(); ; step = steps.next())
    if (step.done === true)
      return String.fromCharCode(...step.value.codes)
        .split('\n')
        .slice(0, -1);
}

function add(table: WordTable, text: string): number[] {
  const characters = new Characters();
  characters.load(text);
  const count = table.addText(characters.letters, 0, characters.length);
  return [...table.found.subarray(0, count)];
}

function words(...texts: string[]): string[] {
  const table = new WordTable();
  for (const text of texts) add(table, text);
  return sorted(table);
}

describe('table of words', () => {
  const cases: readonly (readonly [text: string, words: string[]])[] = [
    ['', []],
    ['Go To Statement', ['go', 'statement', 'to']],
    ['{The} {B}ook, The', ['book', 'the']],
    ['Café Ångström ﬁre', ['angstrom', 'cafe', 'fire']],
    ["O'Brien--1990", ['1990', 'brien', 'o']],
    ['Лев 人工', ['лев', '人工']],
    ['graphics graph graphite graphic', ['graph', 'graphic', 'graphics', 'graphite']],
    ['x'.repeat(500), ['x'.repeat(120)]],
  ];
  for (const [text, expected] of cases)
    it(`reads ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.deepEqual(words(text), expected);
    });

  it('gives a word the same number again', () => {
    const table = new WordTable();
    assert.deepEqual(add(table, 'peer worker Peer'), [0, 1, 0]);
    assert.equal(table.addKey('PEER'), 0);
    assert.equal(table.addKey(''), undefined);
  });

  it('forgets what it held', () => {
    const table = new WordTable();
    add(table, 'one two');
    table.clear();
    add(table, 'three');
    assert.deepEqual(sorted(table), ['three']);
  });

  it('keeps many words apart', () => {
    const all = Array.from({ length: 70_000 }, (_, index) => `w${index.toString(36)}`);
    const table = new WordTable();
    const text = all.join(' ');
    assert.deepEqual(
      add(table, `${text} ${text}`),
      [...all, ...all].map((_, index) => index % all.length),
    );
  });

  it('law: keys come in the order of their characters, each once', () => {
    const key = fc.string({
      unit: fc.constantFrom('a', 'b', '-', ':', '1', 'я', '\ud800'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(key, { maxLength: 1000, size: 'max' }), keys => {
        const table = new WordTable();
        for (const one of keys) table.addKey(one);
        assert.deepEqual(sorted(table), [...new Set(keys)].sort());
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});
