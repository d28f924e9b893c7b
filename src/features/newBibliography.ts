import type { Library } from '../library/library.ts';
import { folderOf } from '../library/paths.ts';
import { rootOf, type CitingDocument, type Reach } from '../library/reach.ts';
import type { TextEdit } from '../text/edit.ts';

/** A bibliography that a document does not have yet. */
export type NewBibliography =
  | {
      readonly kind: 'possible';
      readonly uri: string;
      /** What makes the document name it, by file. */
      readonly declarations: readonly FileEdits[];
      /** A file that has to name it and is not there. */
      readonly undeclaredIn?: string;
    }
  /** The document was never saved, so nothing lies beside it. */
  | { readonly kind: 'unsaved' };

export interface FileEdits {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
}

/** The first that the document names in vain, else one beside the document that is processed, which names it then. */
export function newBibliography(library: Library, document: CitingDocument, { scope }: Reach): NewBibliography {
  const named = scope.unresolved
    .flatMap(({ candidates }) => candidates)
    .find(one => one.toLowerCase().endsWith('.bib'));
  if (named !== undefined) return { kind: 'possible', uri: named, declarations: [] };
  const root = rootOf(library, document.uri);
  const { project } = document.language.processor;
  const configuration = project && fileAbove(library, root, project.name);
  const folder = folderOf(configuration ?? root);
  if (!folder.includes('://')) return { kind: 'unsaved' };
  const name = freeName(library, folder);
  return {
    kind: 'possible',
    uri: `${folder.replace(/\/$/, '')}/${name}`,
    declarations: [
      ...declarationIn(library, document, root, configuration === undefined ? name : ''),
      ...(project && configuration !== undefined
        ? [{ uri: configuration, edits: project.declare(library.text(configuration) ?? '', name) }]
        : []),
    ],
    ...(project && configuration === undefined ? { undeclaredIn: project.name } : {}),
  };
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
