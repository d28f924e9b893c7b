import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import type { ScopeOptions } from '../../src/library/scope.ts';
import { parseFixture, type FixtureCursor, type FixtureFile } from '../support/fixture.ts';

export const scope: ScopeOptions = { globalBibliographies: [], folders: ['file:///project'] };

/** The files of a fixture as a workspace, all indexed; the one with the cursor is open. */
export interface Project {
  readonly library: Library;
  readonly files: readonly FixtureFile[];
  readonly cursor: FixtureCursor | undefined;
  readonly file: (name: string) => FixtureFile;
}

export function project(source: string): Project {
  const { files, cursor } = parseFixture(source);
  const library = new Library({ formats, languages });
  for (const file of files) library.setFile(file.uri, { text: file.text });
  if (cursor !== undefined) library.openDocument(cursor.file.uri, '', cursor.file.text);
  Array.from(library.indexing());
  return {
    library,
    files,
    cursor,
    file(name) {
      const found = files.find(file => file.name === name);
      if (found === undefined) throw new Error(`No file ${name}`);
      return found;
    },
  };
}

/** A project whose cursor is asked for. */
export function projectWithCursor(source: string): Project & { readonly cursor: FixtureCursor } {
  const made = project(source);
  if (made.cursor === undefined) throw new Error(`No cursor in: ${source}`);
  return { ...made, cursor: made.cursor };
}
