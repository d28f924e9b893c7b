import { isScalar, isSeq } from 'yaml';
import type { Node, Scalar } from 'yaml';
import { expandBraces } from '../text/braces.ts';
import type { BibliographyDeclaration, Declarations, ProjectFile } from './language.ts';
import { scanMetadata } from './quartoProject.ts';
import { declarationAt, entryOf, scalars, yamlValue } from './yamlMetadata.ts';

/** Files of sites: MkDocs with mkdocs-bibtex, Jekyll with jekyll-scholar, and Jupyter Book, which shares Jekyll's name. */
export const siteProjectFiles: readonly ProjectFile[] = [
  { name: 'mkdocs.yml', isRoot: false, scan: scanMkdocs },
  { name: 'mkdocs.yaml', isRoot: false, scan: scanMkdocs },
  { name: '_config.yml', isRoot: false, scan: scanSite },
];

/** `plugins: - bibtex: { bib_file: refs.bib }`, or `bib_dir: folder` for all in it. */
function scanMkdocs(text: string): Declarations {
  const value = yamlValue(text, 'plugins');
  const plugins = isSeq<Node>(value?.node) ? value.node.items : [value?.node];
  const declarations = plugins.flatMap(plugin => {
    const options = entryOf(plugin, 'bibtex');
    const file = placeOf(value, entryOf(options, 'bib_file'));
    if (file !== undefined) return [declarationAt(file)];
    const folder = placeOf(value, entryOf(options, 'bib_dir'));
    return folder ? [pattern(`${folder.target.replace(/\/$/, '')}/**/*.bib`, folder.span)] : [];
  });
  return { declarations, includes: [] };
}

function scanSite(text: string): Declarations {
  const { declarations, includes } = scanMetadata(text);
  return {
    declarations: [...declarations, ...scholarBibliographies(text)],
    includes,
    // Settings that Jekyll does not have.
    ...(/^(?:bibtex_bibfiles|sphinx|execute|only_build_toc_files)[ \t]*:/m.test(text) && { dialect: 'myst' }),
  };
}

/** `scholar: { source: ./_bibliography, bibliography: references.bib }`; both have these defaults. */
function scholarBibliographies(text: string): BibliographyDeclaration[] {
  const value = yamlValue(text, 'scholar');
  if (value === undefined) return [];
  const source = placeOf(value, entryOf(value.node, 'source'))?.target ?? './_bibliography';
  const list = entryOf(value.node, 'bibliography');
  const named = list === undefined ? [] : scalars(list).flatMap(scalar => value.place(scalar) ?? []);
  const start = text.search(/^["']?scholar/m);
  const files = list === undefined ? [{ target: 'references.bib', span: { start, end: start + 7 } }] : named;
  return files.flatMap(({ target, span }) =>
    // `*.bib{,tex}` means `*.bib` and `*.bibtex`.
    expandBraces(target).map(one => {
      const path = `${source.replace(/\/$/, '')}/${one}`;
      return /[*?[]/.test(one) ? pattern(path, span) : declarationAt({ target: path, span });
    }),
  );
}

const placeOf = (value: ReturnType<typeof yamlValue>, node: Node | undefined) =>
  node !== undefined && isScalar(node) ? value?.place(node satisfies Scalar) : undefined;

const pattern = (target: string, span: BibliographyDeclaration['span']): BibliographyDeclaration => ({
  target,
  span,
  kind: 'glob',
  impliedExtensions: [],
});
