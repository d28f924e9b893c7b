import type { Declarations, ProjectFile } from './language.ts';
import { scanMetadata } from './quartoProject.ts';

/** The table of contents of a Jupyter Book; other programs may have files of that name. */
const scanContents = (text: string): Declarations => ({
  declarations: [],
  includes: [],
  ...(/^format[ \t]*:[ \t]*["']?jb-/m.test(text) && { dialect: 'myst' }),
});

/** A project that names no bibliography has all in its folder; a file that describes a site alone has none. */
function scanProject(text: string): Declarations {
  const metadata = scanMetadata(text);
  const takesFolder = metadata.declarations.length === 0 && /^project[ \t]*:/m.test(text);
  return { ...metadata, dialect: 'myst', ...(takesFolder && { takesFolder }) };
}

/** Files of MyST projects. */
export const mystProjectFiles: readonly ProjectFile[] = [
  { name: 'myst.yml', isRoot: true, scan: scanProject },
  { name: '_toc.yml', isRoot: false, scan: scanContents },
];
