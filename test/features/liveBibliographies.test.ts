import assert from 'node:assert/strict';
import { completions } from '../../src/features/completion.ts';
import { definition } from '../../src/features/definition.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { foldings } from '../../src/features/folding.ts';
import { hover } from '../../src/features/hover.ts';
import { symbols } from '../../src/features/symbols.ts';
import { project, scope } from './project.ts';

/** A file of each format with the entry doe, "A Title", 2001; the key is marked. */
const files: readonly (readonly [name: string, content: string])[] = [
  [
    'references.json',
    `
      [
        { "type": "book", "title": "A Title", "issued": { "date-parts": [[2001]] }, "id": "doe" },
                                                                                           ^^^
        { "id": "roe", "type": "book" }
      ]`,
  ],
  [
    'keyed.json',
    `
      {
        "doe": { "type": "book", "title": "A Title", "issued": { "date-parts": [[2001]] } },
         ^^^
        "roe": { "type": "book" }
      }`,
  ],
  [
    'wrapped.csl.json',
    `
      { "items": [ { "id": "doe", "type": "book", "title": "A Title", "issued": { "date-parts": [[2001]] } } ] }
                            ^^^`,
  ],
  [
    'list.yaml',
    `
      references:
        - title: A Title
          type: book
          id: doe
              ^^^
          issued: 2001
        - id: "roe"
          type: book`,
  ],
  [
    'works.yml',
    `
      roe:
        type: book
        title: Other
      doe:
      ^^^
        type: book
        title: A Title
        date: 2001`,
  ],
  [
    'pubmed.nbib',
    `
      PMID- 1
      TI  - A Title
      DP  - 2001
      OID - Key: doe
                 ^^^
      PT  - Journal Article`,
  ],
  [
    'refer.enw',
    `
      %0 Book
      %T A Title
      %D 2001
      %F doe
         ^^^`,
  ],
  [
    'endnote.xml',
    `
      <xml><records><record><ref-type name="Book">6</ref-type><titles><title>A Title</title></titles>
      <dates><year>2001</year></dates><label>doe</label></record></records></xml>
                                             ^^^`,
  ],
  [
    'b.ris',
    `
      TY  - BOOK
      TI  - A Title
      PY  - 2001
      ID  - doe
            ^^^
      ER  -`,
  ],
];

const workspace = (name: string, content: string): ReturnType<typeof project> =>
  project(`\n      %! main.tex\n      \\addbibresource{${name}}\\cite{doe}\n      %! ${name}${content}\n`);

describe('Bibliographies of every format', () => {
  for (const [name, content] of files) {
    it(`${name}: completion, hover, definition and outline at the key`, () => {
      const { library, file } = workspace(name, content);
      const main = file('main.tex');
      const [key] = file(name).ranges;
      assert.ok(key);
      const at = main.text.lastIndexOf('doe');
      const [target] = definition(library, main.uri, at, { scope })?.targets ?? [];
      assert.deepEqual([target?.uri, target?.selectionSpan], [file(name).uri, key]);
      assert.match(hover(library, main.uri, at, { scope })?.markdown ?? '', /2001.*A Title/su);
      assert.match(hover(library, file(name).uri, key.start, { scope })?.markdown ?? '', /A Title/u);
      library.openDocument(main.uri, 'latex', '\\cite{title 2001');
      const list = completions(library, main.uri, '\\cite{title 2001'.length, { scope });
      assert.deepEqual([list?.items[0]?.label, list?.items[0]?.description], ['doe', 'A Title']);
      const symbol = symbols(library, file(name).uri)?.find(one => one.name === 'doe');
      assert.deepEqual(symbol?.selectionSpan, key);
    });

    it(`${name}: what is typed counts at once`, () => {
      const { library, file } = workspace(name, content);
      const { uri, text, ranges } = file(name);
      const at = ranges[0]?.end ?? 0;
      library.openDocument(uri, '', text);
      library.editDocument(uri, [{ span: { start: at, end: at }, newText: 'X' }]);
      const bibliography = library.bibliography(uri);
      assert.equal(bibliography?.countOf('doeX'), 1);
      assert.equal(bibliography.countOf('doe'), 0);
      assert.deepEqual(bibliography.keySpan(bibliography.entriesWithKey('doeX')[0] ?? -1), {
        start: at - 3,
        end: at + 1,
      });
    });
  }

  /** Keys that the notation writes in another way, and files with other line ends or a mark of their encoding. */
  const odd: readonly (readonly [name: string, text: string, key: string, written?: string])[] = [
    ['a.bib', '\uFEFF@book{ doe:2020/a+b ,\r\n  title = {T}}\r\n', 'doe:2020/a+b'],
    ['a.ris', '\uFEFFTY  - BOOK\r\nTI  - T\r\nID  - k4\r\nER  - \r\n', 'k4'],
    ['a.csl.json', '[{"id": "a\\u00e9\\"b", "type": "book", "title": "T"}]', 'aé"b', 'a\\u00e9\\"b'],
    ['a.csl.json', '[{"id": 7, "type": "book", "title": "T"}]', '7'],
    ['a.csl.json', '\uFEFF[\r\n {"id": "k1", "type": "book", "title": "T"}]', 'k1'],
    ['a.csl.yaml', 'references:\n- id: "k\\u00e9"\n  type: book\n  title: T\n', 'ké', 'k\\u00e9'],
    ['a.csl.yaml', "references:\n- {id: 'it''s', type: book, title: T}\n", "it's", "it''s"],
    ['a.csl.yaml', 'references:\r\n- id: 7 # first\r\n  type: book\r\n  title: T\r\n', '7'],
    ['a.yml', '"my key":\n  type: book\n  title: T\n', 'my key'],
    ['a.yml', 'k:\r\n  type: article\r\n  title: T\r\n  parent:\r\n    type: periodical\r\n    title: J\r\n', 'k'],
    ['a.enw', '%0 Book\r\n%T T\r\n%F k3\r\n', 'k3'],
    [
      'a.xml',
      '<xml><records><record><ref-type name="Book">6</ref-type><titles><title>T</title></titles><label><style face="normal">a&amp;b</style></label></record></records></xml>',
      'a&b',
      'a&amp;b',
    ],
    // A record without a key is pointed at by what it has for one.
    ['a.nbib', '\uFEFFPMID- 12345\r\nTI  - Forests\r\nFAU - Doe, Jane\r\nDP  - 2001\r\n', 'doe2001forests', '12345'],
    ['a.ris', 'TY  - BOOK\nTI  - Forests\nAU  - Doe, J\nPY  - 2001\nER  - \n', 'doe2001forests', 'BOOK'],
  ];
  for (const [name, text, key, written = key] of odd) {
    it(`${name}: ${written} is the key ${key}`, () => {
      const { library } = project('%! main.md\n');
      const uri = `file:///project/${name}`;
      library.setFile(uri, { text });
      const all = symbols(library, uri) ?? [];
      assert.deepEqual(
        all.map(symbol => symbol.name),
        [key],
      );
      const { start, end } = all[0]?.selectionSpan ?? { start: 0, end: 0 };
      assert.equal(library.text(uri)?.slice(start, end), written);
      assert.ok(hover(library, uri, start + 1, { scope }));
    });
  }

  it('makes keys for records without one', () => {
    const { library, file } = project('%! a.nbib\nPMID- 1\nFAU - Doe, Jane\nTI  - Forests\nDP  - 2001\n');
    assert.deepEqual(
      symbols(library, file('a.nbib').uri)?.map(symbol => symbol.name),
      ['doe2001forests'],
    );
  });

  it('takes no other JSON or YAML for a bibliography', () => {
    for (const [name, text] of [
      ['package.json', '{ "name": "x", "version": "1.0.0" }'],
      ['settings.json', '{ "editor.fontSize": 12 }'],
      ['_quarto.yml', 'project:\n  type: website\n'],
      ['compose.yml', 'services:\n  web:\n    image: x\n'],
      ['pom.xml', '<project><name>x</name></project>'],
    ] as const) {
      const { library, file } = project(`%! ${name}\n${text}`);
      assert.equal(symbols(library, file(name).uri), undefined, name);
    }
  });

  it('says so where a document names a file that is no bibliography', () => {
    const { library, file } = project('%! main.typ\n#bibliography("x.yml")\n%! x.yml\nname: x');
    assert.deepEqual(
      diagnostics(library, file('main.typ').uri, { scope }).map(({ code }) => code),
      ['unrecognised-bibliography'],
    );
  });

  it('tells of an address on the network that nobody reads it', () => {
    const source = '---\nbibliography: https://e.example/refs.bib\n---\n';
    const { library, file } = project(`%! main.md\n${source}`);
    const { uri } = file('main.md');
    assert.deepEqual(
      diagnostics(library, uri, { scope }).map(({ code, severity }) => [code, severity]),
      [['remote-bibliography', 'information']],
    );
  });

  it('tells on a declaration what the file holds', () => {
    const { library, file } = project('%! main.tex\n\\addbibresource{a.bib}\n%! a.bib\n@book{doe}\n@book{roe}');
    assert.match(
      hover(library, file('main.tex').uri, 18, { scope })?.markdown ?? '',
      /^\[a\\\.bib\]\(.*\) · 2 references in BibLaTeX$/u,
    );
  });

  const broken: readonly (readonly [name: string, content: string, codes: readonly string[]])[] = [
    [
      'a.csl.json',
      '[{ "id": "doe", "title": "T" "type": "book" },\n { "title": "U", "type": "book" }]',
      ['broken-json', 'missing-key'],
    ],
    ['a.csl.json', '[{ "id": 7, "type": "book" }, { "id": "7", "type": "book" }]', ['duplicate-key', 'duplicate-key']],
    ['a.csl.yaml', '- id: doe\n  type: book\n  title: "T\n- id: roe\n  type: book', ['broken-yaml']],
    ['a.yml', 'doe:\n  type: book\n  title: [T\nroe:\n  type: book\n  title: U', ['broken-yaml']],
  ];
  for (const [name, content, codes] of broken) {
    it(`${name}: ${codes.join(', ')}`, () => {
      const { library, file } = project(`%! ${name}\n${content}`);
      assert.deepEqual(
        diagnostics(library, file(name).uri, { scope }).map(({ code }) => code),
        codes,
      );
    });
  }

  it('leaves folding of JSON, YAML and XML to editors', () => {
    const { library, file } = project('%! a.csl.json\n[{\n"id": "doe", "type": "book" }]\n%! a.enw\n%0 Book\n%T T');
    assert.equal(foldings(library, file('a.csl.json').uri), undefined);
    assert.equal(foldings(library, file('a.enw').uri)?.length, 1);
  });
});
