import type { BibliographyDeclaration } from '../languages/language.ts';
import type { Bibliography } from './bibliography.ts';
import type { Library } from './library.ts';

/** What decides, besides the documents themselves, which bibliographies a document sees. */
export interface ScopeOptions {
  /** Addresses of bibliographies that every document sees. */
  readonly globalBibliographies: readonly string[];
  /** Addresses of the workspace's folders. */
  readonly folders: readonly string[];
}

/** The bibliographies that a document may cite from. */
export function visibleBibliographies(library: Library, uri: string, options: ScopeOptions): readonly Bibliography[] {
  void uri;
  void options;
  return library.bibliographies();
}

/** Addresses under which a declared bibliography may stand, the likeliest first. */
export function declaredFiles(
  library: Library,
  uri: string,
  declaration: BibliographyDeclaration,
  options: ScopeOptions,
): readonly string[] {
  void options;
  const base = uri.slice(0, uri.lastIndexOf('/') + 1);
  const plain = base + encodeURI(declaration.target);
  return [plain, ...declaration.impliedExtensions.map(extension => plain + extension)].filter(file =>
    library.has(file),
  );
}
