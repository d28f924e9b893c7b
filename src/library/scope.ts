import { append } from '../base/append.ts';
import { projectFilesBeside } from '../languages/index.ts';
import type { BibliographyDeclaration, Include } from '../languages/language.ts';
import { includeGraph } from './includeGraph.ts';
import type { IncludeGraph } from './includeGraph.ts';
import { locateAll } from './locateBibliographies.ts';
import type { DeclaredBibliography, Part, ScopeOptions } from './locateBibliographies.ts';
import { folderOf, liesIn } from './paths.ts';
import { declarationsOf, includeCandidates } from './scopeSource.ts';
import type { ScopeSource } from './scopeSource.ts';

export type { DeclaredBibliography, ScopeOptions } from './locateBibliographies.ts';

/** Which bibliographies a document sees, and what it names in vain. */
export interface Scope {
  /** Each once, those that the document names first. */
  readonly bibliographies: readonly ScopedBibliography[];
  /** Documents that hold entries themselves. */
  readonly embedded: readonly EmbeddingDocument[];
  /** Named, but there is no such file. */
  readonly unresolved: readonly DeclaredBibliography[];
  /** Named, and made of entries that stand in a document when that is processed. */
  readonly made: readonly MadeBibliography[];
  /** Named by an address on the network, which nobody reads unasked. */
  readonly remote: readonly DeclaredBibliography[];
  /** Addresses that were looked for and are not known: should one of them exist, the answer changes. */
  readonly wanted: readonly string[];
  /** The same for what counts only where nothing that is named can be had. */
  readonly wantedInstead: readonly string[];
}

export interface EmbeddingDocument {
  readonly uri: string;
  /** Files that it makes when it is processed, but that are there already: those count then. */
  readonly existing: ReadonlySet<string>;
}

export interface MadeBibliography {
  /** The file with the declaration. */
  readonly by: string;
  readonly declaration: BibliographyDeclaration;
  /** The document that makes it. */
  readonly maker: string;
  readonly fileName: string;
}

export interface ScopedBibliography {
  readonly uri: string;
  readonly reason: ScopeReason;
}

export type ScopeReason =
  | {
      readonly kind: 'declared';
      /** The file with the declaration. */ readonly by: string;
      readonly declaration: BibliographyDeclaration;
    }
  /** The project takes all that lies in its folder. */
  | { readonly kind: 'project' }
  /** It lies in the folder of the document, or anywhere in the workspace, where nothing is declared. */
  | { readonly kind: 'folder' | 'workspace' }
  /** Set by the user for all documents. */
  | { readonly kind: 'global' };

/** Answers for one document, or for a file of its project; who asks for many hands over the same graph. */
export function scopeOf(
  source: ScopeSource,
  uri: string,
  options: ScopeOptions,
  graph: IncludeGraph = includeGraph(source),
): Scope {
  const wanted = new Set<string>();
  const isDocument = source.metadata(uri) === undefined;
  const roots = isDocument ? rootsOf(source, uri, graph, wanted) : [];
  const project = projectOf(source, uri, options, wanted);
  const parts = isDocument ? partsOf(uri, roots, graph) : [];
  for (const part of parts) for (const address of graph.missingIn(part.uri, part.root)) wanted.add(address);
  const located = locateAll(source, [...parts, ...project.files], {
    options,
    projectRoot: project.root,
    documents: [uri, ...roots],
    wanted,
  });
  const declared = located.filter(({ found, declaration }) => found.length > 0 || declaration.isUncertain !== true);
  for (const one of located) if (!declared.includes(one)) for (const address of one.candidates) wanted.add(address);
  const bibliographies = new Map<string, ScopeReason>();
  for (const { by, declaration, found } of declared) {
    for (const address of found)
      if (!bibliographies.has(address)) bibliographies.set(address, { kind: 'declared', by, declaration });
  }
  const isMissing = declared.every(one => one.found.length === 0);
  const wantedInstead = new Set<string>();
  const embedded = embeddedIn(source, isMissing ? [...parts, ...typesetLists(source, roots, wantedInstead)] : parts);
  for (const { uri: file } of project.files) {
    if (source.metadata(file)?.takesFolder !== true) continue;
    for (const address of source.bibliographyUris())
      if (/\.bib$/i.test(address) && liesIn(address, folderOf(file)) && !bibliographies.has(address))
        bibliographies.set(address, { kind: 'project' });
  }
  if (declared.length === 0 && embedded.length === 0 && bibliographies.size === 0)
    addNearby(source, [uri, ...roots], bibliographies);
  for (const address of options.globalBibliographies)
    if (!bibliographies.has(address)) bibliographies.set(address, { kind: 'global' });
  const makers = new Map(parts.flatMap(part => filesMadeBy(source, part)));
  const makerOf = ({ candidates }: DeclaredBibliography) => candidates.flatMap(address => makers.get(address) ?? [])[0];
  const absent = declared.filter(({ found, declaration }) => found.length === 0 && declaration.kind !== 'url');
  const missing = absent.filter(one => makerOf(one) === undefined);
  for (const { candidates } of missing) for (const address of candidates) wanted.add(address);
  return {
    bibliographies: [...bibliographies].map(([address, reason]) => ({ uri: address, reason })),
    embedded,
    unresolved: missing.map(({ by, declaration, candidates }) => ({ by, declaration, candidates })),
    made: absent.flatMap(one => {
      const maker = makerOf(one);
      return maker === undefined ? [] : [{ by: one.by, declaration: one.declaration, ...maker }];
    }),
    remote: declared.flatMap(({ by, declaration }) =>
      declaration.kind === 'url' ? { by, declaration, candidates: [] } : [],
    ),
    wanted: [...wanted],
    wantedInstead: [...wantedInstead],
  };
}

/** The documents that are processed when this one is: the one it names, else those that reach it. */
export function rootsOf(
  source: ScopeSource,
  uri: string,
  graph: IncludeGraph,
  wanted = new Set<string>(),
): readonly string[] {
  const chain = new Set([uri]);
  for (const current of chain) {
    const root = source.document(current)?.scanned.root;
    if (root === undefined) break;
    const candidates = includeCandidates(root, current, current);
    const found = candidates.find(one => source.has(one));
    if (found !== undefined) chain.add(found);
    else for (const address of candidates) wanted.add(address);
  }
  const named = [...chain].at(-1) ?? uri;
  if (named !== uri) return [named];
  const { emacsRoot, standalone = false } = source.document(uri)?.scanned ?? {};
  const chosen = standalone ? undefined : chosenRoot(source, uri);
  if (chosen !== undefined) return [chosen];
  const reached = graph.rootsOf(uri);
  if (emacsRoot === undefined || standalone || reached.some(root => root !== uri)) return reached;
  const root = followInclude(source, emacsRoot, uri, wanted);
  return root === undefined ? reached : [root];
}

function chosenRoot(source: ScopeSource, uri: string): string | undefined {
  const isLatex = (address: string): boolean => source.document(address)?.language.id === 'latex';
  return isLatex(uri) ? source.chosenRoots?.find(isLatex) : undefined;
}

/** The document with what it includes, then the rest of the documents it belongs to. */
function partsOf(uri: string, roots: readonly string[], graph: IncludeGraph): Part[] {
  const parts = new Map<string, Part>();
  const add = (from: string, root: string): void => {
    for (const part of graph.treeOf(from, root)) if (!parts.has(part)) parts.set(part, { uri: part, root });
  };
  for (const root of roots) add(uri, root);
  for (const root of roots) add(root, root);
  return [...parts.values()];
}

function embeddedIn(source: ScopeSource, parts: readonly Part[]): EmbeddingDocument[] {
  return parts.flatMap(({ uri, root }) => {
    const { embedded = [] } = source.document(uri)?.scanned ?? {};
    const names = embedded.flatMap(({ fileName }) => fileName ?? []);
    const existing = names.filter(name => includeCandidates(fileInclude(name), uri, root).some(one => source.has(one)));
    return embedded.length === 0 ? [] : [{ uri, existing: new Set(existing) }];
  });
}

/** Addresses of files that a document makes when it is processed, and what makes them. */
const filesMadeBy = (source: ScopeSource, { uri, root }: Part) =>
  (source.document(uri)?.scanned.embedded ?? []).flatMap(({ fileName }) =>
    fileName === undefined
      ? []
      : includeCandidates(fileInclude(fileName), uri, root).map(
          address =>
            [address, { maker: uri, fileName }] satisfies [string, Pick<MadeBibliography, 'maker' | 'fileName'>],
        ),
  );

const fileInclude = (target: string): Include => ({ target, span: { start: 0, end: 0 }, impliedExtensions: [] });

/** The lists that BibTeX or Biber has made, beside documents whose bibliographies are not at hand: papers are often passed on so. */
function typesetLists(source: ScopeSource, roots: readonly string[], wanted: Set<string>): Part[] {
  return roots.flatMap(root => {
    if (source.document(root)?.language.id !== 'latex' || !root.includes('://')) return [];
    const { declarations = [] } = declarationsOf(source, root) ?? {};
    const uri = `${root.replace(/\.[^./]*$/, '')}.bbl`;
    if (source.has(uri)) return [{ uri, root }];
    if (declarations.length > 0) wanted.add(uri);
    return [];
  });
}

interface Project {
  readonly files: readonly Part[];
  readonly root: string | undefined;
}

/** The project files in the folders from the document upwards, with the files of metadata that they name. */
function projectOf(source: ScopeSource, uri: string, options: ScopeOptions, wanted: Set<string>): Project {
  const isDocument = source.metadata(uri) === undefined;
  const kinds = isDocument ? (source.document(uri)?.language.projectFiles ?? []) : projectFilesBeside(uri);
  const isOutside = !options.folders.some(folder => liesIn(uri, folder));
  const files = isDocument ? [] : metadataFiles(source, uri, wanted);
  for (
    let folder = folderOf(uri), below = '';
    kinds.length > 0 && folder !== below && folder.includes('://');
    below = folder, folder = folderOf(folder)
  ) {
    const here = kinds.map(kind => ({ kind, address: `${folder.replace(/\/$/, '')}/${kind.name}` }));
    const present = here.filter(({ address }) => source.has(address));
    for (const { address } of present) if (address !== uri) append(files, metadataFiles(source, address, wanted));
    if (present.some(({ kind }) => kind.isRoot)) return { files, root: folder };
    // What lies in the workspace is known; of a file opened alone the folders above are not.
    if (isOutside) for (const { address } of here) if (!source.has(address)) wanted.add(address);
  }
  return { files, root: undefined };
}

/** A project file with those that it names; their paths begin at its folder. */
function metadataFiles(source: ScopeSource, address: string, wanted: Set<string>): Part[] {
  const named = (declarationsOf(source, address)?.includes ?? []).flatMap(
    include => followInclude(source, include, address, wanted) ?? [],
  );
  return [address, ...named].map(uri => ({ uri, root: address }));
}

function followInclude(source: ScopeSource, include: Include, by: string, wanted: Set<string>): string | undefined {
  const candidates = includeCandidates(include, by, by);
  const found = candidates.find(one => source.has(one));
  if (found === undefined) for (const address of candidates) wanted.add(address);
  return found;
}

/** Where nothing is declared: the bibliographies beside the document or its root, else all. */
function addNearby(source: ScopeSource, documents: readonly string[], bibliographies: Map<string, ScopeReason>): void {
  const folders = new Set(documents.map(folderOf));
  const all = [...source.bibliographyUris()];
  const beside = all.filter(address => folders.has(folderOf(address)));
  const kind = beside.length > 0 ? 'folder' : 'workspace';
  for (const address of beside.length > 0 ? beside : all) bibliographies.set(address, { kind });
}
