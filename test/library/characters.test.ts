import assert from 'node:assert/strict';
import fc from 'fast-check';
import { among, Characters, yearAt } from '../../src/library/characters.ts';
import { letterOf } from '../../src/library/searchWords.ts';
import { plainTex } from '../../src/syntax/tex.ts';
import { fold } from '../../src/text/fold.ts';
import { searchedWords } from '../support/searchedEntry.ts';

const textOf = ({ letters, length }: Characters): string => String.fromCharCode(...letters.subarray(0, length));

const lettersOf = (folded: string): string =>
  String.fromCharCode(...Array.from({ length: folded.length }, (_, at) => letterOf(folded.charCodeAt(at))));

const wordsOf = ({ letters, length }: Characters): string[] => searchedWords(letters, 0, length);

describe('characters that search reads', () => {
  it('tell what search cannot read over', () => {
    const characters = new Characters();
    const bits = (text: string): number => characters.load(text);
    assert.deepEqual(['plain {text}', 'M{\\"u}ller', '$x$', 'x^^y', 'a # b', 'λ\\', 'Ελλάς # 1'].map(bits), [
      0,
      among.tex,
      among.tex,
      among.tex,
      among.hash,
      among.tex,
      among.hash,
    ]);
  });

  it('are those of a stretch', () => {
    const characters = new Characters();
    characters.load('one two three', 4, 7);
    assert.equal(textOf(characters), 'two');
    characters.load('ﬁrst ½ λόγος', 2, 12);
    assert.equal(textOf(characters), lettersOf(fold('st ½ λόγος'.slice(0, 9) + 'ς')));
  });

  it('law: they are the letters of the folded text', () => {
    const characters = new Characters();
    const unit = fc.oneof(
      fc.integer({ min: 0, max: 0x36f }).map(code => String.fromCharCode(code)),
      fc.integer({ min: 0x1e00, max: 0x206f }).map(code => String.fromCharCode(code)),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 12 }), parts => {
        const text = parts.join('');
        characters.load(text);
        assert.equal(textOf(characters), lettersOf(fold(text)));
      }),
      { seed: 4, numRuns: 2000 },
    );
  });

  const simple: readonly (readonly [tex: string, words: string[]])[] = [
    ['M{\\"u}ller, J\\"org', ['muller', 'jorg']],
    ["Garc{\\'\\i}a M\\'arquez", ['garcia', 'marquez']],
    ['\\v{S}imek \\c{C}elik \\u{g}', ['simek', 'celik', 'g']],
    ['{\\AA}ngstr{\\"{o}}m Gau{\\ss} \\O{}re', ['angstrom', 'gauss', 'ore']],
    ['R\\&D of Peer\\_Support, hyphen\\-ated', ['r', 'd', 'of', 'peer', 'support', 'hyphenated']],
  ];
  for (const [tex, words] of simple)
    it(`are read of ${tex} at once`, () => {
      const characters = new Characters();
      assert.equal(characters.loadTex(tex), true);
      assert.deepEqual(wordsOf(characters), words);
    });

  it('are not read at once where TeX says more', () => {
    const characters = new Characters();
    for (const tex of [
      '$x$',
      '\\emph{x}',
      '\\"{}',
      '\\v x',
      '\\o x',
      "\\'1",
      '\\',
      '\\{',
      'x^^y',
      '\\TeX',
      '\\"\\imath',
      '\\\\',
    ])
      assert.equal(characters.loadTex(tex), false, tex);
  });

  it('law: the words of TeX read at once are those of its text', () => {
    const characters = new Characters();
    const unit = fc.oneof(
      fc.constantFrom(
        ...String.raw`\" \' \^ \. \v \c \u{ \H{ \i \j \ss \o \O \ae \AA \& \_ \# \- \/ \, \TeX`.split(' '),
      ),
      fc.constantFrom(
        'a',
        'O',
        'i',
        'and',
        '7',
        ' ',
        '\n',
        '{',
        '}',
        '{',
        '}',
        '~',
        '-',
        "'",
        '`',
        ',',
        'é',
        '’',
        'ß',
        'σ',
        '\u0308',
        '＼',
      ),
    );
    let atOnce = 0;
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 8 }), parts => {
        const tex = parts.join('');
        if (!characters.loadTex(tex)) return;
        atOnce++;
        const words = wordsOf(characters);
        characters.load(plainTex(tex));
        assert.deepEqual(words, wordsOf(characters), tex);
      }),
      { seed: 5, numRuns: 5000 },
    );
    assert.ok(atOnce > 500, String(atOnce));
  });

  const years: readonly (readonly [text: string, year: string | undefined])[] = [
    ['c. 1650--1655', '1650'],
    ['2015-11-05', '2015'],
    ['12345', '1234'],
    ['199', undefined],
    ['', undefined],
  ];
  for (const [text, year] of years)
    it(`know the year of ${JSON.stringify(text)}`, () => {
      const characters = new Characters();
      characters.load(text);
      const at = yearAt(characters);
      assert.equal(at === -1 ? undefined : text.slice(at, at + 4), year);
    });
});
