import type { Bibliography } from './bibliography.ts';
import type { Library } from './library.ts';
import { scopeOf, type Scope, type ScopeOptions } from './scope.ts';

export type { ScopeOptions } from './scope.ts';

/** Which bibliographies a document of the library sees, and what it names in vain. */
export const scopeIn = (library: Library, uri: string, options: ScopeOptions): Scope =>
  scopeOf(library, uri, options, library.includeGraph());

/** The bibliographies that a document may cite from: those in it, then those that it names, then others. */
export function visibleBibliographies(library: Library, uri: string, options: ScopeOptions): readonly Bibliography[] {
  const scope = scopeIn(library, uri, options);
  return [
    ...embeddedBibliographies(library, scope),
    ...scope.bibliographies.flatMap(({ uri: address }) => library.bibliography(address) ?? []),
  ];
}

/** The bibliographies that stand in the documents of a scope. */
export const embeddedBibliographies = (library: Library, { embedded }: Scope): Bibliography[] =>
  embedded.flatMap(({ uri, existing }) =>
    library
      .embeddedIn(uri)
      .filter(({ fileName }) => fileName === undefined || !existing.has(fileName))
      .map(({ bibliography }) => bibliography),
  );
