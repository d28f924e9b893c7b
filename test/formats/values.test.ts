import assert from 'node:assert/strict';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';

/** A value in the three notations. What one cannot say, or reads in another way, stands in `back`. */
interface Case {
  readonly bib: string;
  readonly csl: Readonly<Record<string, unknown>>;
  readonly ris: readonly string[];
  readonly back?: { readonly fromCsl?: string; readonly fromRis?: string };
  readonly type?: readonly [bib: string, csl: string, ris: string];
}

const person = (family: string, given: string, more = {}): Record<string, string> => ({ family, given, ...more });
const date = (...parts: readonly (readonly number[])[]): Record<string, unknown> => ({ 'date-parts': parts });

const book: Case['type'] = ['book', 'book', 'BOOK'];

const cases: Readonly<Record<string, Case>> = {
  'a particle': {
    bib: 'author = {van der Berg, Hans}',
    csl: { author: [person('Berg', 'Hans', { 'non-dropping-particle': 'van der' })] },
    ris: ['AU  - van der Berg, Hans'],
  },
  'a particle that drops': {
    bib: 'author = {family=Goethe, given=Johann Wolfgang, prefix=von, useprefix=false}',
    csl: { author: [person('Goethe', 'Johann Wolfgang', { 'dropping-particle': 'von' })] },
    ris: ['AU  - von Goethe, Johann Wolfgang'],
    back: { fromRis: 'author = {von Goethe, Johann Wolfgang}' },
  },
  'a particle that drops before one that does not': {
    bib: 'author = {family=La Fontaine, given=Jean, prefix=de, useprefix=false}',
    csl: { author: [person('La Fontaine', 'Jean', { 'dropping-particle': 'de' })] },
    ris: ['AU  - de La Fontaine, Jean'],
    back: { fromRis: 'author = {de La Fontaine, Jean}' },
  },
  'a family name that begins with what looks like a particle': {
    bib: 'author = {{de Gruyter}, Walter}',
    csl: { author: [person('de Gruyter', 'Walter')] },
    ris: ['AU  - de Gruyter, Walter'],
    back: { fromRis: 'author = {de Gruyter, Walter}' },
  },
  'a generation': {
    bib: 'author = {King, Jr., Martin Luther}',
    csl: { author: [person('King', 'Martin Luther', { suffix: 'Jr.' })] },
    ris: ['AU  - King, Martin Luther, Jr.'],
  },
  'a particle and a generation': {
    bib: 'author = {de la Cruz, III, Ana}',
    csl: { author: [person('Cruz', 'Ana', { 'non-dropping-particle': 'de la', suffix: 'III' })] },
    ris: ['AU  - de la Cruz, Ana, III'],
  },
  'a body with "and" in its name': {
    bib: 'author = {{Research and Development Group}}',
    csl: { author: [{ literal: 'Research and Development Group' }] },
    ris: ['AU  - Research and Development Group'],
  },
  'and others': {
    bib: 'author = {Roe, Ann and others}',
    csl: { author: [person('Roe', 'Ann'), { literal: 'others' }] },
    ris: ['AU  - Roe, Ann', 'AU  - et al.'],
  },
  'a name of one word': {
    bib: 'author = {Aristotle}',
    csl: { author: [{ family: 'Aristotle' }] },
    ris: ['AU  - Aristotle'],
    back: { fromRis: 'author = {{Aristotle}}' },
  },
  'family name first, as in Chinese': {
    bib: 'author = {毛, 泽东}',
    csl: { author: [person('毛', '泽东')] },
    ris: ['AU  - 毛, 泽东'],
  },
  'a day': {
    bib: 'date = {2015-11-03}',
    csl: { issued: date([2015, 11, 3]) },
    ris: ['PY  - 2015', 'DA  - 2015/11/03/'],
  },
  'a range of years': {
    bib: 'date = {1983/1988}',
    csl: { issued: date([1983], [1988]) },
    ris: ['PY  - 1983', 'DA  - 1983///to 1988'],
  },
  'a range without an end': {
    bib: 'date = {1997/..}',
    csl: { issued: date([1997], [0]) },
    ris: ['PY  - 1997', 'DA  - 1997///to ..'],
  },
  'a season': {
    bib: 'date = {2012-21}',
    csl: { issued: { ...date([2012]), season: 1 } },
    ris: ['PY  - 2012', 'DA  - 2012///Spring'],
  },
  'an approximate date': {
    bib: 'date = {1850~}',
    csl: { issued: { ...date([1850]), circa: true } },
    ris: ['PY  - 1850', 'DA  - 1850///circa'],
  },
  'a year before our era': {
    bib: 'date = {-0043-03-15}',
    csl: { issued: date([-43, 3, 15]) },
    ris: ['PY  - -0043', 'DA  - -0043/03/15/'],
  },
  'a text that is no date': {
    bib: 'year = {forthcoming}',
    csl: { issued: { literal: 'forthcoming' } },
    ris: ['PY  - forthcoming'],
  },
  'a range of pages': {
    bib: 'pages = {682--694}',
    csl: { page: '682-694' },
    ris: ['SP  - 682', 'EP  - 694'],
  },
  'a list of pages': {
    bib: 'pages = {1--3, 7, 9--12}',
    csl: { page: '1-3, 7, 9-12' },
    ris: ['SP  - 1-3, 7, 9-12'],
  },
  'Roman pages': {
    bib: 'pages = {xii--xv}',
    csl: { page: 'xii-xv' },
    ris: ['SP  - xii', 'EP  - xv'],
  },
  'several ISBN': {
    bib: 'isbn = {978-3-16-148410-0 0-306-40615-2}',
    csl: { ISBN: '978-3-16-148410-0 0-306-40615-2' },
    ris: ['SN  - 978-3-16-148410-0', 'SN  - 0-306-40615-2'],
    type: book,
  },
  'an ISBN with a wrong check digit': {
    bib: 'isbn = {0-306-40615-3}',
    csl: { ISBN: '0-306-40615-3' },
    ris: ['SN  - 0-306-40615-3'],
    type: book,
  },
  'several ISSN': {
    bib: 'issn = {0302-9743 1611-3349}',
    csl: { ISSN: '0302-9743 1611-3349' },
    ris: ['SN  - 0302-9743', 'SN  - 1611-3349'],
  },
  'an address with signs of TeX': {
    bib: 'url = {http://example.org/~a_b/100%25?x=1&y=#z}',
    csl: { URL: 'http://example.org/~a_b/100%25?x=1&y=#z' },
    ris: ['UR  - http://example.org/~a_b/100%25?x=1&y=#z'],
  },
  'a DOI with signs of TeX': {
    bib: 'doi = {10.1000/A_b<c>%28#1}',
    csl: { DOI: '10.1000/A_b<c>%28#1' },
    ris: ['DO  - 10.1000/A_b<c>%28#1'],
  },
  'signs of TeX in text': {
    bib: 'title = {100\\% of R\\&D \\_ \\#1 \\$5}',
    csl: { title: '100% of R&D _ #1 $5' },
    ris: ['TI  - 100% of R&D _ #1 $5'],
  },
  'protected capitals': {
    bib: 'title = {The {NASA} report}',
    csl: { title: 'The <span class="nocase">NASA</span> report' },
    ris: ['TI  - The NASA report'],
    back: { fromRis: 'title = {The NASA report}' },
  },
  markup: {
    bib: 'title = {On \\emph{E. coli} and CO\\textsubscript{2}}',
    csl: { title: 'On <i>E. coli</i> and CO<sub>2</sub>' },
    ris: ['TI  - On E. coli and CO2'],
    back: { fromRis: 'title = {On E. coli and CO2}' },
  },
  'mathematics that text can say': {
    bib: 'title = {The $\\alpha$ case}',
    csl: { title: 'The α case' },
    ris: ['TI  - The α case'],
    back: { fromCsl: 'title = {The α case}', fromRis: 'title = {The α case}' },
  },
  'mathematics that it cannot': {
    bib: 'title = {On $\\frac{a}{b}$}',
    csl: { title: 'On $\\frac{a}{b}$' },
    ris: ['TI  - On $\\frac{a}{b}$'],
  },
  accents: {
    bib: 'title = {Erdős, Gödel, Łukasiewicz}',
    csl: { title: 'Erdős, Gödel, Łukasiewicz' },
    ris: ['TI  - Erdős, Gödel, Łukasiewicz'],
  },
  'a keyword with a comma': {
    bib: 'keywords = {one, {two, three}, four}',
    csl: { keyword: 'one; two, three; four' },
    ris: ['KW  - one', 'KW  - two, three', 'KW  - four'],
  },
  'what looks like an entity': {
    bib: 'title = {The \\&amp; sign}',
    csl: { title: 'The &amp; sign' },
    ris: ['TI  - The &amp;amp; sign'],
  },
  'two notes': {
    bib: 'note = {One},\n  annotation = {Two}',
    csl: { note: 'One', annote: 'Two' },
    ris: ['N1  - One', 'RN  - Two'],
  },
};

const convertPart = (text: string, from: FormatName, to: FormatName): string =>
  convert(text, { from, to, lossless: false }).text;

const bibOf = (text: string): string =>
  text
    .trim()
    .replace(/^@[a-z]+\{k,\n {2}/u, '')
    .replace(/,\n\}$/u, '');

const cslOf = (text: string): unknown => {
  const [{ id, type, ...item }] = JSON.parse(text) as [Record<string, unknown>];
  assert.equal(id, 'k');
  assert.equal(typeof type, 'string');
  return item;
};

const risOf = (text: string): string[] =>
  text
    .trim()
    .split('\n')
    .filter(line => !/^(?:TY|ID|ER) /u.test(line));

describe('values in BibLaTeX, CSL-JSON and RIS', () => {
  for (const [name, { bib, csl, ris, back = {}, type = ['article', 'article-journal', 'JOUR'] }] of Object.entries(
    cases,
  )) {
    const [bibType, cslType, risType] = type;
    const entry = `@${bibType}{k,\n  ${bib},\n}\n`;
    const item = JSON.stringify([{ id: 'k', type: cslType, ...csl }]);
    const record = `TY  - ${risType}\nID  - k\n${ris.join('\n')}\nER  - \n`;
    it(`${name}: from BibLaTeX`, () => {
      assert.deepEqual(cslOf(convertPart(entry, 'biblatex', 'csl-json')), csl);
      assert.deepEqual(risOf(convertPart(entry, 'biblatex', 'ris')), ris);
    });
    it(`${name}: from CSL-JSON`, () => {
      assert.equal(bibOf(convertPart(item, 'csl-json', 'biblatex')), back.fromCsl ?? bib);
    });
    it(`${name}: from RIS`, () => {
      assert.equal(bibOf(convertPart(record, 'ris', 'biblatex')), back.fromRis ?? bib);
    });
  }
});

/** What a text in one notation gives in another; `lossless: false` but where it says so. */
const oneWay: Readonly<
  Record<string, readonly [from: FormatName, text: string, to: FormatName, parts: readonly string[]]>
> = {
  'months as macros, numbers, names and with a day': [
    'bibtex',
    '@misc{a, year = 2001, month = feb}@misc{b, year = 2001, month = 2}@misc{c, year = 2001, month = {Feb.}}@misc{d, year = 2001, month = "10~" # feb}@misc{e, year = 2001, month = feb # "~10"}',
    'biblatex',
    [
      '{a, date = {2001-02}}',
      '{b, date = {2001-02}}',
      '{c, date = {2001-02}}',
      '{d, date = {2001-02-10}}',
      '{e, date = {2001-02-10}}',
    ],
  ],
  'a day and a range as BibTeX has them': [
    'biblatex',
    '@misc{a, date = {2001-02-10}}@misc{b, date = {2001-02/2001-03}}@misc{c, date = {2001/2003}}@misc{d, date = {2001-22}}',
    'bibtex',
    ['year = {2001}, month = "10~" # feb', 'month = feb # "/" # mar', 'year = {2001--2003}', 'month = {Summer}'],
  ],
  'DA without a year, beside PY': [
    'ris',
    'TY  - JOUR\nID  - k\nDA  - AUG\nPY  - 2013\nER  - \n',
    'biblatex',
    ['date = {2013-08}'],
  ],
  'a year of its own in PY, a later one in DA': [
    'ris',
    'TY  - JOUR\nID  - k\nPY  - 2013\nDA  - 2014/01/05\nER  - \n',
    'csl-json',
    ['"issued": {\n      "date-parts": [\n        [\n          2013\n        ]'],
  ],
  'SP with a range, EP in full or short': [
    'ris',
    'TY  - JOUR\nID  - a\nSP  - 12-19\nER  - \nTY  - JOUR\nID  - b\nSP  - 682\nEP  - 94\nER  - \nTY  - JOUR\nID  - c\nSP  - 682\nEP  - 682-694\nER  - \n',
    'biblatex',
    ['@article{a,\n  pages = {12--19}', '@article{b,\n  pages = {682--694}', '@article{c,\n  pages = {682--694}'],
  ],
  'several addresses': [
    'ris',
    'TY  - JOUR\nID  - k\nUR  - http://a.org/x_y; http://b.org/?p=1&q=2\nUR  - http://c.org/%7E\nER  - \n',
    'biblatex',
    ['url = {http://a.org/x_y}', '{http://b.org/?p=1&q=2}', '{http://c.org/%7E}'],
  ],
  'a DOI as an address or with its name': [
    'ris',
    'TY  - JOUR\nID  - a\nDO  - https://doi.org/10.1000/Ab\nER  - \nTY  - JOUR\nID  - b\nM3  - doi: 10.1000/cd\nER  - \n',
    'csl-json',
    ['"DOI": "10.1000/Ab"', '"DOI": "10.1000/cd"'],
  ],
  'escapes in verbatim fields, which are none of theirs': [
    'biblatex',
    '@online{k, url = {http://a.org/x\\_y\\%20\\&\\#~z}, doi = {10.1000/a\\_b}}',
    'csl-json',
    ['"URL": "http://a.org/x_y%20&#~z"', '"DOI": "10.1000/a_b"'],
  ],
  'entities and markup of HTML': [
    'ris',
    'TY  - JOUR\nID  - k\nTI  - R&amp;D &#8211; &lt;i&gt;x&lt;/i&gt; &#x27;q&#x27; <i>E. coli</i>\nER  - \n',
    'csl-json',
    ['"title": "R&D – '],
  ],
  'what parents give': [
    'biblatex',
    '@inproceedings{k, title = {Paper}, crossref = {p}, xdata = {x}}@proceedings{p, title = {Proc}, date = {2001}}@xdata{x, publisher = {P}}',
    'csl-json',
    ['"container-title": "Proc"', '"publisher": "P"', '2001'],
  ],
  'parents in a circle': [
    'biblatex',
    '@inbook{a, title = {A}, crossref = {b}}@inbook{b, title = {B}, crossref = {a}}@misc{c, title = {C}, xdata = {d}}@xdata{d, xdata = {d}, note = {N}}',
    'ris',
    ['TI  - A', 'TI  - B', 'TI  - C', 'N1  - N'],
  ],
  'strings, chains of them and names nobody defined': [
    'bibtex',
    '@string{a = "A"}@string{b = a # {B}}@article{k, journal = b # " x", publisher = nobody}',
    'ris',
    ['T2  - AB x', 'PB  - nobody'],
  ],
  'an abstract over several lines': [
    'ris',
    'TY  - JOUR\nID  - k\nAB  - One line,\nanother that belongs to it.\n\nA paragraph.\nTI  - T\nER  - \n',
    'biblatex',
    ['One line,', 'another that belongs to it.', 'A paragraph.', 'title = {T}'],
  ],
  'tags in any order': [
    'ris',
    'TY  - JOUR\nEP  - 9\nPY  - 2001\nAU  - Roe, Ann\nTI  - T\nSP  - 1\nID  - k\nAU  - Doe, Jo\nER  - \n',
    'biblatex',
    ['@article{k,', 'pages = {1--9}', 'author = {Roe, Ann and Doe, Jo}', 'date = {2001}'],
  ],
};

const sidecars: Readonly<Record<string, readonly [from: FormatName, text: string, to: FormatName]>> = {
  'an unknown RIS type and tag': ['ris', 'TY  - ODD\nID  - k\nTI  - T\nXX  - odd\nER  -', 'csl-json'],
  'what PubMed keeps for itself': [
    'pubmed',
    'PMID- 1\nOWN - NLM\nSTAT- MEDLINE\nLR  - 20200101\nTI  - A title.\nPHST- 2012/01/02 00:00 [pubmed]',
    'biblatex',
  ],
  'an unknown entry type and field': ['biblatex', '@odd{k,\n  title = {T},\n  strange-field = {x & y},\n}', 'csl-json'],
  'an unknown CSL type and variable': [
    'csl-json',
    '[\n{"id": "k", "type": "odd", "title": "T", "strange": {"x": 1}}\n]',
    'biblatex',
  ],
};

describe('values that are read one way only', () => {
  for (const [name, [from, text, to, parts]] of Object.entries(oneWay)) {
    it(name, () => {
      const output = convertPart(text, from, to);
      for (const part of parts) assert.ok(output.includes(part), `${part} in\n${output}`);
    });
  }
  for (const [name, [from, text, to]] of Object.entries(sidecars)) {
    it(`${name} come back through ${to}`, () => {
      const there = convert(text, { from, to });
      assert.deepEqual(there.losses, []);
      assert.equal(convert(there.text, { from: to, to: from }).text.trim(), text);
    });
  }
});
