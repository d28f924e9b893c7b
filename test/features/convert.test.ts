import assert from 'node:assert/strict';
import { atOnce } from '../../src/base/atOnce.ts';
import { convertSource, hasSameWorks, partsOf, recogniseSource, referencesOf } from '../../src/features/convert.ts';
import type { ConvertTask, RecognisedSource, SourceText } from '../../src/features/convert.ts';
import { findKnown, type KnownPlace } from '../../src/features/knownReferences.ts';
import { formatNamed } from '../../src/formats/index.ts';
import { isWritable, type FormatName, type WritableFormat } from '../../src/formats/format.ts';
import type { Loss } from '../../src/formats/loss.ts';
import { applyEdits, type TextEdit } from '../../src/text/edit.ts';

const ONE = '@article{one,\n  title = {First},\n  journal = {A},\n  year = {2001},\n  doi = {10.1/a},\n}';
const TWO = '@article{two,\n  title = {Second},\n  journal = {B},\n  year = {2002},\n}';
const RIS_OF_ONE = 'TY  - JOUR\nTI  - First of All\nPY  - 2001\nDO  - 10.1/a\nER  - \n';

function format(name: FormatName): WritableFormat {
  const found = formatNamed(name);
  assert.ok(isWritable(found));
  return found;
}

type Given = Partial<Pick<ConvertTask, 'sameWorks' | 'output' | 'skip' | 'lossless' | 'into'>> & {
  readonly fileName?: string;
  readonly selection?: { start: number; end: number };
};

interface Converted {
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly losses: readonly Loss[];
  readonly count: number;
}

const recognised = (source: SourceText): RecognisedSource => atOnce(recogniseSource(source));

function convert(text: string, to: FormatName, { fileName, selection, ...given }: Given = {}): Converted {
  const source = recognised({ text, ...(fileName && { fileName }), ...(selection && { selection }) });
  const steps = convertSource({ text, source, to: format(to), sameWorks: 'keep', output: 'text', ...given });
  const parts: string[] = [];
  const edits: TextEdit[] = [];
  const losses: Loss[] = [];
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    parts.push(step.value.part);
    edits.push(...(step.value.edits ?? []));
    losses.push(...step.value.losses);
  }
  return { text: parts.join(''), edits, losses, count: step.value.count };
}

describe('recognising what there is to convert', () => {
  const problems: [name: string, text: string, problem: string][] = [
    ['nothing', '', 'empty'],
    ['white space', ' \n\t', 'empty'],
    ['prose', 'Dear all, see you at eight. E-mail me@example.org', 'no-bibliography'],
    ['an entry without fields', 'use @article{} for this', 'no-bibliography'],
    ['JSON of another kind', '{"name": "colophon"}', 'no-bibliography'],
  ];
  for (const [name, text, problem] of problems) {
    it(`refuses ${name}`, () => {
      assert.deepEqual(recognised({ text }), { kind: 'none', problem });
    });
  }

  const clipboards: [format: FormatName, text: string][] = [
    ['csl-json', '[{"id": "a", "type": "book", "title": "T"}]'],
    ['csl-json', '{"id": "a", "type": "book", "title": "T"}'],
    ['csl-yaml', '- id: a\n  type: book\n  title: T\n'],
    ['csl-yaml', '---\nreferences:\n- {id: a, type: book}\n...\n'],
    ['hayagriva', 'a:\n  type: book\n  title: T\n  author: Roe, Ann\n'],
    ['cff', 'cff-version: 1.2.0\nmessage: Cite it.\ntitle: T\nauthors:\n- name: A\n'],
    [
      'endnote-xml',
      '<?xml version="1.0"?><xml><records><record><ref-type name="Book">6</ref-type><titles><title>T</title></titles></record></records></xml>',
    ],
    [
      'mods',
      '<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods><titleInfo><title>T</title></titleInfo></mods></modsCollection>',
    ],
    ['pubmed', 'PMID- 1\nTI  - T\nFAU - Roe, Ann\nDP  - 2001\n'],
    ['refer', '%0 Book\n%A Roe, Ann\n%T T\n%D 2001\n'],
    ['wos', 'FN Clarivate\nVR 1.0\nPT J\nAU Roe, A\nTI T\nPY 2001\nER\n\nEF\n'],
  ];
  for (const [name, text] of clipboards) {
    it(`knows ${name} in a clipboard and in a file of any name: ${text.slice(0, 20)}`, () => {
      for (const fileName of [undefined, 'export.txt', 'savedrecs.ciw']) {
        const source = recognised({ text, ...(fileName !== undefined && { fileName }) });
        assert.deepEqual(partsOf(source), [{ format: name, count: 1 }], fileName ?? 'clipboard');
      }
    });
  }

  it('finds the records of a page, and that two of them are one work', () => {
    const source = recognised({ text: `Prose.\n\n${ONE}\n\nMore.\n\n${RIS_OF_ONE}` });
    assert.deepEqual(partsOf(source), [
      { format: 'bibtex', count: 1 },
      { format: 'ris', count: 1 },
    ]);
    assert.equal(hasSameWorks(source), true);
  });

  it('counts the entries that the selection touches', () => {
    const text = `${ONE}\n\n${TWO}\n`;
    const count = (start: number, end: number) =>
      partsOf(recognised({ text, fileName: 'a.bib', selection: { start, end } }))[0]?.count;
    assert.equal(count(3, 3), 1);
    assert.equal(count(3, text.length), 2);
    assert.equal(count(ONE.length + 2, ONE.length + 2), 1);
    assert.equal(count(0, ONE.length + 2), 1);
    assert.equal(count(text.length, text.length), undefined);
  });
});

describe('converting for an editor', () => {
  it('converts a whole file with what stands between its entries', () => {
    const converted = convert(`% mine\n${ONE}\n`, 'biblatex', { fileName: 'a.bib' });
    assert.match(converted.text, /^% mine\n@article\{one/);
    assert.equal(converted.count, 1);
  });

  it('edits entries where they stand', () => {
    const text = `% mine\n${ONE}\n% yours\n${TWO}\n`;
    const { edits } = convert(text, 'biblatex', { fileName: 'a.bib', output: 'edits' });
    const edited = applyEdits(text, edits);
    assert.match(
      edited,
      /^% mine\n@article\{one[^]*journaltitle = \{A\}[^]*\n% yours\n@article\{two[^]*journaltitle = \{B\}/,
    );
  });

  it('leaves entries alone that are the same in the other dialect', () => {
    const text = '@misc{x,\n  title = {T},\n}\n';
    assert.deepEqual(convert(text, 'biblatex', { fileName: 'a.bib', output: 'edits' }).edits, []);
  });

  it('converts only what is selected', () => {
    const text = `${ONE}\n\n${TWO}\n`;
    const selection = { start: ONE.length + 5, end: ONE.length + 6 };
    for (const to of ['biblatex', 'ris', 'csl-json'] as const) {
      const converted = convert(text, to, { fileName: 'a.bib', selection });
      assert.equal(converted.count, 1);
      assert.match(converted.text, /Second/);
      assert.doesNotMatch(converted.text, /First/);
    }
  });

  it('merges the records of one work and tells where they differ', () => {
    const text = `${ONE}\n\n${RIS_OF_ONE}`;
    const merged = convert(text, 'biblatex', { sameWorks: 'merge' });
    assert.equal(merged.count, 1);
    assert.match(merged.text, /First of All/);
    const [difference] = merged.losses.filter(loss => loss.reason === 'differs');
    assert.deepEqual([difference?.key, difference?.field, difference?.value], ['one', 'title', 'First']);
    assert.equal(convert(text, 'biblatex', { sameWorks: 'keep' }).count, 2);
  });

  it('keeps an entry of a page as it was written where the format is the same', () => {
    assert.equal(convert(`Prose.\n\n${ONE}\nMore.`, 'bibtex').text, `${ONE}\n`);
  });

  it('writes an array of JSON also for selected items', () => {
    const text = '[{"id":"a","type":"book","title":"A"},{"id":"b","type":"book","title":"B"}]';
    const at = text.indexOf('"B"');
    const converted = convert(text, 'bibtex', { fileName: 'a.json', selection: { start: at, end: at } });
    assert.match(converted.text, /^@book\{b,/);
    const back = convert(converted.text, 'csl-json');
    assert.deepEqual(
      (JSON.parse(back.text) as { id: string }[]).map(item => item.id),
      ['b'],
    );
  });

  it('leaves out what is to be skipped', () => {
    const converted = convert(`${ONE}\n${TWO}\n`, 'ris', { skip: new Set([0]) });
    assert.equal(converted.count, 1);
    assert.match(converted.text, /^TY {2}- JOUR/);
    assert.doesNotMatch(converted.text, /First/);
  });
});

describe('an entry by way of the clipboard', () => {
  const odd = '@Article{Odd:Key,\n  Title   = "The {DNA} of Peers",\n  pubstate = {submitted},\n  year = 2001\n}';
  const named = '@book{named, title = {T}, publisher = press}';
  const library = `% before\n@string{press = "P"}\n${ONE}\n% between\n${odd}\n% behind\n${named}`;
  const selected = (word: string) => {
    const at = library.indexOf(word);
    return { fileName: 'a.bib', selection: { start: at, end: at }, lossless: true };
  };

  for (const to of ['ris', 'csl-json', 'csl-yaml'] as const) {
    it(`comes back from ${to} as it was, without what stands around it`, () => {
      const copied = convert(library, to, selected('pubstate'));
      assert.equal(copied.count, 1);
      const back = convert(copied.text, 'bibtex', { into: '' });
      assert.equal(back.text.trim(), odd);
    });

    it(`comes back from ${to} with the text of its strings, which are elsewhere`, () => {
      const back = convert(convert(library, to, selected('named')).text, 'biblatex', { into: '' });
      assert.match(back.text, /title = \{T\},\s+publisher = \{P\}/);
    });
  }

  it('comes back as a record of RIS', () => {
    const record = 'TY  - JOUR\nT1  - The Title\nAU  - Roe, Ann\nXX  - odd\nPY  - 2001///\nER  - \n';
    const copied = convert(`${record}\n${RIS_OF_ONE}`, 'biblatex', {
      fileName: 'a.ris',
      selection: { start: 3, end: 3 },
    });
    assert.equal(convert(copied.text, 'ris').text.trim(), record.trim());
  });

  it('brings no copy of its record into a document', () => {
    for (const fileName of [undefined, 'a.ris']) {
      const { text } = convert(RIS_OF_ONE, 'biblatex', { into: '', lossless: true, ...(fileName && { fileName }) });
      assert.doesNotMatch(text, /record/);
      assert.match(text, /First of All/);
    }
  });
});

describe('references that a document has already', () => {
  function known(document: string, pasted: string): KnownPlace[] {
    const bibtex = format('bibtex');
    const source = recognised({ text: pasted });
    const references = atOnce(referencesOf({ text: pasted, source, sameWorks: 'keep' }));
    return atOnce(findKnown(references, { text: document, format: bibtex, blocks: bibtex.scan(document) }));
  }

  it('are found by key and as the same work', () => {
    assert.deepEqual(known(ONE, ONE), [{ place: 0, key: 'one', knownAs: 'one' }]);
    assert.deepEqual(known(ONE.replace('one', 'mine'), ONE), [{ place: 0, key: 'one', knownAs: 'mine' }]);
    assert.deepEqual(known(ONE, `${TWO}\n\n@misc{one,\n  year = {2001},\n}`), [
      { place: 1, key: 'one', knownAs: 'one' },
    ]);
    assert.deepEqual(known(TWO, ONE), []);
  });

  it('are not those that have the key of another work', () => {
    assert.deepEqual(known(TWO.replace('two', 'one'), ONE), []);
  });
});

describe('single BibTeX entries bring along', () => {
  const library = `@string{acm = "ACM"}
@string{press = acm # { Press}}
@string{other = {Other}}
@comment{kept out}
@inbook{part, title = {Part}, crossref = {whole}, month = jan}
@book{whole, title = {Whole}, publisher = press, crossref = {series}}
@book{series, title = {Series}}
@book{alone, title = {Alone}, publisher = "The " # acm}`;
  const entry = (key: string): { start: number; end: number } => {
    const start = library.indexOf(`{${key},`);
    return { start, end: start + 1 };
  };
  const copied = (key: string, into = ''): string =>
    convert(library, 'biblatex', { fileName: 'a.bib', selection: entry(key), into }).text;

  it('the strings that they name, with all that these name', () => {
    assert.equal(copied('alone'), '@string{acm = {ACM}}\n\n@book{alone, title = {Alone}, publisher = "The " # acm}\n');
  });

  it('the entries that they inherit from, and what these need', () => {
    const text = copied('part');
    assert.deepEqual(text.match(/(?<=^@)\w+\{\w+/gmu), ['string{press', 'inbook{part', 'book{whole', 'book{series']);
    assert.ok(text.startsWith('@string{press = {ACM Press}}\n'));
  });

  it('nothing that the document has already', () => {
    assert.equal(
      copied('part', '@string{PRESS = {ACM Press}}\n@book{Whole, title = {W}}'),
      '@inbook{part, title = {Part}, crossref = {whole}, month = jan}\n',
    );
  });

  it('the text of a string that means something else there', () => {
    assert.equal(
      copied('alone', '@string{acm = {Another}}'),
      '@book{alone, title = {Alone}, publisher = "The " # {ACM}}\n',
    );
  });

  it('nothing into other formats, where all is said', () => {
    const { text } = convert(library, 'ris', { fileName: 'a.bib', selection: entry('alone') });
    assert.match(text, /^PB {2}- The ACM$/mu);
    assert.doesNotMatch(text, /string/u);
  });

  it('strings of a page', () => {
    const { text } = convert('@string{x = {X}}\nProse\n@book{k, title = {T}, publisher = x}', 'bibtex');
    assert.match(text, /^@string\{x = \{X\}\}\n/u);
  });

  it('the alignment of their equals signs', () => {
    const aligned = '@article{k,\n  title   = {T},\n  journal = {J},\n  year    = {2001},\n}\n';
    const { text } = convert(aligned, 'biblatex', { fileName: 'a.bib', selection: { start: 0, end: 1 } });
    assert.equal(text, '@article{k,\n  title   = {T},\n  journaltitle = {J},\n  date    = {2001},\n}\n');
    const back = '@article{k,\n  title        = {T},\n  journaltitle = {J},\n}\n';
    assert.equal(
      convert(back, 'bibtex', { fileName: 'a.bib', selection: { start: 0, end: 1 } }).text,
      '@article{k,\n  title        = {T},\n  journal      = {J},\n}\n',
    );
  });
});
