import type { Declarations, ProjectFile } from './language.ts';
import { readMetadata } from './yamlMetadata.ts';

/** Files of Quarto and bookdown projects that speak for the documents beside and below them. */
export const quartoProjectFiles: readonly ProjectFile[] = [
  { name: '_quarto.yml', isRoot: true, scan: scanMetadata },
  { name: '_quarto.yaml', isRoot: true, scan: scanMetadata },
  { name: '_metadata.yml', isRoot: false, scan: scanMetadata },
  { name: '_metadata.yaml', isRoot: false, scan: scanMetadata },
  { name: '_bookdown.yml', isRoot: false, scan: scanMetadata },
];

/** The bibliographies and further files that a YAML file of metadata names. */
export function scanMetadata(text: string): Declarations {
  const { declarations, includes } = readMetadata(text, { start: 0, end: text.length });
  return { declarations, includes };
}
