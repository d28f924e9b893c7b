import assert from 'node:assert/strict';
import { refer } from '../../src/formats/refer.ts';
import { formatEdtf } from '../../src/model/date.ts';
import { valueText } from '../../src/model/describe.ts';
import { sortedName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';

const read = (text: string): Reference => refer.read(text, refer.scan(text), 0);

const write = (reference: Reference, lossless = false) => refer.write([reference], { lossless });

/** A value in a short notation: names with the family first, lists with "; ", dates as EDTF. */
function short(value: Value | undefined): string | undefined {
  if (value?.kind === 'names') {
    return [...value.names.map(sortedName), ...(value.others ? ['et al.'] : [])].join('; ');
  }
  if (value?.kind === 'date') {
    return value.date.literal ?? formatEdtf(value.date);
  }
  return value === undefined ? undefined : value.kind === 'text' ? value.text : valueText(value);
}

/** Lines of a record and what is expected of its type and fields, parted by "|"; "-" stands for a field that must be missing. */
const readings: readonly [rule: string, lines: string, expected: string][] = [
  // Types
  ['an article', '%0 Journal Article|%T A', '@article'],
  ['a type in another case', '%0 JOURNAL ARTICLE|%T A', '@article'],
  ['a chapter', '%0 Book Section|%A Roe, Ann|%B Host', '@inbook|booktitle=Host'],
  ['a collection', '%0 Edited Book|%E Roe, Ann', '@collection|editor=Roe, Ann'],
  ['a paper', '%0 Conference Paper|%B Proc', '@inproceedings|booktitle=Proc'],
  ['the proceedings', '%0 Conference Proceedings|%T Proc', '@proceedings'],
  ['a thesis', '%0 Thesis|%I MIT|%9 PhD thesis', '@thesis|institution=MIT|type=phdthesis'],
  ['a report', '%0 Report|%N TR-3|%I Lab', '@report|number=TR-3|institution=Lab'],
  ['a site', '%0 Web Page|%U http://a.org|%[ 2020/02/03', '@online|url=http://a.org|urldate=2020-02-03'],
  ['a type that nobody knows', '%0 Scroll|%T A', '@misc|entrysubtype=Scroll'],
  ['no type, a journal', '%A Roe, Ann|%T A|%J J', '@article|journaltitle=J'],
  ['no type, a host', '%A Roe, Ann|%T A|%B B', '@inbook|booktitle=B'],
  ['no type, a publisher', '%A Roe, Ann|%T A|%I P', '@book|publisher=P'],
  // Titles
  ['journal in %J', '%0 Journal Article|%J Nature', 'journaltitle=Nature'],
  ['journal in %B', '%0 Journal Article|%B Nature', 'journaltitle=Nature'],
  ['both', '%0 Journal Article|%J Nature|%B Other', 'journaltitle=Nature|refer-b=Other'],
  ['short journal', '%0 Journal Article|%J Journal of Physics|%O J. Phys.', 'shortjournal=J. Phys.'],
  ['series of a book', '%0 Book|%B Lectures', 'series=Lectures'],
  ['series of a chapter', '%0 Book Section|%B Host|%S Lectures', 'series=Lectures'],
  ['short title', '%0 Book|%T A|%! B', 'shorttitle=B'],
  ['translated title', '%0 Book|%Q Der Titel', 'translatedtitle=Der Titel'],
  // People
  ['authors', '%0 Book|%A van der Berg, Hans, Jr.|%A WHO', 'author=van der Berg, Hans, Jr.; WHO'],
  ['the editor of a book', '%0 Book|%A Doe, J.|%E Roe, Ann', 'editor=Roe, Ann|collection-editor=-'],
  ['the editors of book and series', '%0 Book|%E Doe, J.|%Y Roe, Ann', 'editor=Roe, Ann|collection-editor=Doe, J.'],
  ['editors of a chapter', '%0 Book Section|%E Doe, J.|%Y Roe, Ann', 'editor=Doe, J.|collection-editor=Roe, Ann'],
  ['names one a line', '%0 Book|%E Doe, J.|Roe, Ann', 'editor=Doe, J.; Roe, Ann'],
  ['translator', '%0 Book|%? Roe, Ann', 'translator=Roe, Ann'],
  // Dates and numbers
  ['year and date', '%0 Journal Article|%D 2015|%8 November 2', 'date=2015-11-02'],
  ['date in full', '%0 Journal Article|%D 2015|%8 2015/11/02/', 'date=2015-11-02'],
  ['a date of another year', '%0 Journal Article|%D 2015|%8 2014/10/21', 'date=2015|ris-da=2014/10/21'],
  ['pages', '%0 Journal Article|%P 682-94', 'pages=682–694'],
  ['number of pages', '%0 Book|%P 350', 'pagetotal=350|pages=-'],
  ['issue', '%0 Journal Article|%V 42|%N 6', 'volume=42|number=6'],
  ['volumes and edition', '%0 Book|%6 3|%7 2nd', 'volumes=3|edition=2nd'],
  ['standard numbers', '%0 Book|%@ 0302-9743|978-3-16-148410-0', 'issn=0302-9743|isbn=978-3-16-148410-0'],
  ['DOI as address', '%0 Book|%R https://doi.org/10.1000/AbC', 'doi=10.1000/AbC'],
  ['accession number', '%0 Book|%M 123|%~ Embase', 'eprint=123|eprinttype=Embase'],
  ['provider', '%0 Book|%W Ovid', 'source=Ovid'],
  ['call number', '%0 Book|%L QA 1', 'library=QA 1'],
  ['address of a file', '%0 Book|%> internal-pdf://1/a.pdf', 'file=internal-pdf://1/a.pdf'],
  // Text
  ['abstract on several lines', '%0 Book|%X one|two', 'abstract=one two'],
  ['keywords one a line', '%0 Book|%K a, b|c', 'keywords=a, b; c'],
  ['notes', '%0 Book|%Z one|%Z two', 'note=one\n\ntwo'],
  ['research notes', '%0 Book|%< mine', 'annotation=mine'],
  ['language', '%0 Book|%G eng', 'langid=english'],
  ['address of the authors', '%0 Book|%+ Univ', 'affiliation=Univ'],
  ['caption, section, reviewed item', '%0 Book|%^ C|%& 3|%* R', 'caption=C|chapter=3|reviewed-title=R'],
  ['original publication, reprint', '%0 Book|%( O|%) R', 'origtitle=O|reprintstatus=R'],
  ['a label that is no key', '%0 Book|%F my label', 'label=my label'],
  ['custom fields', '%0 Book|%1 a|%# b|%] c', 'ris-c1=a|ris-c5=b|ris-c7=c'],
  ['tags that nobody knows', '%0 Book|%= 2020|%= 2021|%a b', 'refer-x3d=2020|refer-x3d-2=2021|refer-x61=b'],
];

describe('formats/refer reads', () => {
  for (const [rule, lines, expected] of readings) {
    it(rule, () => {
      const { type, fields } = read(`${lines.replaceAll('|', '\n')}\n%T t\n`.replace(/(%T .*\n[^]*)%T t\n$/, '$1'));
      for (const part of expected.split('|')) {
        if (part.startsWith('@')) {
          assert.equal(`@${type}`, part);
        } else {
          const at = part.indexOf('=');
          const value = part.slice(at + 1);
          assert.equal(short(fields.get(part.slice(0, at))), value === '-' ? undefined : value, part);
        }
      }
    });
  }

  it('keys from the label, or from author, year and title', () => {
    const text = '%0 Book\n%F own:1\n%T A\n\n%0 Book\n%A Roe, Ann\n%D 2015\n%T The peers\n';
    const blocks = refer.scan(text);
    assert.deepEqual([blocks.key(0), blocks.key(1)], ['own:1', 'roe2015peers']);
    const { start, end } = blocks.keySpan(0);
    assert.equal(text.slice(start, end), 'own:1');
  });
});

describe('formats/refer writes', () => {
  const text = (value: string): Value => ({ kind: 'text', text: value });
  const names = (...list: string[]): Value => ({
    kind: 'names',
    names: list.map(name => ({ family: name, given: 'A' })),
    others: false,
  });
  const reference = (type: string, fields: Readonly<Record<string, Value>>): Reference => ({
    key: 'k',
    type,
    fields: new Map(Object.entries(fields)),
    source: { format: 'test', type: '', fields: [] },
  });

  it('a book with both kinds of editors', () => {
    const { text: written, losses } = write(
      reference('book', {
        author: names('Poe'),
        title: text('T'),
        subtitle: text('S'),
        editor: names('Roe'),
        'collection-editor': names('Doe'),
        pages: text('3–9'),
        date: { kind: 'date', date: { start: { year: 2015, month: 11 } } },
      }),
    );
    assert.equal(written, '%0 Book\n%F k\n%A Poe, A\n%T T: S\n%E Doe, A\n%Y Roe, A\n%D 2015\n%8 2015/11//\n%P 3-9\n');
    assert.deepEqual(losses, []);
  });

  it('reports what has no place', () => {
    const { losses } = write(
      reference('book', {
        title: text('T'),
        'collection-editor': names('Doe'),
        usera: text('mine'),
        label: text('L1'),
        langidopts: text('x=y'),
      }),
    );
    assert.deepEqual(losses.map(({ field, reason }) => [field, reason]).sort(), [
      ['collection-editor', 'no-slot'],
      ['label', 'no-slot'],
      ['langidopts', 'no-slot'],
      // Read again it is a collection, since its only name is that of an editor.
      ['type', 'type'],
      ['usera', 'no-slot'],
    ]);
  });

  it('carries it in notes where that is asked for', () => {
    const before = reference('customa', {
      title: text('T <i>x</i>'),
      subtitle: text('S'),
      'collection-editor': names('Doe'),
      usera: text('mine'),
      label: text('L1'),
      note: text('one\n\ntwo'),
      abstract: text('two\nlines'),
    });
    const { text: written, losses } = write(before, true);
    assert.deepEqual(losses, []);
    const after = read(written);
    assert.equal(after.type, 'customa');
    assert.equal(after.key, 'k');
    assert.deepEqual(Object.fromEntries(after.fields), Object.fromEntries(before.fields));
  });

  const source = '%0 Journal Article\n%A Roe, Ann\n%D 2015\n%T Old\n%J J\n%V 42\n%P 682-94\n%X one\n\ntwo\n%= 2020\n';

  it('a record that did not change byte for byte', () => {
    assert.equal(write(read(source)).text, source);
    assert.equal(write({ ...read(source), key: 'roe2015old' }).text, source);
    assert.equal(write({ ...read(source), key: 'other' }).text, source.replace('\n', '\n%F other\n'));
  });

  it('only the lines of what changed', () => {
    const before = read(source);
    const fields = new Map(before.fields).set('volume', text('43'));
    fields.delete('abstract');
    assert.equal(write({ ...before, fields }).text, source.replace('%V 42', '%V 43').replace('%X one\n\ntwo\n', ''));
  });
});
