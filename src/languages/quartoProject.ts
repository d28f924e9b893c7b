import { isScalar, isSeq } from 'yaml';
import type { Node, Scalar } from 'yaml';
import type { Declarations, Include, ProjectFile } from './language.ts';
import { entryOf, readMetadata, scalars, yamlValue } from './yamlMetadata.ts';

/** Files of Quarto and bookdown projects, and defaults of Pandoc, that speak for the documents beside and below them. */
export const quartoProjectFiles: readonly ProjectFile[] = [
  { name: '_quarto.yml', isRoot: true, scan: scanProject },
  { name: '_quarto.yaml', isRoot: true, scan: scanProject },
  { name: '_quarto.yml.local', isRoot: false, scan: scanMetadata },
  { name: '_metadata.yml', isRoot: false, scan: scanMetadata },
  { name: '_metadata.yaml', isRoot: false, scan: scanMetadata },
  { name: '_bookdown.yml', isRoot: false, scan: scanBook },
  { name: '_output.yml', isRoot: false, scan: scanMetadata },
  ...['defaults.yaml', 'defaults.yml', 'pandoc.yaml', 'pandoc.yml'].map(name => ({
    name,
    isRoot: false,
    scan: scanMetadata,
  })),
];

/** The bibliographies and further files that a YAML file of metadata names. */
export function scanMetadata(text: string): Declarations {
  const { declarations, includes, labelPrefixes } = readMetadata(text, { start: 0, end: text.length });
  return { declarations, includes, ...(labelPrefixes.length > 0 && { labelPrefixes }) };
}

/** A project of Quarto with the files of its profiles, `_quarto-<profile>.yml`, as far as it names them. */
function scanProject(text: string): Declarations {
  const { includes, ...metadata } = scanMetadata(text);
  const value = yamlValue(text, 'profile');
  const lists = [entryOf(value?.node, 'default'), ...groupsOf(entryOf(value?.node, 'group'))];
  const profiles = lists
    .flatMap(node => (node === undefined ? [] : scalars(node)))
    .flatMap((scalar: Scalar): Include[] => {
      const place = value?.place(scalar);
      return place && /^[\w-]+$/.test(place.target)
        ? [{ target: `_quarto-${place.target}.yml`, span: place.span, impliedExtensions: [] }]
        : [];
    });
  return {
    ...metadata,
    includes: [...includes, ...profiles].sort((a, b) => a.span.start - b.span.start),
    dialect: 'quarto',
  };
}

/** One group of profiles is a list; several are a list of lists. */
const groupsOf = (node: Node | undefined): Node[] =>
  isSeq<Node>(node) ? [node, ...node.items.filter(item => !isScalar(item))] : [];

/** The chapters of a book stand under the metadata of its first one. */
function scanBook(text: string): Declarations {
  const { declarations, includes } = scanMetadata(text);
  const index: Include = { target: 'index.Rmd', span: { start: 0, end: 0 }, impliedExtensions: [] };
  return { declarations, includes: [index, ...includes] };
}
