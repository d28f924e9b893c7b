import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed } from '../../src/formats/index.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { applyEdits } from '../../src/text/edit.ts';

const names: readonly FormatName[] = ['csl-json', 'csl-yaml', 'hayagriva', 'pubmed', 'refer', 'endnote-xml'];

/** References of several shapes, some of which have no key in formats that know none. */
const bibtex = (count: number): string =>
  Array.from(
    { length: count },
    (_, i) => `@${['article', 'book', 'misc'][i % 3]}{key${i},
      author = {Doe${i}, Jane and Roe, R.}, title = {Title {N}umber ${i}: with 'quotes'}, year = ${1990 + (i % 30)},
      journal = {Journal ${i % 7}}, abstract = {${'Some words of an abstract. '.repeat(i % 9)}}}`,
  ).join('\n');

const written = (name: FormatName, count: number): string =>
  convert(bibtex(count), { from: 'biblatex', to: name, lossless: false }).text;

function bibliographyOf(name: FormatName, text: string): Bibliography {
  const format = formatNamed(name);
  assert.ok(format);
  return new Bibliography('file:///p/x', format, text);
}

const picture = (bibliography: Bibliography): unknown[] =>
  Array.from({ length: bibliography.entryCount }, (_, entry) => ({
    key: bibliography.key(entry),
    span: bibliography.entrySpan(entry),
    keySpan: bibliography.keySpan(entry),
    type: bibliography.entries.type(entry),
    count: bibliography.countOf(bibliography.key(entry)),
    problems: bibliography.syntaxProblems(entry),
  }));

describe('Live bibliographies', () => {
  for (const name of names) {
    it(`${name}: long files are found in parts as at once`, () => {
      const text = written(name, 1500);
      const blocks = formatNamed(name)?.scan(text);
      const bibliography = bibliographyOf(name, text);
      assert.equal(bibliography.entryCount, 1500);
      for (let entry = 0; entry < 1500; entry++) {
        assert.deepEqual(bibliography.entrySpan(entry), blocks?.entrySpan(entry));
        assert.deepEqual(bibliography.keySpan(entry), blocks?.keySpan(entry));
        assert.equal(bibliography.key(entry), blocks?.key(entry));
        assert.equal(bibliography.entries.type(entry), blocks?.type(entry));
      }
    });

    it(`${name}: keeps up with edits`, () => {
      const text = written(name, 8);
      const piece = fc.oneof(
        fc.constantFrom(
          '',
          'x',
          '"',
          "'",
          '{',
          '}',
          '[',
          ']',
          ',',
          ':',
          '\n',
          '\n\n',
          ' ',
          '- ',
          '  ',
          '<',
          '>',
          '%0 X\n',
          '</record>',
        ),
        fc.constantFrom('PMID- 1\n', '  - id: new\n', 'new:\n  type: book\n', '{"id": "new"},', '<record></record>'),
        fc.nat(text.length).map(at => text.slice(at, at + 40)),
      );
      const edit = fc.tuple(fc.nat(10_000), fc.nat(30), piece);
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), edits => {
          const bibliography = bibliographyOf(name, text);
          picture(bibliography);
          let now = text;
          for (const [place, length, newText] of edits) {
            const start = place % (now.length + 1);
            const one = { span: { start, end: Math.min(now.length, start + length) }, newText };
            now = applyEdits(now, [one]);
            bibliography.edit(one, now);
          }
          assert.deepEqual(picture(bibliography), picture(bibliographyOf(name, now)));
        }),
        { numRuns: 300 },
      );
    });
  }
});
