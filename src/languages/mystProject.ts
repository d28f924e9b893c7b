import type { ProjectFile } from './language.ts';
import { scanMetadata } from './quartoProject.ts';

/** Files of MyST projects and Jupyter Books (`bibtex_bibfiles` in `_config.yml`). */
export const mystProjectFiles: readonly ProjectFile[] = [
  { name: 'myst.yml', isRoot: true, scan: scanMetadata },
  { name: '_config.yml', isRoot: false, scan: scanMetadata },
];
