import assert from 'node:assert/strict';
import fc from 'fast-check';
import { medlineFamily } from '../../src/syntax/medline.ts';
import { parseRecordLines, scanRecords, type TagFamily } from '../../src/syntax/recordLines.ts';
import { referFamily } from '../../src/syntax/refer.ts';
import { webOfScienceFamily } from '../../src/syntax/webOfScience.ts';
import { slice } from '../../src/text/span.ts';

/** Records parted by " || ", their lines as `tag=value` parted by " | ". */
const picture = (text: string, family: TagFamily): string =>
  scanRecords(text, family)
    .map(span => {
      const record = slice(text, span);
      return parseRecordLines(text, span, family)
        .lines.map(line => `${slice(record, line.tag)}=${slice(record, line.value).replace(/\s+/g, ' ')}`)
        .join(' | ');
    })
    .join(' || ');

const cases: readonly [rule: string, family: TagFamily, text: string, expected: string][] = [
  ['tags are padded to four', medlineFamily, 'PMID- 1\nTI  - A\nFAU - B\n', 'PMID=1 | TI=A | FAU=B'],
  ['values go on in indented lines', medlineFamily, 'TI  - A\n      B - C\n', 'TI=A B - C'],
  ['an empty line ends a record', medlineFamily, 'PMID- 1\nTI  - A\n\nTI  - B\n', 'PMID=1 | TI=A || TI=B'],
  ['a PMID begins a record', medlineFamily, 'PMID- 1\nTI  - A\nPMID- 2\n', 'PMID=1 | TI=A || PMID=2'],
  ['prose is in no record', medlineFamily, 'Dear all,\n\nPMID- 1\nTI  - A\n\nKind regards', 'PMID=1 | TI=A'],
  [
    'a line of prose with a hyphen',
    medlineFamily,
    'PMID- 1\nAB  - x\n      EU - Africa\n',
    'PMID=1 | AB=x EU - Africa',
  ],
  ['other line ends and a byte order mark', medlineFamily, '\uFEFFPMID- 1\r\nTI  - A\r      b\r\n', 'PMID=1 | TI=A b'],
  ['an empty value', medlineFamily, 'PMID- 1\nTI  -\nAU  - B', 'PMID=1 | TI= | AU=B'],
  ['one character is the tag', referFamily, '%0 Book\n%A B\n%] C\n%@ D', '0=Book | A=B | ]=C | @=D'],
  ['values go on in lines without a tag', referFamily, '%0 Book\n%K a\nb\n', '0=Book | K=a b'],
  ['%0 begins a record', referFamily, '%0 Book\n%T a\n%0 Book\n%T b', '0=Book | T=a || 0=Book | T=b'],
  ['records without a type', referFamily, '%A a\n%T b\n\n%T c\n%A d\n', 'A=a | T=b || T=c | A=d'],
  ['an empty line inside', referFamily, '%0 Book\n%X a\n\nb\n\n%T c\n', '0=Book | X=a b | T=c'],
  ['paragraphs at the end', referFamily, '%0 Book\n%T a\n%X b\n\nc\n\n%0 Book\n', '0=Book | T=a | X=b c || 0=Book'],
  ['prose behind a record on a page', referFamily, 'See\n\n%0 Book\n%X b\n\nThat was it.', '0=Book | X=b'],
  [
    'a lost type costs no neighbour',
    referFamily,
    '%0 Book\n%A a\n%T b\n\n%A c\n%T d\n',
    '0=Book | A=a | T=b || A=c | T=d',
  ],
  ['comments of TeX', referFamily, '%0 Book\n%% not this\n%T a', '0=Book %% not this | T=a'],
  ['ER ends a record', webOfScienceFamily, 'FN X\nVR 1.0\nPT J\nTI a\n   b\nER\n\nEF', 'PT=J | TI=a b | ER='],
  ['a missing ER', webOfScienceFamily, 'PT J\nTI a\nPT J\nTI b\nER\n', 'PT=J | TI=a || PT=J | TI=b | ER='],
  ['a missing PT', webOfScienceFamily, 'PT J\nTI a\nER\n\nTI b\nER\nEF', 'PT=J | TI=a | ER= || TI=b | ER='],
  ['empty lines in a record', webOfScienceFamily, 'PT J\n\nTI a\n\n   b\nER', 'PT=J | TI=a b | ER='],
];

describe('records of tagged lines', () => {
  for (const [rule, family, text, expected] of cases) {
    it(rule, () => {
      assert.equal(picture(text, family), expected);
    });
  }

  const pieces = [
    'PMID- 1\n',
    'TI  - A\n',
    'FAU -',
    '      more\r\n',
    '%0 Book\n',
    '%T t\r',
    '%A',
    '%%',
    'PT J\n',
    'AU x\n',
    'ER\n',
    'EF',
    'FN x\n',
    '   y\n',
    '\n',
    '\r\n',
    ' ',
    '\uFEFF',
    'prose\n',
    '\0',
    '-',
  ];
  const anyText = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map(parts => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );

  for (const [name, family] of Object.entries({ medlineFamily, referFamily, webOfScienceFamily })) {
    it(`${name}: records follow each other, and their tokens joined are the record`, () => {
      fc.assert(
        fc.property(anyText, text => {
          let last = 0;
          for (const span of scanRecords(text, family)) {
            assert.ok(last <= span.start && span.start < span.end && span.end <= text.length);
            last = span.end;
            const record = slice(text, span);
            const { tokens, lines } = parseRecordLines(text, span, family);
            assert.equal(tokens.map(token => slice(record, token)).join(''), record);
            assert.ok(lines.length > 0);
            let place = 0;
            for (const { tag, value } of lines) {
              assert.ok(place <= tag.start && tag.end <= value.start && value.start <= value.end);
              place = value.end;
            }
          }
        }),
        { seed: 1, numRuns: 1500 },
      );
    });
  }
});
