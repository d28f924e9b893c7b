import type { Library } from '../library/library.ts';
import { folderOf, relativePath } from '../library/paths.ts';
import { rootOf, type CitingDocument, type Reach } from '../library/reach.ts';
import type { TextEdit } from '../text/edit.ts';

/** A bibliography that a document does not have yet. */
export type NewBibliography =
  | ({ readonly kind: 'possible'; readonly uri: string } & Naming)
  /** The document was never saved, so nothing lies beside it. */
  | { readonly kind: 'unsaved' };

export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/** What makes a document name a bibliography. */
export interface Naming {
  /** By file. */
  readonly declarations: readonly FileEdits[];
  /** A file that has to name it and is not there. */
  readonly undeclaredIn?: string;
}

/** The first that the document names in vain, else one beside the document that is processed, which names it then. */
export function newBibliography(library: Library, document: CitingDocument, { scope }: Reach): NewBibliography {
  const named = scope.unresolved
    .flatMap(({ candidates }) => candidates)
    .find(one => one.toLowerCase().endsWith('.bib'));
  if (named !== undefined) return { kind: 'possible', uri: named, declarations: [] };
  const folder = folderOf(declaringFiles(library, document).at(-1) ?? document.uri);
  if (!folder.includes('://')) return { kind: 'unsaved' };
  const uri = `${folder.replace(/\/$/, '')}/${freeName(library, folder)}`;
  return { kind: 'possible', uri, ...namingOf(library, document, uri) };
}

/** What makes a document, or the one that is processed when it is, name a bibliography in its own way. */
export function namingOf(library: Library, document: CitingDocument, bibliography: string): Naming {
  const { project } = document.language.processor;
  const [root = document.uri, configuration] = declaringFiles(library, document);
  const path = relativePath(folderOf(configuration ?? root), bibliography);
  return {
    declarations: [
      ...declarationIn(library, document, root, configuration === undefined ? path : ''),
      ...(project && configuration !== undefined
        ? [{ uri: configuration, edits: project.declare(library.text(configuration) ?? '', path) }]
        : []),
    ],
    ...(project && configuration === undefined ? { undeclaredIn: project.name } : {}),
  };
}

/** The document that is processed, and the configuration of its project where that names bibliographies. */
function declaringFiles(library: Library, { uri, language }: CitingDocument): readonly string[] {
  const root = rootOf(library, uri);
  const { project } = language.processor;
  const configuration = project && fileAbove(library, root, project.name);
  return configuration === undefined ? [root] : [root, configuration];
}

function declarationIn(library: Library, document: CitingDocument, root: string, path: string): FileEdits[] {
  const { processor } = document.language;
  const manuscript = root === document.uri ? undefined : library.manuscript(root);
  const { text, scanned } = manuscript ?? document;
  const edits = processor.declare(text, scanned, path);
  return edits.length === 0 ? [] : [{ uri: manuscript === undefined ? document.uri : root, edits }];
}

function freeName(library: Library, folder: string): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? 'references.bib' : `references-${String(count)}.bib`;
    if (!library.has(`${folder.replace(/\/$/, '')}/${name}`)) return name;
  }
}

/** A file of that name in the folder of another one or above. */
function fileAbove(library: Library, uri: string, name: string): string | undefined {
  for (let folder = folderOf(uri), below = ''; folder !== below && folder.includes('://'); folder = folderOf(folder)) {
    const address = `${folder.replace(/\/$/, '')}/${name}`;
    if (library.has(address)) return address;
    below = folder;
  }
  return undefined;
}
