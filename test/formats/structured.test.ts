import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convert, type Conversion } from '../../src/formats/convert.ts';
import type { Loss } from '../../src/formats/loss.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed, recogniseFormat } from '../../src/formats/index.ts';
import { valueText } from '../../src/model/describe.ts';
import type { Reference } from '../../src/model/reference.ts';
import { readYaml } from '../../src/syntax/yaml.ts';
import { cffProblems } from '../support/cffRules.ts';

const written = ['csl-yaml', 'hayagriva', 'cff', 'endnote-xml'] as const;

function readAll(text: string, name: FormatName): Reference[] {
  const format = formatNamed(name);
  assert.ok(format);
  const blocks = format.scan(text);
  return Array.from({ length: blocks.entryCount }, (_, entry) => format.read(text, blocks, entry));
}

const facts = (reference: Reference | undefined): Record<string, string> => ({
  '@': `${reference?.type ?? ''} ${reference?.key ?? ''}`,
  ...Object.fromEntries([...(reference?.fields ?? [])].map(([name, value]) => [name, valueText(value)])),
});

const fixtures: Record<string, { format: FormatName; text: string; keys: string[]; first: Record<string, string> }> = {
  'Pandoc list': {
    format: 'csl-yaml',
    text: `---
references:
- author:
  - family: Doe
    given: Jane
  id: doe2001
  issued:
  - year: 2001
    month: 5
  title: 'A title: with a colon'
  type: article-journal
  volume: 007
- id: "b:c"
  type: book
...
`,
    keys: ['doe2001', 'b:c'],
    first: { '@': 'article doe2001', author: 'Doe', date: '2001-5', title: 'A title: with a colon', volume: '007' },
  },
  'Typst bibliography': {
    format: 'hayagriva',
    text: `# comment
kinetics:
    type: Article
    title: { value: "Kinetics of {DNA}", short: Kinetics }
    author: ["Doan, T. D.", "von Haug, Hartmut"]
    serial-number:
        doi: 10.1103/PhysRevB.102.165126
    page-range: 5-9
    date: 2020-10-14
    tongus: 2
    parent:
        title: Physical Review B
        volume: 102
        issue: 16
plain:
    type: Book
    affiliated:
      - role: illustrator
        names: Cameron, James
`,
    keys: ['kinetics', 'plain'],
    first: {
      '@': 'article kinetics',
      title: 'Kinetics of DNA',
      shorttitle: 'Kinetics',
      author: 'Doan; von Haug',
      doi: '10.1103/PhysRevB.102.165126',
      pages: '5–9',
      date: '2020-10-14',
      'hayagriva-tongus': '2',
      journaltitle: 'Physical Review B',
      volume: '102',
      number: '16',
    },
  },
  'Citation file': {
    format: 'cff',
    text: `cff-version: 1.2.0
message: Please cite.
title: A Tool
authors:
  - family-names: Doe
    given-names: Jane
    orcid: https://orcid.org/0000-0000-0000-0001
version: 1.0
date-released: 2021-02-03
preferred-citation:
  type: article
  title: A Paper
  authors: [{family-names: Doe}]
  journal: J
references:
  - type: book
    title: B
    authors: [{name: Body}]
    publisher: {name: P, city: C}
`,
    keys: ['doe2021tool', 'doepaper', 'bodyb'],
    first: {
      '@': 'software doe2021tool',
      'cff-message': 'Please cite.',
      title: 'A Tool',
      author: 'Doe',
      'cff-author-orcid': 'https://orcid.org/0000-0000-0000-0001',
      version: '1.0',
      date: '2021-2-3',
    },
  },
  'EndNote export': {
    format: 'endnote-xml',
    text: `<?xml version="1.0"?><xml><records><record><database name="x">x</database><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Doe, Jane</style></author><author>World Body</author></authors></contributors>
<titles><title><style face="normal">On </style><style face="italic">E. coli</style></title><secondary-title>J</secondary-title></titles>
<periodical><full-title>J</full-title></periodical><pages>5-9</pages><dates><year>2001</year><pub-dates><date>May</date></pub-dates></dates>
<urls><related-urls><url>https://x.org/?a=1&amp;b=2</url></related-urls></urls><custom5>kept</custom5></record></records></xml>`,
    keys: ['doe2001e'],
    first: {
      '@': 'article doe2001e',
      author: 'Doe; World Body',
      title: 'On E. coli',
      journaltitle: 'J',
      pages: '5–9',
      date: '2001-5',
      url: 'https://x.org/?a=1&b=2',
      'endnote-custom5': 'kept',
      'endnote-database': 'x',
    },
  },
  'Library record': {
    format: 'mods',
    text: `<mods:modsCollection xmlns:mods="http://www.loc.gov/mods/v3"><mods:mods ID="k1"><mods:titleInfo><mods:nonSort>The</mods:nonSort><mods:title>Title</mods:title><mods:subTitle>Sub</mods:subTitle></mods:titleInfo>
<mods:name type="personal"><mods:namePart type="family">Doe</mods:namePart><mods:namePart type="given">Jane</mods:namePart><mods:role><mods:roleTerm type="code">aut</mods:roleTerm></mods:role></mods:name>
<mods:genre>journal article</mods:genre><mods:relatedItem type="host"><mods:titleInfo><mods:title>J</mods:title></mods:titleInfo><mods:part><mods:detail type="volume"><mods:number>4</mods:number></mods:detail><mods:extent unit="pages"><mods:start>5</mods:start><mods:end>9</mods:end></mods:extent><mods:date>2001</mods:date></mods:part></mods:relatedItem>
<mods:identifier type="doi">10.1/x</mods:identifier><mods:tableOfContents>c</mods:tableOfContents></mods:mods></mods:modsCollection>`,
    keys: ['k1'],
    first: {
      '@': 'article k1',
      title: 'The Title',
      subtitle: 'Sub',
      author: 'Doe',
      journaltitle: 'J',
      volume: '4',
      pages: '5–9',
      date: '2001',
      doi: '10.1/x',
      'mods-tableofcontents': 'c',
    },
  },
};

/** Comments between the entries belong to none. */
const lossesOfEntries = ({ losses }: Conversion): readonly Loss[] => losses.filter(loss => loss.field !== 'comment');

describe('formats in YAML and XML', () => {
  for (const [name, { format, text, keys, first }] of Object.entries(fixtures)) {
    it(`reads: ${name}`, () => {
      assert.equal(recogniseFormat(text)?.name, format);
      const references = readAll(text, format);
      assert.deepEqual(
        references.map(reference => reference.key),
        keys,
      );
      const { ...found } = facts(references[0]);
      assert.deepEqual(found, first);
    });

    it(`keeps its facts by way of CSL-JSON: ${name}`, () => {
      const there = convert(text, { from: format, to: 'csl-json' });
      assert.deepEqual(lossesOfEntries(there), []);
      assert.deepEqual(readAll(there.text, 'csl-json').map(facts), readAll(text, format).map(facts));
    });

    it(`gives every fact to BibLaTeX: ${name}`, () => {
      const there = convert(text, { from: format, to: 'biblatex' });
      assert.deepEqual(lossesOfEntries(there), []);
      for (const value of Object.values(first).slice(1)) {
        const words = value.match(/[\p{L}\d]+/gu) ?? [];
        assert.ok(
          words.every(word => there.text.includes(word)),
          value,
        );
      }
    });
  }

  const words = fc
    .stringMatching(/^[\p{L}\d :#'"{}<>&%$\\,-]{1,20}$/u)
    .filter(text => text.trim() === text && text !== '');
  const reference = fc.record({
    type: fc.constantFrom(
      'article',
      'book',
      'incollection',
      'inproceedings',
      'thesis',
      'report',
      'online',
      'misc',
      'unpublished',
      'patent',
      'dataset',
    ),
    fields: fc.uniqueArray(
      fc.tuple(
        fc.constantFrom(
          'title',
          'journaltitle',
          'booktitle',
          'series',
          'note',
          'number',
          'volume',
          'edition',
          'abstract',
          'usera',
          'mine',
        ),
        words,
      ),
      { selector: ([name]) => name, maxLength: 8 },
    ),
  });
  for (const name of written) {
    it(`${name}: every value is read back or among the losses`, () => {
      fc.assert(
        fc.property(reference, ({ type, fields }) => {
          const source: Reference = {
            key: 'k',
            type,
            fields: new Map(fields.map(([field, text]) => [field, { kind: 'text', text }])),
            source: { format: 'test', type, fields: [] },
          };
          const format = formatNamed(name);
          const one = format?.write?.([source], { lossless: true });
          assert.ok(one !== undefined);
          const back = readAll(one.text, name)[0];
          for (const [field, text] of fields) {
            const read = back?.fields.get(field);
            const isThere = read !== undefined && valueText(read) === valueText({ kind: 'text', text });
            assert.ok(isThere || one.losses.some(loss => loss.field === field), `${field}: ${text}`);
          }
        }),
        { seed: 7, numRuns: 150 },
      );
    });
  }

  it('puts a subtitle behind its title', () => {
    for (const to of ['hayagriva', 'cff', 'endnote-xml'] as const) {
      const there = convert('@book{a, author = {Doe, J.}, title = {T}, subtitle = {S}}', { from: 'biblatex', to });
      assert.deepEqual(there.losses, []);
      assert.equal(facts(readAll(there.text, to)[0])['title'], 'T: S');
    }
  });

  for (const lossless of [true, false]) {
    it(`keeps entries that are alike, and CITATION.cff valid${lossless ? ', lossless' : ''}`, () => {
      const entry = '@book{a, title = {T}}\n';
      const there = convert(entry.repeat(3), { from: 'biblatex', to: 'cff', lossless });
      assert.deepEqual(
        there.losses.map(loss => loss.field),
        lossless ? [] : ['key', 'key', 'key'],
      );
      assert.deepEqual(cffProblems(there.text), []);
      const back = readAll(there.text, 'cff');
      assert.equal(back.length, 3);
      for (const { fields } of back) assert.deepEqual([...fields.keys()], ['title']);
      if (lossless) assert.deepEqual(new Set(back.map(one => one.key)), new Set(['a']));
    });
  }

  it('writes YAML that another parser reads', () => {
    const { text } = convert('@article{a, title = {no}, note = {a: b # c}, author = {Doe, J.}}', {
      from: 'biblatex',
      to: 'csl-yaml',
    });
    assert.equal((readYaml(text) as { references: { title: string; note: string }[] }).references[0]?.title, 'no');
    assert.equal((readYaml(text) as { references: { title: string; note: string }[] }).references[0]?.note, 'a: b # c');
  });

  const hostile: [name: string, text: string][] = [
    ['brackets', `a:\n  type: book\n  title: ${'['.repeat(100_000)}`],
    ['dashes', `references:\n${'- '.repeat(100_000)}`],
    ['colons', `a:\n  type: ${'b: '.repeat(100_000)}`],
    ['aliases', `a: &a [x, x]\nb: &b [*a, *a]\nc:\n  type: book\n  title: [*b, *b, *b]\n`],
    ['scalar', `a:\n  type: book\n  title: ${'word '.repeat(200_000)}`],
    ['elements', `<xml><records><record>${'<a>'.repeat(100_000)}`],
    ['tags', `<mods>${'<a b="'.repeat(100_000)}`],
    [
      'laughs',
      `<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><xml><records><record><abstract>&b;</abstract></record></records></xml>`,
    ],
  ];
  for (const [name, text] of hostile) {
    it(`reads hostile ${name} without failing`, () => {
      for (const format of ['csl-yaml', 'hayagriva', 'cff', 'endnote-xml', 'mods'] as const) {
        assert.doesNotThrow(() => readAll(text, format));
        assert.doesNotThrow(() => formatNamed(format)?.recognise(text));
      }
    });
  }

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\s\-:a-z<>/"'[\]{}&*!|?#=]{0,80}$/u)), text => {
        for (const format of ['csl-yaml', 'hayagriva', 'cff', 'endnote-xml', 'mods'] as const) {
          readAll(text, format);
        }
      }),
      { seed: 3, numRuns: 400 },
    );
  });
});
