import type { Bibliography } from '../../src/library/bibliography.ts';
import { searchedEntry } from '../support/searchedEntry.ts';

/** What people type to find a paper. */
type TypedQueries = Readonly<Record<'one word' | 'two words' | 'author and year' | 'mistyped', readonly string[]>>;

/** Of each kind one query for each of some entries from all over a library, the same in every run. */
export function typedQueries(bibliography: Bibliography, samples: number): TypedQueries {
  const typed: Record<keyof TypedQueries, string[]> = {
    'one word': [],
    'two words': [],
    'author and year': [],
    mistyped: [],
  };
  for (let sample = 0; sample < samples; sample++) {
    const entry = Math.floor(((sample + 0.5) * bibliography.entryCount) / samples);
    const { names, title, year } = searchedEntry(bibliography, entry);
    const [word, second] = title.toLowerCase().match(/\p{L}{6,}/gu) ?? [];
    const author = /\p{L}{5,}/u.exec(names[0] ?? '')?.[0].toLowerCase();
    if (author === undefined || word === undefined || second === undefined) continue;
    typed['one word'].push(sample % 2 === 0 ? author : word);
    typed['two words'].push(`${word} ${second}`);
    typed['author and year'].push(`${author} ${year}`);
    typed.mistyped.push(word.slice(0, 3) + word.slice(4));
  }
  return typed;
}

/** What stands there after each keystroke. */
export const letterByLetter = (text: string): string[] =>
  Array.from({ length: text.length }, (_, index) => text.slice(0, index + 1));
