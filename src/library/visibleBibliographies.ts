import type { Bibliography } from './bibliography.ts';
import type { Library } from './library.ts';
import { scopeOf, type Scope, type ScopeOptions } from './scope.ts';

export type { ScopeOptions } from './scope.ts';

/** Which bibliographies a document of the library sees, and what it names in vain. */
export const scopeIn = (library: Library, uri: string, options: ScopeOptions): Scope =>
  scopeOf(library, uri, options, library.includeGraph());

/** The bibliographies that a document may cite from, those that it names first. */
export function visibleBibliographies(library: Library, uri: string, options: ScopeOptions): readonly Bibliography[] {
  return scopeIn(library, uri, options).bibliographies.flatMap(
    ({ uri: address }) => library.bibliography(address) ?? [],
  );
}
