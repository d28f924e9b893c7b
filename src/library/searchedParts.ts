import { Characters, yearAt } from './characters.ts';
import { place, type VisitPart } from './searchWords.ts';

/** What search reads of an entry besides its key; parts that it does not have are empty. */
export interface PlainParts {
  /** Authors, then editors: "Steve Gillard" or "Gillard, Steve". */
  readonly names: readonly string[];
  readonly title: string;
  readonly year: string;
}

/** Shows parts that are strings already, one after the other in the same room. */
export class SearchedParts {
  readonly #characters = new Characters();

  show({ names, title, year }: PlainParts, visit: VisitPart): void {
    const characters = this.#characters;
    names.forEach((name, index) => {
      characters.load(name);
      visit(index === 0 ? place.firstName : place.name, characters.letters, 0, characters.length);
    });
    characters.load(title);
    visit(place.title, characters.letters, 0, characters.length);
    characters.load(year);
    const at = yearAt(characters);
    if (at !== -1) visit(place.year, characters.letters, at, at + 4);
  }
}
