import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeTex, encodeTex, plainTex } from '../../src/syntax/tex.ts';
import { lines } from './generators.ts';

const WORDS = [
  'a',
  'B',
  'ü',
  'ı',
  'Ω',
  '😀',
  '5',
  ' ',
  '  ',
  '\n',
  '\u00a0',
  '\u2009',
  'e\u0301',
  '`',
  "'",
  '"',
  '-',
  '?',
  '!',
  '<',
  '>',
  '%',
  '#',
];
const TEX = [
  ...WORDS,
  ..."{ } { } $ $ \\ ~ ^ _ & ^^41 -- --- `` ''".split(' '),
  ...String.raw`\" \' \c \v{ \i \ss{} \alpha \Omega{} \textalpha \AA {\"U} {DNA} \emph{ \textbf{ \textsuperscript{ {\it \sc \textsc{`.split(
    ' ',
  ),
  ...String.raw`\enquote{ \url{ \href{x}{ \noopsort{ \unknown \Unknown \ce{H2O} \char"41 \( \) \ensuremath{ \sqrt \frac{ \MakeUppercase{`.split(
    ' ',
  ),
  ...String.raw`^{ _2 \mathrm{ \bar \{ \} \$ \& \textbackslash{} \, \- \ifmmode \else \fi \verb| | \foo`.split(' '),
];
const MARKUP = [
  '<i>',
  '</i>',
  '<b>',
  '</b>',
  '<sup>',
  '</sup>',
  '<span class="nocase">',
  '</span>',
  '<sc>',
  '</sc>',
  '<span>',
];

const runs = { seed: 7, numRuns: 1500 };

/** Braces as BibTeX counts them: a backslash before one makes no difference. */
function isBalanced(tex: string): boolean {
  let depth = 0;
  for (const char of tex) {
    depth += char === '{' ? 1 : char === '}' ? -1 : 0;
    if (depth < 0) return false;
  }
  return depth === 0;
}

describe('syntax/tex: laws', () => {
  it('what was read is written so that it reads the same', () => {
    fc.assert(
      fc.property(lines(TEX), tex => {
        const text = decodeTex(tex);
        assert.equal(decodeTex(encodeTex(text)), text);
      }),
      runs,
    );
  });

  it('in ASCII too, but for letters and accents apart', () => {
    fc.assert(
      fc.property(lines(TEX), tex => {
        const text = decodeTex(tex).normalize('NFC');
        assert.equal(decodeTex(encodeTex(text, { ascii: true })).normalize('NFC'), text);
      }),
      runs,
    );
  });

  it('any Unicode text without markup is written so that it reads the same, spaces folded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), characters => {
        const text = characters.replace(/[<$]/gu, '');
        const folded = text.replace(/[ \t-\r]+/gu, ' ').replace(/^ | $/gu, '');
        assert.equal(decodeTex(encodeTex(text)), folded);
      }),
      runs,
    );
  });

  it('whatever is written has its braces in pairs', () => {
    fc.assert(
      fc.property(lines([...TEX, ...MARKUP]), fc.boolean(), (text, ascii) => {
        assert.ok(isBalanced(encodeTex(text, { ascii })));
      }),
      runs,
    );
  });

  it('any text is read, and folded', () => {
    fc.assert(
      fc.property(fc.oneof(lines(TEX), fc.string({ unit: 'binary' })), tex => {
        for (const text of [decodeTex(tex), plainTex(tex)]) assert.doesNotMatch(text, /^ | $| {2}|[\t-\r]/u);
      }),
      runs,
    );
  });
});

/** Anything but linear time would make these tests run for hours. */
describe('syntax/tex: hostile values', () => {
  const size = 1 << 16;
  const pieces = [
    ...TEX,
    ...[
      '{',
      '}',
      '\\',
      "\\'",
      '\\emph{',
      '\\it ',
      '{\\bf a',
      '$',
      '${',
      '$a',
      '^',
      '$x^',
      '$x^\\sp',
      '\\(',
      '\\({',
      '\\ensuremath{',
      '\\ensuremath{$',
    ],
    ...[
      '\\url{',
      '\\href{',
      '\\verb|',
      '\\ifmmode',
      '\\ce{',
      '\\ce{_{',
      '\\char',
      '\\kern',
      '\\unknown',
      '\\unknown[',
      '`',
      "`a'",
      '\\enquote{',
      '<i>',
      '<',
      '</i>',
    ],
  ];
  it('take their length in time', () => {
    for (const piece of pieces) {
      const text = piece.repeat(size / piece.length);
      const encoded = encodeTex(text);
      assert.ok(isBalanced(encoded), piece);
      assert.ok(typeof decodeTex(text) === 'string' && typeof plainTex(`{${text}}`) === 'string', piece);
      assert.ok(isBalanced(encodeTex(text, { ascii: true })), piece);
    }
  });

  it('nest as deep as they like', () => {
    const deep = 200_000;
    assert.equal(decodeTex(`${'{'.repeat(deep)}A${'}'.repeat(deep)} b`), '<span class="nocase">A</span> b');
    assert.equal(plainTex(`${'\\emph{'.repeat(deep)}A${'}'.repeat(deep)}`), 'A');
    assert.equal(decodeTex(`$${'{'.repeat(deep)}A${'}'.repeat(deep)}$`), 'A');
    assert.equal(
      decodeTex(`${"\\'{".repeat(deep)}a`)
        .normalize('NFC')
        .startsWith('á'),
      true,
    );
  });

  it('may be 5 MB long', () => {
    const text = 'Some {DNA} of M{\\"u}ller \\emph{and} $x^2$, \\LaTeX{} '.repeat(100_000);
    assert.ok(decodeTex(text).length > 5_000_000);
  });
});
