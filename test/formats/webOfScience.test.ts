import assert from 'node:assert/strict';
import { convert } from '../../src/formats/convert.ts';
import { webOfScience } from '../../src/formats/webOfScience.ts';
import { formatEdtf } from '../../src/model/date.ts';
import { valueText } from '../../src/model/describe.ts';
import { sortedName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';

const read = (text: string): Reference => webOfScience.read(text, webOfScience.scan(text), 0);

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
  ['an article', 'PT J|DT Article|SO NATURE', '@article|journaltitle=NATURE|wos-dt=-'],
  ['another kind of article', 'PT J|DT Review', '@article|wos-dt=Review'],
  ['a book', 'PT B|TI A|SO A', '@book|title=A|wos-so=-'],
  ['a book with editors only', 'PT B|BE Roe, A|SO A', '@collection|title=A|editor=Roe, A'],
  ['a chapter', 'PT B|TI A|SO B|DT Article; Book Chapter', '@incollection|booktitle=B|wos-dt=Article; Book Chapter'],
  ['a paper', 'PT S|TI A|SO B|SE Lectures|DT Proceedings Paper', '@inproceedings|booktitle=B|series=Lectures|wos-dt=-'],
  ['a paper of older exports', 'PT C|TI A|SO B', '@inproceedings'],
  ['a paper in a journal', 'PT J|SO J|CT Conf|DT Article; Proceedings Paper', '@article|eventtitle=Conf'],
  ['a patent', 'PT P|TI A', '@patent'],
  // People
  ['names in full', 'PT J|AU Roe, A|   Doe, B|AF Roe, Ann|   Doe, Bo', 'author=Roe, Ann; Doe, Bo|wos-au=-'],
  ['short names alone', 'PT J|AU Roe, A|   Doe, B', 'author=Roe, A; Doe, B'],
  ['names that differ', 'PT J|AU Poe, A|AF Roe, Ann', 'author=Roe, Ann|wos-au=Poe, A'],
  ['a group', 'PT J|AU Roe, A|CA WHO, Geneva', 'author=Roe, A; WHO, Geneva'],
  ['editors and authors of a book', 'PT B|TI A|SO B|BA Roe, A|BE Doe, B', 'bookauthor=Roe, A|editor=Doe, B'],
  // Dates
  ['month', 'PT J|PD NOV|PY 2015', 'date=2015-11'],
  ['day', 'PT J|PD NOV 2|PY 2015', 'date=2015-11-02'],
  ['months', 'PT J|PD NOV-DEC|PY 2015', 'date=2015-11/2015-12'],
  ['season', 'PT J|PD SPR|PY 2015', 'date=2015-21'],
  ['year', 'PT J|PY 2015', 'date=2015'],
  ['early access', 'PT J|EA NOV 2019', 'available-date=2019-11'],
  ['conference', 'PT C|CY JUL 10-12, 2013|CL Paris', 'eventdate=2013-07-10/2013-07-12|venue=Paris'],
  // Numbers
  ['pages', 'PT J|BP 682|EP 694|PG 13', 'pages=682–694|pagetotal=13'],
  ['number of an article', 'PT J|AR e15', 'eid=e15'],
  ['standard numbers', 'PT B|SN 0302-9743|EI 1611-3349|BN 978-3-1', 'issn=0302-9743 1611-3349|wos-bn=978-3-1'],
  ['volume, issue, part', 'PT J|VL 42|IS 6|PN 2|SU 1', 'volume=42|number=6|part=2|supplement=1'],
  ['DOI and its address', 'PT J|DI 10.1000/x|DL http://dx.doi.org/10.1000/x', 'doi=10.1000/x|wos-dl=-'],
  ['address of the DOI alone', 'PT J|DL http://dx.doi.org/10.1000/x', 'doi=10.1000/x'],
  ['PMID', 'PT J|PM 12', 'eprint=12|eprinttype=pubmed'],
  // Text
  ['text over several lines', 'PT J|TI One|   two|AB Three|   four', 'title=One two|abstract=Three four'],
  ['keywords of author and index', 'PT J|DE a; b, c|ID D', 'keywords=a; b, c; D'],
  ['language', 'PT J|LA English', 'langid=english'],
  ['addresses', 'PT J|C1 [Roe] A|   [Doe] B', 'affiliation=[Roe] A; [Doe] B'],
  ['cited references', 'PT J|CR A, 2001, J|   B, 2002, J', 'references=A, 2001, J; B, 2002, J'],
  ['publisher', 'PT J|PU SPRINGER|PI NEW YORK|PA 233 ST', 'publisher=SPRINGER|location=NEW YORK|wos-pa=233 ST'],
  ['short journals', 'PT J|J9 J PEERS|JI J. Peers', 'shortjournal=J. Peers|wos-j9=J PEERS'],
  ['tags without a field', 'PT J|UT WOS:1|TC 5|WC Health', 'wos-ut=WOS:1|wos-tc=5|wos-wc=Health'],
  ['tags that nobody knows', 'PT J|TI A|XX odd', 'wos-xx=odd'],
];

describe('formats/webOfScience reads', () => {
  for (const [rule, lines, expected] of readings) {
    it(rule, () => {
      const { type, fields } = read(
        `${lines.replaceAll('|', '\n')}\nUT WOS:1\nER\n`.replace(/(UT .*\n[^]*)UT WOS:1\n/, '$1'),
      );
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

  it('records between the lines of the file', () => {
    const text = '\uFEFFFN Clarivate\nVR 1.0\nPT J\nTI A\nER\n\nPT J\nTI B\nER\n\nEF';
    const blocks = webOfScience.scan(text);
    assert.deepEqual(
      Array.from({ length: blocks.entryCount }, (_, i) => blocks.key(i)),
      ['a', 'b'],
    );
    assert.ok(webOfScience.recognise(text) > 0);
  });

  it('nothing in prose', () => {
    assert.equal(webOfScience.scan('US forces and\nTV shows\nER visits\nAU Thor').entryCount, 0);
  });

  it('and is not written', () => {
    assert.equal(convert('@book{a, title = {A}}', { to: 'wos' }).problem, 'read-only-format');
  });
});
