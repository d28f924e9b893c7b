import assert from 'node:assert/strict';
import { biblatex } from '../../src/formats/biblatex.ts';
import { bibtex } from '../../src/formats/bibtex.ts';
import { convert } from '../../src/formats/convert.ts';
import { valueText } from '../../src/model/describe.ts';
import type { Reference } from '../../src/model/reference.ts';

const read = (text: string, entry = 0): Reference => biblatex.read(text, biblatex.scan(text), entry);
const fieldsOf = (reference: Reference): Record<string, string> =>
  Object.fromEntries([...reference.fields].map(([name, value]) => [name, valueText(value)]));

describe('formats/bibtex reads', () => {
  const values: [entry: string, fields: Record<string, string>][] = [
    ['title = {A {B} c}', { title: 'A B c' }],
    ['title = "A" # { and } # "B"', { title: 'A and B' }],
    ['year = 2015, month = nov', { date: '2015-11' }],
    ['year = {2015}, month = "10~" # jan', { date: '2015-1-10' }],
    ['month = {11}, year = {2015}', { date: '2015-11' }],
    ['date = {2015-11}, year = {2015}', { date: '2015-11' }],
    ['date = {2015-11}, year = {1999}', { date: '2015-11', year: '1999' }],
    ['journal = {X}, journaltitle = {Y}', { journaltitle: 'X', 'journaltitle+2': 'Y' }],
    ['note = {a}, note = {b}, note = {a}', { note: 'a', 'note+2': 'b' }],
    ['url = {https://x.org/a_b%20c?d&e~f#g}', { url: 'https://x.org/a_b%20c?d&e~f#g' }],
    ['url = {https://x.org/a{\\_}b\\{_\\}c}', { url: 'https://x.org/a_b_c' }],
    ['url = {https://x.org/a;\n    https://x.org/b}', { url: 'https://x.org/a; https://x.org/b' }],
    ['doi = {{10.1000/x}}', { doi: '10.1000/x' }],
    ['url = {https://x.org/a\\_b\\%20\\&c}', { url: 'https://x.org/a_b%20&c' }],
    ['doi = {10.1000/a_b}', { doi: '10.1000/a_b' }],
    ['pages = {682--694}', { pages: '682–694' }],
    ['keywords = {a, {b, c}; d}', { keywords: 'a; b, c; d' }],
    ['publisher = {A and {B and C}}', { publisher: 'A; B and C' }],
    ['school = {MIT}, address = {Cambridge}', { institution: 'MIT', location: 'Cambridge' }],
    ['address = {New York}, location = {Calgary}', { location: 'New York', venue: 'Calgary' }],
    ['location = {Calgary}, address = {New York}', { venue: 'Calgary', location: 'New York' }],
    ['pmid = {123}', { eprinttype: 'pubmed', eprint: '123' }],
    ['x-mine = {kept}', { 'x-mine': 'kept' }],
    ['abstract = {&amp; stays}', { abstract: '&amp; stays' }],
    ["title = {50\\% of {\\'E}t\\'e}", { title: '50% of Été' }],
    ['title = {}', {}],
  ];
  for (const [entry, fields] of values) {
    it(entry, () => {
      assert.deepEqual(fieldsOf(read(`@article{k, ${entry}}`)), fields);
    });
  }

  it('types, aliases and what they imply', () => {
    assert.deepEqual(
      [read('@PhdThesis{k,}').type, fieldsOf(read('@PhdThesis{k,}'))],
      ['thesis', { type: 'phdthesis' }],
    );
    assert.equal(read('@www{k,}').type, 'online');
    assert.equal(read('@UnheardOf{k,}').type, 'unheardof');
  });

  it('strings, chains of them and names nobody defined', () => {
    const text = '@string{a = {Alpha}}\n@STRING(b = a # " Beta")\n@book{k, title = B # { Gamma}, publisher = nobody}';
    assert.deepEqual(fieldsOf(read(text)), { title: 'Alpha Beta Gamma', publisher: 'nobody' });
  });

  it('names', () => {
    const author = read('@book{k, author = {M{\\"u}ller, J. and {The {WHO} Group} and others}}').fields.get('author');
    assert.deepEqual(author, {
      kind: 'names',
      names: [{ family: 'Müller', given: 'J.' }, { literal: 'The WHO Group' }],
      others: true,
    });
  });

  describe('what is inherited', () => {
    const parent =
      '@proceedings{p, title = {Proc}, subtitle = {Sub}, editor = {Ed, A}, date = {2001}, shorttitle = {S}}\n';

    it('from crossref, titles moved one up', () => {
      const child = read(`@inproceedings{c, crossref = {p}, title = {Paper}}\n${parent}`);
      assert.deepEqual(fieldsOf(child), {
        crossref: 'p',
        title: 'Paper',
        booktitle: 'Proc',
        booksubtitle: 'Sub',
        editor: 'Ed',
        date: '2001',
      });
      assert.deepEqual([...(child.inherited ?? [])], ['crossref', 'booktitle', 'booksubtitle', 'editor', 'date']);
    });

    it('authors of a book for its parts', () => {
      const child = read('@inbook{c, crossref = {p}, title = {Part}}\n@book{p, title = {Book}, author = {A, B}}');
      assert.deepEqual(fieldsOf(child), {
        crossref: 'p',
        title: 'Part',
        booktitle: 'Book',
        author: 'A',
        bookauthor: 'A',
      });
    });

    it('over two steps', () => {
      const text =
        '@inproceedings{c, crossref = {p}}\n@proceedings{p, crossref = {m}, title = {P}}\n@mvproceedings{m, title = {M}}';
      assert.deepEqual(fieldsOf(read(text)), { crossref: 'p', booktitle: 'P', maintitle: 'M' });
    });

    it('from several data containers, one inside another', () => {
      const text =
        '@book{c, xdata = {x, y}, title = {T}}\n@xdata{x, xdata = {z}, publisher = {P}}\n@xdata{y, location = {L}}\n@xdata{z, date = {1999}}';
      assert.deepEqual(fieldsOf(read(text)), {
        xdata: 'x, y',
        title: 'T',
        publisher: 'P',
        location: 'L',
        date: '1999',
      });
    });

    it('not in circles, and not from nowhere', () => {
      assert.deepEqual(fieldsOf(read('@book{a, crossref = {b}, title = {A}}\n@book{b, crossref = {a}, note = {B}}')), {
        crossref: 'b',
        title: 'A',
        note: 'B',
      });
      assert.deepEqual(fieldsOf(read('@book{a, xdata = {a}, crossref = {gone}}')), { xdata: 'a', crossref: 'gone' });
    });

    it('down a chain of entries, as far as a library can mean it', () => {
      const chain = (length: number): string =>
        Array.from({ length }, (_, index) => `@book{k${String(index)}, crossref = {k${String(index + 1)}}}\n`).join(
          '',
        ) + `@book{k${String(length)}, note = {end}}`;
      assert.equal(read(chain(50)).fields.has('note'), true);
      assert.equal(read(chain(20_000)).fields.has('note'), false);
    });
  });
});

describe('formats/bibtex writes', () => {
  const write = (json: object, to: 'bibtex' | 'biblatex' = 'biblatex', lossless = true): string =>
    convert(JSON.stringify([{ id: 'k', type: 'article-journal', ...json }]), {
      from: 'csl-json',
      to,
      lossless,
    }).text.replace(/^ {2}csl-json-record = .*\n/mu, '');

  const cases: [name: string, json: object, biblatex: string, bibtex: string][] = [
    [
      'an article',
      { title: 'A & B', 'container-title': 'J', issued: { 'date-parts': [[2015, 11]] }, page: '1-2' },
      '@article{k,\n  title = {A \\& B},\n  journaltitle = {J},\n  date = {2015-11},\n  pages = {1--2},\n}\n',
      '@article{k,\n  title = {A \\& B},\n  journal = {J},\n  year = {2015},\n  month = nov,\n  pages = {1--2},\n}\n',
    ],
    [
      'a thesis',
      { type: 'thesis', genre: 'PhD thesis', publisher: 'MIT', issued: { 'date-parts': [[2015, 1, 10]] } },
      '@thesis{k,\n  type = {phdthesis},\n  institution = {MIT},\n  date = {2015-01-10},\n}\n',
      '@phdthesis{k,\n  school = {MIT},\n  year = {2015},\n  month = "10~" # jan,\n}\n',
    ],
    [
      'names',
      {
        author: [
          { family: 'Berg', given: 'Hans', 'non-dropping-particle': 'von der' },
          { literal: 'W H O' },
          { literal: 'others' },
        ],
      },
      '@article{k,\n  author = {von der Berg, Hans and {W H O} and others},\n}\n',
      '@article{k,\n  author = {von der Berg, Hans and {W H O} and others},\n}\n',
    ],
    [
      'a page on the web',
      { type: 'webpage', URL: 'https://x.org/a_b?c=%20&d#e', accessed: { 'date-parts': [[2020, 2, 3]] } },
      '@online{k,\n  url = {https://x.org/a_b?c=%20&d#e},\n  urldate = {2020-02-03},\n}\n',
      '@misc{k,\n  url = {https://x.org/a_b?c=%20&d#e},\n  urldate = {2020-02-03},\n  biblatextype = {online},\n}\n',
    ],
  ];
  for (const [name, json, asBiblatex, asBibtex] of cases) {
    it(`${name} in both dialects`, () => {
      assert.equal(write(json), asBiblatex);
      assert.equal(write(json, 'bibtex'), asBibtex);
    });
  }

  it('a key that TeX can take, and one where there is none', () => {
    assert.match(write({ id: 'a b,{c}' }), /^@article\{a_b_c_,/);
    assert.match(write({ id: '', title: 'The Word', issued: { 'date-parts': [[1999]] } }), /^@article\{1999word,/);
  });
});

describe('formats/bibtexFile: a whole file in the other dialect', () => {
  const bib = `% a comment
@string{acm = "ACM"}
@preamble{"\\newcommand{\\x}{}"}

Some text between.
@Article{Knuth:1984,
  author  = {Donald E. Knuth},  % the author
  journal = "The Computer Journal",
  Year    = 1984,
  month   = may,
  Address = {Oxford} ,
  publisher = acm
}
@comment{@book{hidden, title={x}}}
@phdthesis(t1, school={MIT}, year="2001")
@online{o, title = {Same}}
`;
  const asBiblatex = `% a comment
@string{acm = "ACM"}
@preamble{"\\newcommand{\\x}{}"}

Some text between.
@Article{Knuth:1984,
  author  = {Donald E. Knuth},  % the author
  journaltitle = "The Computer Journal",
  Date    = {1984-05},
  Location = {Oxford} ,
  publisher = acm
}
@comment{@book{hidden, title={x}}}
@thesis(t1, institution={MIT}, date="2001", type = {phdthesis})
@online{o, title = {Same}}
`;

  it('BibTeX to BibLaTeX touches names and dates only', () => {
    assert.deepEqual(convert(bib, { from: 'bibtex', to: 'biblatex' }), { text: asBiblatex, count: 3, losses: [] });
  });

  it('BibLaTeX to BibTeX, and what it loses', () => {
    const text =
      '@online{o,\n  title = {T},\n  date = {2015-11~},\n}\n@report{r, type = {techreport}, institution = {I}, date = {2001/2003}}\n';
    assert.equal(
      convert(text, { from: 'biblatex', to: 'bibtex' }).text,
      '@misc{o,\n  title = {T},\n  year = {2015},\n  month = nov,\n  date = {2015-11~},\n  biblatextype = {online},\n}\n@techreport{r, institution = {I}, year = {2001--2003}}\n',
    );
    assert.deepEqual(
      convert(text, { from: 'biblatex', to: 'bibtex', lossless: false }).losses.map(
        ({ key, field, reason, offset }) => [key, field, reason, offset],
      ),
      [
        ['o', 'date', 'narrowed', 0],
        ['o', 'entry type', 'type', 0],
      ],
    );
  });

  it('there and back again', () => {
    const there = convert(asBiblatex, { from: 'biblatex', to: 'bibtex' }).text;
    const back = convert(there, { from: 'bibtex', to: 'biblatex' }).text;
    assert.equal(back, asBiblatex);
  });

  it('puts into a BibTeX entry what BibTeX would not inherit', () => {
    const text = '@inproceedings{c, crossref = {p}, title = {Paper}}\n@proceedings{p, title = {Proc}, date = {2001}}\n';
    assert.match(
      convert(text, { from: 'biblatex', to: 'bibtex' }).text,
      /^@inproceedings\{c, crossref = \{p\}, title = \{Paper\}, booktitle = \{Proc\}\}/,
    );
  });

  it('leaves a broken file whole', () => {
    const text = '@article{a, title = {x\n@article{b, journal = {J}}\n@@@ {}';
    assert.match(convert(text, { from: 'bibtex', to: 'biblatex' }).text, /journaltitle = \{J\}\}\n@@@ \{\}$/);
  });
});

describe('formats/bibtex recognises', () => {
  const cases: [text: string, bibtexFirst: boolean][] = [
    ['@article{a, journal = {x}, year = 2000}', true],
    ['@article{a, journaltitle = {x}, date = {2000}}', false],
    ['@online{a, title = {x}}', false],
    ['@online{a, title = {x}, year = 2000}', false],
    ['@article{a, journaltitle = {x}, year = 2000}', false],
    ['@techreport{a, institution = {x}, year = 2000}', true],
    ['@article{a, journal = {x}, year = 2000} @article{b, journal = {x}, year = 2001} @book{c, date = {2000}}', true],
    ['@article{a, title = {x}}', true],
  ];
  for (const [text, bibtexFirst] of cases) {
    it(text, () => {
      assert.equal(bibtex.recognise(text) > biblatex.recognise(text), bibtexFirst);
    });
  }
  it('nothing in prose', () => {
    assert.equal(bibtex.recognise('Write to me@example.org (or @home)'), 0);
  });
});
