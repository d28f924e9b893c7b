import type { Declarations, ProjectFile } from './language.ts';
import { scanMetadata } from './quartoProject.ts';

/** The table of contents of a Jupyter Book; other programs may have files of that name. */
const scanContents = (text: string): Declarations => ({
  declarations: [],
  includes: [],
  ...(/^format[ \t]*:[ \t]*["']?jb-/m.test(text) && { dialect: 'myst' }),
});

/** Files of MyST projects. */
export const mystProjectFiles: readonly ProjectFile[] = [
  { name: 'myst.yml', isRoot: true, scan: text => ({ ...scanMetadata(text), dialect: 'myst' }) },
  { name: '_toc.yml', isRoot: false, scan: scanContents },
];
