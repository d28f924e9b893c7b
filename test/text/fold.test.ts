import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fold } from '../../src/text/fold.ts';

describe('folding for search', () => {
  const cases: [string, string][] = [
    ['Müller', 'muller'],
    ['MU\u0308LLER', 'muller'],
    ['Ångström', 'angstrom'],
    ['Straße', 'strasse'],
    ['STRAẞE', 'strasse'],
    ['Ørsted', 'orsted'],
    ['Łukasiewicz', 'lukasiewicz'],
    ['Æsir, œuvre', 'aesir, oeuvre'],
    ['Đorđević', 'dordevic'],
    ['Þór Guðmundsson', 'thor gudmundsson'],
    ['İstanbul ılık', 'istanbul ilik'],
    ['Nguyễn', 'nguyen'],
    ['e\ufb03cient', 'efficient'],
    ['O’Neil – Smith', "o'neil - smith"],
    ['Достоевский', 'достоевскии'],
    ['Ωμέγα', 'ωμεγα'],
    ['深層学習', '深層学習'],
    ['10.1007/S10488', '10.1007/s10488'],
    ['', ''],
  ];
  for (const [text, folded] of cases) {
    it(`${text} → ${folded}`, () => {
      assert.equal(fold(text), folded);
    });
  }

  it('is the same when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), text => {
        assert.equal(fold(fold(text)), fold(text));
      }),
      { seed: 7 },
    );
  });

  it('of a text is that of its parts joined', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii' }), fc.string({ unit: 'grapheme-ascii' }), (a, b) => {
        assert.equal(fold(a + b), fold(a) + fold(b));
      }),
      { seed: 7 },
    );
  });
});
