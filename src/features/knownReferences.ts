import type { Blocks, Format } from '../formats/format.ts';
import { titleOf } from '../model/describe.ts';
import { identityOf } from '../model/duplicates.ts';
import type { Reference } from '../model/reference.ts';
import { fold } from '../text/fold.ts';

/** A reference, by its place in a list, that a document has already. */
export interface KnownPlace {
  readonly place: number;
  readonly key: string;
  readonly knownAs: string;
}

interface Step {
  readonly done: number;
  readonly total: number;
}

/** Which of the references a document has already: as the same work, or by a key under which it has no other work. Step by step. */
export function* findKnown(
  references: readonly Reference[],
  document: { readonly text: string; readonly format: Format; readonly blocks: Blocks },
): Generator<Step, KnownPlace[]> {
  const { text, format, blocks } = document;
  const total = blocks.entryCount;
  const wanted = new Candidates();
  for (const reference of references) {
    wanted.add(reference);
    yield { done: 0, total };
  }
  const known = new Map<Reference, string>();
  for (let entry = 0; entry < total && known.size < references.length; entry += 1) {
    yield { done: entry, total };
    const there = format.read(text, blocks, entry);
    for (const reference of wanted.take(there)) if (!known.has(reference)) known.set(reference, there.key);
  }
  return references.flatMap((reference, place) => {
    const knownAs = known.get(reference);
    return knownAs === undefined ? [] : [{ place, key: reference.key, knownAs }];
  });
}

/** References by all that can tell that another one is the same; however many share a title or a key, each is looked at a few times only. */
class Candidates {
  readonly #byTrait = new Map<string, Reference[]>();

  add(reference: Reference): void {
    const { doi, title } = identityOf(reference);
    const { key } = reference;
    if (doi !== undefined) this.#keep(`doi ${doi}`, reference);
    if (title !== undefined) this.#keep(`title ${title}`, reference);
    if (title !== undefined && doi === undefined) this.#keep(`title without doi ${title}`, reference);
    if (key === '') return;
    this.#keep(`key ${key}`, reference);
    this.#keep(keyWithTitle(key, foldedTitle(reference)), reference);
  }

  #keep(trait: string, reference: Reference): void {
    const same = this.#byTrait.get(trait);
    if (same) same.push(reference);
    else this.#byTrait.set(trait, [reference]);
  }

  /** Those that are the same as another one; none is found by the same trait again. May name one twice. */
  take(other: Reference): Reference[] {
    const { doi, title } = identityOf(other);
    return [
      ...(doi === undefined ? [] : this.#taken(`doi ${doi}`)),
      // With two DOIs only these count.
      ...(title === undefined ? [] : this.#taken(`${doi === undefined ? 'title' : 'title without doi'} ${title}`)),
      ...(other.key === '' ? [] : this.#takenByKey(other.key, foldedTitle(other))),
    ];
  }

  /** By a key, where not each has a title of its own. */
  #takenByKey(key: string, title: string): readonly Reference[] {
    if (title === '') return this.#taken(`key ${key}`);
    return [...this.#taken(keyWithTitle(key, '')), ...this.#taken(keyWithTitle(key, title))];
  }

  #taken(trait: string): readonly Reference[] {
    const found = this.#byTrait.get(trait) ?? [];
    this.#byTrait.delete(trait);
    return found;
  }
}

const foldedTitle = (reference: Reference): string => fold(titleOf(reference) ?? '').trim();

const keyWithTitle = (key: string, title: string): string => `key and title ${JSON.stringify([key, title])}`;
