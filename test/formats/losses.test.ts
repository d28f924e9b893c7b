import assert from 'node:assert/strict';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';

interface Case {
  readonly from: FormatName;
  readonly to: FormatName;
  readonly text: string;
  /** Left out: without. */
  readonly lossless?: boolean;
  /** "field: value (reason)" */
  readonly losses?: readonly string[];
  /** What stands in the output. */
  readonly has?: readonly string[];
  readonly lacks?: readonly string[];
}

const csl = (members: object): string => JSON.stringify([{ id: 'k', type: 'book', title: 'T', ...members }]);

/** What each way of losing a value is reported as, or how it is kept. */
const cases: Readonly<Record<string, Case>> = {
  'an entry that is no work': {
    from: 'biblatex',
    to: 'ris',
    text: '@xdata{x, location = {Oslo}}\n@book{b, title = {T}}',
    losses: ['entry type: xdata (type)', 'location: {Oslo} (type)'],
  },
  'a book with editors alone, which RIS has as a collection': {
    from: 'csl-json',
    to: 'ris',
    text: JSON.stringify([
      { id: 'k', type: 'chapter', title: 'T', 'container-title': 'B', author: [{ family: 'Roe' }] },
    ]),
    losses: ['type: chapter (type)'],
  },
  'a type that RIS does not have, lossless': {
    from: 'csl-json',
    to: 'ris',
    lossless: true,
    text: csl({ custom: { 'bib:type=': 'mvbook' } }),
    has: ['TY  - BOOK', 'N1  - bib:type=: mvbook'],
  },
  'a name that is not sorted under its particle': {
    from: 'biblatex',
    to: 'ris',
    text: '@book{k, author = {family=Berg, given=Ida, prefix=van, useprefix=false}, editor = {van Roe, Ann}}',
    losses: ['author: {family=Berg, given=Ida, prefix=van, useprefix=false} (narrowed)'],
    has: ['AU  - van Berg, Ida'],
  },
  'a name with a dropping particle, lossless': {
    from: 'csl-json',
    to: 'ris',
    lossless: true,
    text: csl({ author: [{ family: 'Berg', given: 'Ida', 'dropping-particle': 'van' }] }),
    has: ['N1  - csl-json:record: '],
  },
  'contributors of a kind that CSL does not have': {
    from: 'biblatex',
    to: 'csl-json',
    text: '@book{k, foreword = {Roe, Ann}}',
    losses: ['foreword: {Roe, Ann} (narrowed)'],
    has: ['"contributor"'],
  },
  'a collaborator is a contributor': {
    from: 'biblatex',
    to: 'csl-json',
    text: '@book{k, editora = {Roe, Ann}, editoratype = {collaborator}}',
    has: ['"contributor"'],
  },
  'the time of day': {
    from: 'biblatex',
    to: 'csl-json',
    text: '@book{k, date = {2001-01-03T15:00:00}}',
    losses: ['date: {2001-01-03T15:00:00} (narrowed)'],
  },
  'the time of day in RIS': {
    from: 'biblatex',
    to: 'ris',
    text: '@book{k, date = {2001-01-03T15:00:00}}',
    has: ['DA  - 2001/01/03/2001-01-03T15:00:00'],
  },
  'a masked year in RIS': {
    from: 'biblatex',
    to: 'ris',
    text: '@book{k, date = {199X}}',
    losses: ['date: {199X} (narrowed)'],
  },
  'a subtype that the type of CSL does not tell': {
    from: 'ris',
    to: 'csl-json',
    text: 'TY  - ICOMM\nID  - k\nTI  - T\nER  - \n',
    has: ['"genre": "email"'],
  },
  'a date of which CSL-JSON says too much': {
    from: 'csl-json',
    to: 'biblatex',
    text: csl({ issued: { 'date-parts': [['2012', '40']] } }),
    losses: ['issued: {"date-parts":[["2012","40"]]} (no-slot)'],
    has: ['date = {2012}'],
  },
  'a date that is none': {
    from: 'csl-json',
    to: 'ris',
    lossless: true,
    text: csl({ issued: { d: '10~' } }),
    has: ['N1  - bib:csl:issued-text: {"d":"10~"}'],
  },
  'a date that says nothing': {
    from: 'csl-json',
    to: 'bibtex',
    text: csl({ issued: { 'date-parts': [[null]] } }),
    lacks: ['year', 'date'],
  },
  'the year zero': {
    from: 'csl-json',
    to: 'biblatex',
    text: csl({ issued: { 'date-parts': [[0]] } }),
    has: ['date = {0000}'],
  },
  'names in full, where the source has them in parts': {
    from: 'hayagriva',
    to: 'cff',
    lossless: true,
    text: 'k:\n  type: video\n  title: T\n  affiliated: { role: director, names: ["Cameron, James"] }\n',
    losses: ['director: Cameron, James (no-slot)'],
  },
  'options of names': {
    from: 'biblatex',
    to: 'csl-json',
    text: '@book{k, author = {family=Smith, given=Ann, nametemplate=x}}',
    losses: ['author+options: nametemplate=x (no-slot)'],
  },
  'the key in a file that has no place for it': {
    from: 'biblatex',
    to: 'cff',
    text: '@book{mine, title = {T}, author = {Roe, A.}, date = {2001}}\n\n@book{roe2001t, title = {T}, author = {Roe, A.}, date = {2001}}',
    losses: ['key: mine (no-slot)'],
  },
  'the message of a citation file': {
    from: 'cff',
    to: 'biblatex',
    text: 'cff-version: 1.2.0\nmessage: Please cite.\ntitle: T\nauthors:\n- name: N\n',
    losses: ['message: Please cite. (no-slot)'],
  },
  'a book chapter, which MEDLINE has as part of a collection': {
    from: 'biblatex',
    to: 'pubmed',
    text: '@inbook{k, title = {T}, booktitle = {B}}',
    losses: ['type: inbook (type)'],
  },
  'a short value that stands in other words': {
    from: 'biblatex',
    to: 'refer',
    text: '@book{k, title = {Dedication}, shorthand = {D}}',
    losses: ['shorthand: {D} (no-slot)'],
  },
  "EndNote's own accounts": {
    from: 'endnote-xml',
    to: 'ris',
    text: '<xml><records><record><rec-number>17</rec-number><foreign-keys><key app="EN" db-id="5z">4</key></foreign-keys><ref-type name="Book">6</ref-type><label>A&amp;B</label><titles><title>T</title></titles></record></records></xml>',
    losses: ['rec-number: 17 (no-slot)', 'endnote-foreign-keys: app=EN db-id=5z 4 (no-slot)'],
    has: ['ID  - A&B\n'],
  },
  "EndNote's own accounts, lossless": {
    from: 'endnote-xml',
    to: 'biblatex',
    lossless: true,
    text: '<xml><records><record><rec-number>17</rec-number><ref-type name="Book">6</ref-type><titles><title>T</title></titles></record></records></xml>',
    has: ['<rec-number>17</rec-number>'],
  },
  'a name in a role that nobody else has': {
    from: 'mods',
    to: 'biblatex',
    lossless: true,
    text: '<mods><titleInfo><title>T</title></titleInfo><name><namePart>Body</namePart><role><roleTerm>funder</roleTerm></role></name></mods>',
    has: ['mods-name-funder = {Body, funder}'],
  },
  'lines of RIS without a tag behind TY': {
    from: 'ris',
    to: 'biblatex',
    text: 'TY  - BOOK\nPMID  - 333\nID  - k\nTI  - T\nER  - \n',
    has: ['note = {PMID  - 333}'],
  },
  'a range of days': {
    from: 'biblatex',
    to: 'bibtex',
    text: '@book{k, date = {2020-04-30/2020-05-02}}\n@book{l, date = {2020-08-04/2020-08-08}}',
    has: ['month = "30~" # apr # "/" # "2~" # may', 'month = "4~" # aug # "/" # "8~" # aug'],
  },
  'the text of a string': {
    from: 'biblatex',
    to: 'csl-json',
    text: '@string{me = {My Name}}\n@book{k, owner = me}',
    losses: ['owner: My Name (no-slot)'],
  },
  'a key that MEDLINE cannot hold': {
    from: 'pubmed',
    to: 'biblatex',
    lossless: true,
    text: 'PMID- 1\nTI  - T\nOID - Key: [NOTITLE]2017\n',
    has: ['pubmed-oid = {Key: [NOTITLE]2017}'],
  },
  'braces without end in YAML': {
    from: 'biblatex',
    to: 'hayagriva',
    text: `@book{k, title = {${'\\{ '.repeat(80)}x}}`,
    has: ['\\\\\\u007b'],
  },
  'a key with quotes in YAML': {
    from: 'biblatex',
    to: 'hayagriva',
    text: '@book{"ab, title = {T}}',
    has: ['"\\"ab":'],
  },
  'a value that is left open': {
    from: 'biblatex',
    to: 'bibtex',
    lossless: true,
    text: '@online{k, title={a',
    has: ['@misc{k, biblatextype = {online}, title={a'],
  },
  'a key that looks like an entry': {
    from: 'biblatex',
    to: 'bibtex',
    lossless: true,
    text: '@online{@a{b',
    losses: ['entry type: online (type)'],
    has: ['@misc{@a{b'],
  },
  'a carried entry behind something that hides it': {
    from: 'csl-json',
    to: 'bibtex',
    lossless: true,
    text: csl({ custom: { 'bib:entry': { layout: '@book{k, title = {T}}', before: '% ' } } }),
    has: ['\n\n@book{k,'],
    lacks: ['%'],
  },
  'protected capitals in RIS': {
    from: 'biblatex',
    to: 'ris',
    text: '@book{k, title = {The {DNA}}, note = {\\emph{Not} {A} case}}',
    losses: ['title: {The {DNA}} (case)', 'note: {\\emph{Not} {A} case} (narrowed)'],
  },
  'protected capitals in MEDLINE': {
    from: 'biblatex',
    to: 'pubmed',
    text: '@article{k, title = {The {DNA}}, journaltitle = {J}}',
    losses: ['title: {The {DNA}} (case)'],
  },
  'notes that are paragraphs in BibTeX': {
    from: 'biblatex',
    to: 'ris',
    text: '@book{k, note = {One\n\n  Two}}',
    has: ['N1  - One\nN1  - Two\n'],
  },
  'editors of a kind that RIS has a tag for': {
    from: 'biblatex',
    to: 'ris',
    text: '@incollection{k, author = {Doe, J.}, editor = {Poe, E.}, editora = {Roe, Ann}, editoratype = {series}, booktitle = {B}}',
    has: ['A3  - Roe, Ann'],
    lacks: ['N1'],
  },
  'a type that only the carried entry type says': {
    from: 'csl-json',
    to: 'biblatex',
    lossless: true,
    text: csl({ genre: "Master's thesis", custom: { 'bib:entry': { text: '@mastersthesis{k, title = {T}}' } } }),
    has: ['@book{k,', 'type = {mathesis}'],
  },
  'a number with its label in RIS': {
    from: 'biblatex',
    to: 'ris',
    text: '@book{k, isbn = {ISBN 978-85-63994-24-0, 0 306 40615 2 (print)}, issn = {1573-3289 (Electronic)}}',
    has: ['SN  - ISBN 978-85-63994-24-0\n', 'SN  - 1573-3289 (Electronic)\n'],
  },
};

describe('formats: losses', () => {
  for (const [name, { from, to, text, lossless = false, losses = [], has = [], lacks = [] }] of Object.entries(cases)) {
    it(name, () => {
      const output = convert(text, { from, to, lossless });
      assert.deepEqual(
        output.losses.map(({ field, value, reason }) => `${field}: ${value} (${reason})`),
        losses,
        output.text,
      );
      for (const part of has) assert.ok(output.text.includes(part), `${part} in ${output.text}`);
      for (const part of lacks) assert.ok(!output.text.includes(part), `${part} not in ${output.text}`);
    });
  }

  it('a field that is there once more, one loss for each', () => {
    const lost = (text: string) =>
      convert(text, { from: 'biblatex', to: 'refer', lossless: false }).losses.map(
        loss => `${loss.field} ${loss.value}`,
      );
    assert.deepEqual(lost('@book{a, title={A}, title={B}, foo={1}, foo={2}, foo={3}}'), [
      'foo {1}',
      'foo {2}',
      'foo {3}',
      'title {B}',
    ]);
    assert.deepEqual(lost('@article{a, journal={J}, journaltitle={K}, journal={L}}').sort(), [
      'journal {L}',
      'journaltitle {K}',
    ]);
  });

  const between: [name: string, from: FormatName, text: string, losses: string[]][] = [
    [
      'comments, text, preambles and strings that nothing uses',
      'bibtex',
      'A text.\n@comment{c}\n@preamble{"p"}\n@string{used = "U"}\n@string{inner = "I"}\n@string{outer = inner # "O"}\n@string{idle = "X"}\n@book{a, title = {T}, publisher = used, series = outer}\nEnd.',
      [
        'text between entries A text.',
        '@comment @comment{c}',
        '@preamble @preamble{"p"}',
        'text between entries End.',
        '@string idle = "X"',
      ],
    ],
    [
      'lines between records',
      'ris',
      'Export of today\n\nTY  - BOOK\nTI  - T\nER  - \n\n# mine\n\nTY  - BOOK\nTI  - U\nER  - \n',
      ['text between records Export of today', 'text between records # mine'],
    ],
    ['no frame of an export', 'wos', 'FN Clarivate\nVR 1.0\nPT J\nAU Roe, A\nTI T\nPY 2001\nER\n\nEF\n', []],
    ['comments of YAML', 'csl-yaml', '# mine\n- id: a\n  type: book\n  title: T\n', ['comment # mine']],
    [
      'comments of JSON, the last one left open',
      'csl-json',
      '[ // a /* b\n /* c // d */ {"id": "k", "type": "book", "title": "T"} /*/ mine */ /* open',
      ['comment // a /* b', 'comment /* c // d */', 'comment /*/ mine */', 'comment /* open'],
    ],
    [
      'a comment of XML, however long',
      'mods',
      `<modsCollection><!--${'long '.repeat(4_000_000)}--><mods><titleInfo><title>T</title></titleInfo></mods></modsCollection>`,
      [`comment <!--${'long '.repeat(4_000_000)}-->`],
    ],
    [
      'more comments than the written reference is searched for',
      'bibtex',
      `${'@comment{c}\n'.repeat(3000)}@book{a, title = {T}}`,
      Array.from({ length: 3000 }, () => '@comment @comment{c}'),
    ],
  ];
  for (const [name, from, text, expected] of between) {
    it(`what stands between the entries: ${name}`, () => {
      const { losses } = convert(text, { from, to: 'hayagriva', lossless: false });
      const found = losses.filter(loss => loss.key === '');
      assert.deepEqual(
        found.map(loss => `${loss.field} ${loss.value}`),
        expected,
      );
      for (const { value, offset = -1 } of found)
        assert.ok(text.startsWith(value.slice(0, 4), offset) || value.startsWith('idle'));
    });
  }

  it('what stands between the entries is not lost where it travels along', () => {
    const bib = '% mine\n@preamble{"p"}\n@book{a, title = {T}}\n% end\n';
    const there = convert(bib, { from: 'biblatex', to: 'csl-json' });
    assert.deepEqual(there.losses, []);
    assert.equal(convert(there.text, { from: 'csl-json', to: 'biblatex' }).text, bib);
    const ris = 'TY  - BOOK\nTI  - T\nER  - \n\n# mine\n\nTY  - BOOK\nTI  - U\nER  - \n';
    assert.deepEqual(convert(ris, { from: 'ris', to: 'biblatex' }).losses, []);
  });
});
