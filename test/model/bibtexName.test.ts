import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readNames, splitAtAnd, writeNames } from '../../src/model/bibtexName.ts';
import type { Name, NameList } from '../../src/model/name.ts';
import { parseSortedName, person, sortedName } from '../../src/model/name.ts';

/** Braces away and back, which is all that names need of TeX. */
const coding = {
  decode: (tex: string): string => tex.replaceAll(/[{}]/g, '').replaceAll('~', ' '),
  encode: (text: string): string => text,
};

const read = (text: string): NameList => readNames(text, coding.decode);

describe('model/bibtexName', () => {
  describe('reads one name', () => {
    const cases: [text: string, name: Name][] = [
      ['Donald E. Knuth', { family: 'Knuth', given: 'Donald E.' }],
      ['Knuth, Donald E.', { family: 'Knuth', given: 'Donald E.' }],
      ['Ludwig van Beethoven', { family: 'Beethoven', given: 'Ludwig', prefix: 'van' }],
      ['van Beethoven, Ludwig', { family: 'Beethoven', given: 'Ludwig', prefix: 'van' }],
      ['Jean de la Fontaine', { family: 'Fontaine', given: 'Jean', prefix: 'de la' }],
      ['De la Cruz, Maria', { family: 'Cruz', given: 'Maria', prefix: 'De la' }],
      [
        'Charles Louis Xavier Joseph de la Vallee Poussin',
        { family: 'Vallee Poussin', given: 'Charles Louis Xavier Joseph', prefix: 'de la' },
      ],
      ['King, Jr., Martin Luther', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
      ['de Last, III, First', { family: 'Last', given: 'First', prefix: 'de', suffix: 'III' }],
      ['Aristotle', { family: 'Aristotle' }],
      ['{World Health Organization}', { literal: 'World Health Organization' }],
      ['{Barnes {and} Noble}', { literal: 'Barnes and Noble' }],
      ['{de Vries}, Jan', { family: 'de Vries', given: 'Jan' }],
      ['Jan {de Vries}', { family: 'de Vries', given: 'Jan' }],
      ['Jean~Paul Sartre', { family: 'Sartre', given: 'Jean Paul' }],
      [
        'family=Harman, given=Hans, prefix=von, useprefix=false',
        { family: 'Harman', given: 'Hans', prefix: 'von', useprefix: false },
      ],
      ['given={J. R. R.}, family=Tolkien', { family: 'Tolkien', given: 'J. R. R.' }],
      ['given=Aristotle', { family: 'Aristotle' }],
      ['a, b, c, d', { family: 'a', given: 'c, d', suffix: 'b' }],
      ['毛 泽东', { family: '泽东', given: '毛' }],
      ['May, Keith,', { family: 'May', given: 'Keith' }],
      [', Jane', { family: 'Jane' }],
    ];
    for (const [text, name] of cases) {
      it(text, () => {
        assert.deepEqual(read(text), { names: [name], others: false });
      });
    }
  });

  it('splits at the word and outside braces, in any case', () => {
    assert.deepEqual(splitAtAnd('A Band and {Marks and Spencer}\n AND B'), ['A Band', '{Marks and Spencer}', 'B']);
    assert.deepEqual(splitAtAnd('Anderson, Andy'), ['Anderson, Andy']);
  });

  it('knows others', () => {
    assert.deepEqual(read('Knuth, D. and others'), { names: [{ family: 'Knuth', given: 'D.' }], others: true });
  });

  it('braces what would read differently', () => {
    const list: NameList = {
      names: [
        { family: 'de Vries', given: 'Jan' },
        { family: 'Müller and Sons' },
        { literal: 'others' },
        { family: 'others' },
      ],
      others: false,
    };
    assert.equal(writeNames(list, coding), '{de Vries}, Jan and {Müller and Sons}, and {others} and {others},');
    assert.deepEqual(read(writeNames(list, coding)), list);
  });

  it('law: names that are written read back the same', () => {
    const word = fc.stringMatching(/^[A-Za-zÀ-ž][A-Za-zÀ-ž.'-]{0,8}$/);
    const words = fc.array(word, { minLength: 1, maxLength: 3 }).map(list => list.join(' '));
    const prefix = fc.constantFrom('von', 'de la', "d'", 'van der', 'De', 'Van den');
    const name: fc.Arbitrary<Name> = fc.oneof(
      words.map(literal => ({ literal })),
      fc
        .record(
          { family: words, given: words, prefix, suffix: fc.constantFrom('Jr.', 'III') },
          { requiredKeys: ['family'] },
        )
        .map(parts => person(parts)),
    );
    fc.assert(
      fc.property(fc.array(name, { maxLength: 4 }), fc.boolean(), (names, others) => {
        assert.deepEqual(read(writeNames({ names, others }, coding)), { names, others });
      }),
      { seed: 3 },
    );
  });

  it('law: any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        read(text);
      }),
      { seed: 4 },
    );
  });

  it('reads 20,000 open braces and 20,000 names', () => {
    assert.equal(read('{'.repeat(20_000)).names.length, 1);
    assert.equal(read('A, B and '.repeat(20_000) + 'C').names.length, 20_001);
  });
});

describe('model/name', () => {
  const cases: [text: string, name: Name][] = [
    ['Gillard, Steve', { family: 'Gillard', given: 'Steve' }],
    ['von der Berg, Hans, Jr.', { family: 'Berg', given: 'Hans', prefix: 'von der', suffix: 'Jr.' }],
    ['World Health Organization', { literal: 'World Health Organization' }],
    ['van Beethoven, Ludwig', { family: 'Beethoven', given: 'Ludwig', prefix: 'van' }],
  ];
  for (const [text, name] of cases) {
    it(`${text} in sorted form`, () => {
      assert.deepEqual(parseSortedName(text), name);
      assert.equal(sortedName(name), text);
    });
  }
});
