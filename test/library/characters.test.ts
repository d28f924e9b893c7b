import assert from 'node:assert/strict';
import fc from 'fast-check';
import { among, Characters, yearAt } from '../../src/library/characters.ts';
import { fold } from '../../src/text/fold.ts';

const textOf = ({ codes, length }: Characters): string => String.fromCharCode(...codes.subarray(0, length));

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
    assert.equal(textOf(characters), fold('st ½ λόγος'.slice(0, 9) + 'ς'));
  });

  it('law: they are those of the folded text, but for capitals of ASCII', () => {
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
        assert.equal(textOf(characters).toLowerCase(), fold(text).toLowerCase());
      }),
      { seed: 4, numRuns: 2000 },
    );
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
