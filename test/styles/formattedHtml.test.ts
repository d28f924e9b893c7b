import assert from 'node:assert/strict';
import { readFormattedHtml } from '../../src/styles/formattedHtml.ts';

const entry = (inside: string): string =>
  `<div class="csl-bib-body">\n  <div data-csl-entry-id="x" class="csl-entry">${inside}</div>\n</div>`;

describe('reading the HTML of citeproc', () => {
  const cases: [string, string, ReturnType<typeof readFormattedHtml>][] = [
    ['plain text between layout', 'Müller (2015).', [{ text: 'Müller (2015).' }]],
    ['italics', 'A. <i>B</i>, 1', [{ text: 'A. ' }, { text: 'B', italic: true }, { text: ', 1' }]],
    [
      'nested formats',
      '<b>a<i>b</i></b>',
      [
        { text: 'a', bold: true },
        { text: 'b', bold: true, italic: true },
      ],
    ],
    [
      'raised and lowered',
      'H<sub>2</sub>O<sup>+</sup>',
      [{ text: 'H' }, { text: '2', position: 'sub' }, { text: 'O' }, { text: '+', position: 'super' }],
    ],
    ['small capitals', '<span style="font-variant:small-caps;">x</span>', [{ text: 'x', smallCaps: true }]],
    ['a protected stretch', '<span class="nocase">DNA</span>', [{ text: 'DNA' }]],
    [
      'columns of a numbered style',
      '<div class="csl-left-margin">1. </div><div class="csl-right-inline">A</div>',
      [{ text: '1. ' }, { text: 'A' }],
    ],
    ['character references', 'a &#38; b &#60;script&#62; &amp; &nbsp;', [{ text: 'a & b <script> &' }]],
    ['an unknown tag is text', '<script>alert(1)</script>', [{ text: '<script>alert(1)</script>' }]],
    ['a closing tag too many', 'a</i></i></div></div></div> b', [{ text: 'a' }, { text: ' b' }]],
    ['a character reference outside Unicode', '&#1114112;', [{ text: '&#1114112;' }]],
  ];
  for (const [name, html, runs] of cases) {
    it(name, () => {
      assert.deepEqual(readFormattedHtml(entry(html)), runs);
    });
  }
});
