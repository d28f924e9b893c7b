import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Value } from '../../src/model/reference.ts';
import { foldRecord, unfoldRecord } from '../../src/formats/carriedLayout.ts';

const text = (words: string): Value => ({ kind: 'text', text: words });
const authors: Value = {
  kind: 'names',
  names: [
    { family: 'Berg', prefix: 'van der', given: 'Hans' },
    { family: 'Roe', given: 'Ann' },
  ],
  others: false,
};
const fields = (...entries: readonly (readonly [string, Value])[]): Map<string, Value> => new Map(entries);

describe('formats/carriedLayout leaves out', () => {
  const long = 'A title of some length | with a bar';
  const abstract = 'The first line of an abstract one, the second line of it, and the third one.';
  const cases: readonly (readonly [name: string, format: string, text: string, Map<string, Value>, layout: string])[] =
    [
      ['a title', 'ris', `TI  - ${long}\nER  - `, fields(['title', text(long)]), 'TI  - |title|\nER  - '],
      ['nothing short', 'ris', 'TI  - Short | one', fields(['title', text('Short | one')]), 'TI  - Short || one'],
      [
        'names with the same between any two',
        'ris',
        'AU  - van der Berg, Hans\nAU  - Roe, Ann\nPY  - 2001',
        fields(['author', authors]),
        'AU  - |author*\nAU  - |\nPY  - 2001',
      ],
      [
        'single names where there is no such thing',
        'ris',
        'AU  - van der Berg, Hans\nA1  - Zoe\nAU  - Roe, Ann\nAU  - Zoe',
        fields(['author', { ...authors, names: [...authors.names, { literal: 'Zoe' }] }]),
        'AU  - |author 1|\nA1  - Zoe\nAU  - Roe, Ann\nAU  - Zoe',
      ],
      [
        'a value over several lines',
        'pubmed',
        `AB  - ${abstract.replaceAll(', ', ',\n      ')}`,
        fields(['abstract', text(abstract)]),
        'AB  - |abstract\n      34,22|',
      ],
      [
        'notes one by one',
        'ris',
        'N1  - The first note of all\nTI  - T\nN1  - The second note of all\nN1  - Third',
        fields(['note', text('The first note of all\n\nThe second note of all\n\nThird')]),
        'N1  - |note 1|\nTI  - T\nN1  - |note 2|\nN1  - Third',
      ],
      [
        'what the format writes in another way',
        'csl-json',
        '{"title": "A \\"quoted\\" title of a work"}',
        fields(['title', text('A "quoted" title of a work')]),
        '{"title": "|title|"}',
      ],
      [
        'nothing that TeX says otherwise',
        'bibtex',
        'title = {Cost: 5% of this & that}, note = {Cost: 5\\% of all \\& more}',
        fields(['title', text('Cost: 5% of this & that')], ['note', text('Cost: 5% of all & more')]),
        'title = {Cost: 5% of this & that}, note = {|note|}',
      ],
    ];
  for (const [name, format, record, values, layout] of cases) {
    it(name, () => {
      assert.equal(foldRecord(record, format, values), layout);
      assert.equal(unfoldRecord(layout, format, values), record);
    });
  }
});

describe('formats/carriedLayout puts together', () => {
  it('values as they are now', () => {
    const layout = 'TI  - |title|\nAU  - |author*\nAU  - |\nAU  - |author 2|';
    assert.equal(
      unfoldRecord(layout, 'ris', fields(['title', text('Another title, edited')], ['author', authors])),
      'TI  - Another title, edited\nAU  - van der Berg, Hans\nAU  - Roe, Ann\nAU  - Roe, Ann',
    );
  });

  it('a word that says so for what is gone', () => {
    const layout = 'TI  - |title|\nAU  - |author* |\nAU  - |author 3|';
    assert.doesNotMatch(unfoldRecord(layout, 'ris', fields(['author', authors])), /TI {2}- $|AU {2}- $/mu);
  });

  it('no more than a record can hold, whatever somebody wrote there', () => {
    const big = fields(
      ['abstract', text('x'.repeat(100_000))],
      ['keywords', { kind: 'keywords', items: Array<string>(1000).fill('k') }],
    );
    for (const layout of [
      '|abstract|'.repeat(10_000),
      `|keywords*${'y'.repeat(100_000)}|`,
      `|abstract\n${' '.repeat(10_000)}${'1,'.repeat(10_000)}1|`,
    ]) {
      assert.ok(unfoldRecord(layout, 'ris', big).length < 3_000_000);
    }
  });

  it('any record again, to the byte', () => {
    const word = fc.stringMatching(/^[a-z|.,"\\{}\n\r -]{0,40}$/u);
    const values = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/u), fc.array(word, { minLength: 1, maxLength: 4 }), {
      maxKeys: 5,
    });
    const format = fc.constantFrom('ris', 'csl-json', 'bibtex', 'endnote-xml', 'pubmed');
    fc.assert(
      fc.property(values, fc.array(fc.oneof(word, fc.nat(30)), { maxLength: 30 }), format, (byName, parts, name) => {
        const all = Object.values(byName).flat();
        const record = parts
          .map(part => (typeof part === 'number' ? (all[part % (all.length || 1)] ?? '') : part))
          .join('');
        const known = new Map(
          Object.entries(byName).map(([field, items]): [string, Value] => [
            field,
            items.length === 1 ? text(items[0] ?? '') : { kind: 'list', items },
          ]),
        );
        assert.equal(unfoldRecord(foldRecord(record, name, known), name, known), record);
      }),
      { numRuns: 500 },
    );
  });
});
