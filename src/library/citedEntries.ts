import { doiOf } from '../model/describe.ts';
import type { Bibliography } from './bibliography.ts';
import { findIn } from '../text/fileText.ts';
import { entriesWithKey, type LibraryEntry } from './library.ts';

/** The entries that a citation means: those with its key, else, where the key is a DOI, those with that DOI. */
export function citedEntries(bibliographies: readonly Bibliography[], key: string): LibraryEntry[] {
  const found = entriesWithKey(bibliographies, key);
  return found.length > 0 || !isDoi(key) ? found : bibliographies.flatMap(one => entriesWithDoi(one, key));
}

const isDoi = (key: string): boolean => /^10\.\d{4,9}\/\S/.test(key);

/** Places where a DOI may be named without being that of an entry, in notes and abstracts, that are looked at. */
const mostPlaces = 20;

/** Entries are found by their text: as written here, in small letters, in capitals, and with TeX's escapes. */
function entriesWithDoi(bibliography: Bibliography, doi: string): LibraryEntry[] {
  const wanted = doi.toLowerCase();
  const spellings = new Set([doi, wanted, doi.toUpperCase(), doi.replaceAll('_', '\\_')]);
  const entries = new Set<number>();
  for (const spelling of spellings) {
    let at = findIn(bibliography.text, spelling);
    for (let places = 0; at >= 0 && places < mostPlaces; places++) {
      const entry = bibliography.entryAt(at);
      if (entry !== undefined && doiOf(bibliography.reference(entry))?.toLowerCase() === wanted) entries.add(entry);
      at = findIn(bibliography.text, spelling, at + spelling.length);
    }
  }
  return [...entries].sort((a, b) => a - b).map(entry => ({ bibliography, entry }));
}
