import type { Blocks, Format } from '../formats/format.ts';
import { titleOf } from '../model/describe.ts';
import { identityOf, sameWork } from '../model/duplicates.ts';
import type { WorkIdentity } from '../model/duplicates.ts';
import type { Reference } from '../model/reference.ts';
import { fold } from '../text/fold.ts';

/** A reference, by its place in a list, that a document has already. */
export interface KnownPlace {
  readonly place: number;
  readonly key: string;
  readonly knownAs: string;
}

/** Which of the references a document has already: as the same work, or by a key under which it has no other work. Step by step. */
export function* findKnown(
  references: readonly Reference[],
  document: { readonly text: string; readonly format: Format; readonly blocks: Blocks },
): Generator<{ readonly done: number; readonly total: number }, KnownPlace[]> {
  const { text, format, blocks } = document;
  const wanted = new Candidates(references);
  const known = new Map<Reference, string>();
  for (let entry = 0; entry < blocks.entryCount && known.size < references.length; entry += 1) {
    yield { done: entry, total: blocks.entryCount };
    const there = format.read(text, blocks, entry);
    for (const reference of wanted.like(there)) if (!known.has(reference)) known.set(reference, there.key);
  }
  return references.flatMap((reference, place) => {
    const knownAs = known.get(reference);
    return knownAs === undefined ? [] : [{ place, key: reference.key, knownAs }];
  });
}

/** References by all that can tell that another one is the same. */
class Candidates {
  readonly #byTrait = new Map<string, { reference: Reference; identity: WorkIdentity }[]>();

  constructor(references: readonly Reference[]) {
    for (const reference of references) {
      const identity = identityOf(reference);
      for (const trait of traitsOf(reference, identity)) {
        const same = this.#byTrait.get(trait);
        if (same) same.push({ reference, identity });
        else this.#byTrait.set(trait, [{ reference, identity }]);
      }
    }
  }

  /** May name one twice. */
  like(other: Reference): Reference[] {
    const identity = identityOf(other);
    return traitsOf(other, identity)
      .flatMap(trait => this.#byTrait.get(trait) ?? [])
      .filter(
        one =>
          sameWork(one.identity, identity) ||
          (other.key !== '' && one.reference.key === other.key && !hasOtherTitle(one.reference, other)),
      )
      .map(one => one.reference);
  }
}

function hasOtherTitle(one: Reference, other: Reference): boolean {
  const [title, otherTitle] = [one, other].map(reference => fold(titleOf(reference) ?? '').trim());
  return title !== '' && otherTitle !== '' && title !== otherTitle;
}

const traitsOf = ({ key }: Reference, { doi, title }: WorkIdentity): string[] => [
  ...(key === '' ? [] : [`key ${key}`]),
  ...(doi === undefined ? [] : [`doi ${doi}`]),
  ...(title === undefined ? [] : [`title ${title}`]),
];
