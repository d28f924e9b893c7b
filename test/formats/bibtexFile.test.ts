import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convert } from '../../src/formats/convert.ts';

const toBiblatex = (text: string): string => convert(text, { from: 'bibtex', to: 'biblatex' }).text;
const toBibtex = (text: string): string => convert(text, { from: 'biblatex', to: 'bibtex' }).text;

/** The same in both dialects. */
const common = fc.constantFrom(
  'author',
  'TITLE',
  'volume',
  'pages',
  'note',
  'x-mine',
  'Doi',
  'url',
  'abstract',
  'keywords',
);
const value = fc.constantFrom(
  '{a {B} c}',
  '"q {"} r"',
  'jan',
  '17',
  'acm # " and " # {more}',
  '{over\n   two lines}',
  '{}',
);
const space = fc.constantFrom('', ' ', '   ', '\n  ', '\t', '\r\n');
const field = (name: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(space, name, fc.constantFrom('', ' ', '\t'), space, value).map(parts => {
    const [before, written, gap, behind, text] = parts;
    return `${before}${written}${gap}=${behind}${text}`;
  });
const between = fc.constantFrom(
  '',
  '\n',
  '% a line of text\n',
  '@string{acm = "ACM"}\n',
  '@Comment{jabref-meta: x}\r\n',
  '@preamble{"x"}',
  'some text = {with} braces\n',
);
const entry = (type: string, fields: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(between, fc.array(fields, { minLength: 1, maxLength: 6 }), fc.constantFrom('}', ',}', '\n}\n', ',\n}'))
    .map(([before, list, end]) => `${before}@${type}{key:1,${list.join(',')}${end}`);
const file = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(fc.array(one, { maxLength: 4 }), between).map(([entries, end]) => entries.join('\n') + end);

describe('BibTeX and BibLaTeX: what needs no translation', () => {
  const types = ['article', 'Book', 'INPROCEEDINGS', 'conference', 'misc', 'mine'];

  it('is the same in a whole file, byte for byte', () => {
    const any = fc.oneof(...types.map(type => entry(type, field(common))));
    fc.assert(
      fc.property(file(any), text => {
        assert.equal(toBiblatex(`${text}@misc{x}`), `${text}@misc{x}`);
        assert.equal(toBibtex(`${text}@misc{x}`), `${text}@misc{x}`);
      }),
    );
  });

  it('is the same around what is renamed, byte for byte', () => {
    const names = [
      ['journal', 'journaltitle'],
      ['Address', 'Location'],
      ['ANNOTE', 'ANNOTATION'],
      ['primaryClass', 'eprintclass'],
    ] as const;
    const withoutColumns = (text: string): string => text.split(/(?<! ) +=/u).join('=');
    for (const [bibtex, biblatex] of names) {
      const parts = fc.tuple(
        fc.array(field(common), { maxLength: 4 }),
        field(fc.constant(bibtex)),
        fc.array(field(common)),
      );
      fc.assert(
        fc.property(between, parts, between, (before, [first, renamed, last], behind) => {
          const write = (name: string): string =>
            `${before}@article{k,${[...first, renamed.replace(bibtex, name), ...last].join(',')}\n}${behind}`;
          // A column of equals signs stays one.
          assert.equal(withoutColumns(toBiblatex(write(bibtex))), withoutColumns(write(biblatex)));
        }),
        { numRuns: 50 },
      );
    }
  });
});

describe('BibTeX to BibLaTeX and back', () => {
  const cases = [
    '@PhdThesis{k,\n  school = {MIT},\n  YEAR = 2001\n}',
    '@TechReport{k, institution = "I", Year = "2001"}',
    '@conference{k, year = {2001}, month = feb, address = {Rome}}',
    '@mine{k,\n  journal   = {J},\n  publisher = {P},\n  year      = 1999,\n}',
    '@article{k,\n  author  = {A},\n  journal = j # " x",\n  year    = 1999,\n  pages   = {1},\n  archiveprefix = {arXiv}\n}',
  ];
  for (const text of cases) {
    it(JSON.stringify(text), () => {
      assert.notEqual(toBiblatex(text), text);
      assert.equal(toBibtex(toBiblatex(text)), text);
    });
  }

  it('keeps a type that nobody knows', () => {
    assert.equal(toBibtex('@mine{k, title = {T}}'), '@mine{k, title = {T}}');
    assert.equal(toBibtex('@Online{k, title = {T}}'), '@Misc{k, title = {T}, biblatextype = {Online}}');
    assert.equal(toBiblatex('@Misc{k, title = {T}, biblatextype = {Online}}'), '@Online{k, title = {T}}');
  });
});

describe('a field that is added', () => {
  const cases: [what: string, bibtex: string, biblatex: string][] = [
    [
      'behind a last field that is dropped',
      '@techreport{k,\n  year = 2008,\n  month = mar\n}',
      '@report{k,\n  date = {2008-03},\n  type = {techreport}\n}',
    ],
    [
      'before the comma at the end',
      '@techreport{k,\n  year = 2008,\n  month = mar,\n}',
      '@report{k,\n  date = {2008-03},\n  type = {techreport},\n}',
    ],
    [
      'in an entry that is not closed',
      '@TechReport{year =8 month"Octo"',
      '@Report{date ={0008-10}, type = {techreport}',
    ],
  ];
  for (const [what, bibtex, biblatex] of cases)
    it(`stands ${what}`, () => {
      assert.deepEqual(convert(bibtex, { from: 'bibtex', to: 'biblatex' }), { count: 1, losses: [], text: biblatex });
    });
});
