import assert from 'node:assert/strict';
import fc from 'fast-check';
import { atOnce } from '../../src/base/atOnce.ts';
import { findKnown } from '../../src/features/knownReferences.ts';
import { biblatex as format } from '../../src/formats/biblatex.ts';
import { titleOf } from '../../src/model/describe.ts';
import { identityOf, sameWork } from '../../src/model/duplicates.ts';
import type { Reference } from '../../src/model/reference.ts';

interface Work {
  readonly key: string;
  readonly title: string;
  readonly doi: string;
}

const written = (works: readonly Work[]): string =>
  works.map(({ key, title, doi }) => `@book{${key},\n  title = {${title}},\n  doi = {${doi}},\n}\n`).join('\n');

function read(text: string): Reference[] {
  const blocks = format.scan(text);
  return Array.from({ length: blocks.entryCount }, (_, entry) => format.read(text, blocks, entry));
}

const knownIn = (text: string, references: readonly Reference[]) =>
  atOnce(findKnown(references, { text, format, blocks: format.scan(text) }));

const folded = (reference: Reference): string => (titleOf(reference) ?? '').toLowerCase();

function isKnownAs(one: Reference, other: Reference): boolean {
  const haveOtherTitles = folded(one) !== '' && folded(other) !== '' && folded(one) !== folded(other);
  return sameWork(identityOf(one), identityOf(other)) || (one.key === other.key && !haveOtherTitles);
}

describe('features/knownReferences', () => {
  it('finds what comparing each with each finds', () => {
    const work = fc.record({
      key: fc.constantFrom('a', 'b', 'c'),
      title: fc.constantFrom('', 'Introduction', 'introduction', 'Preface'),
      doi: fc.constantFrom('', '10.1234/x', '10.1234/y'),
    });
    fc.assert(
      fc.property(fc.array(work, { maxLength: 6 }), fc.array(work, { maxLength: 6 }), (there, pasted) => {
        const document = written(there);
        const references = read(written(pasted));
        const expected = references.flatMap((one, place) => {
          const other = read(document).find(candidate => isKnownAs(one, candidate));
          return other === undefined ? [] : [{ place, key: one.key, knownAs: other.key }];
        });
        assert.deepEqual(knownIn(document, references), expected);
      }),
    );
  });

  it('looks at each of many works of one title and one key a few times only', () => {
    const count = 3000;
    const works = (registrant: string): Work[] =>
      Array.from({ length: count }, (_, i) => ({ key: 'a', title: `Part ${i % 2}`, doi: `10.${registrant}/${i}` }));
    let looks = 0;
    const references = read(written(works('1234'))).map(
      reference =>
        new Proxy(reference, {
          get: (target, name) => {
            looks += 1;
            return Reflect.get(target, name) as unknown;
          },
        }),
    );
    assert.equal(knownIn(written(works('9999')), references).length, count);
    assert.ok(looks < 50 * count);
  });
});
