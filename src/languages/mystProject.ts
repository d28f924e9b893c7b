import type { ProjectFile } from './language.ts';
import { scanMetadata } from './quartoProject.ts';

/** Files of MyST projects. */
export const mystProjectFiles: readonly ProjectFile[] = [{ name: 'myst.yml', isRoot: true, scan: scanMetadata }];
