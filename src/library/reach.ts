import type { FormatName } from '../formats/format.ts';
import type { Processor } from '../languages/language.ts';
import type { Bibliography } from './bibliography.ts';
import type { Library } from './library.ts';
import { folderOf } from './paths.ts';
import { rootsOf, scopeOf, type Scope, type ScopeOptions, type ScopeReason } from './scope.ts';
import type { ScopeDocument } from './scopeSource.ts';
import { embeddedBibliographies } from './visibleBibliographies.ts';

/** What a document can cite at once, and what else there is. */
export interface Reach {
  readonly scope: Scope;
  /** Bibliographies that the processor of the document reads, those that the document names first. */
  readonly usable: readonly Bibliography[];
  /** Those of them that the processor knows of, too: the document or its project names them, or the user keeps them for all documents. */
  readonly named: readonly Bibliography[];
  /** All others: to cite from one of them, its entry has to be copied. */
  readonly outside: readonly Bibliography[];
  /** Of the usable ones the document's own, which a copy goes into; undefined where it has none. */
  readonly own: Bibliography | undefined;
}

/** A document that cites, also one that the library does not have. */
export interface CitingDocument extends ScopeDocument {
  readonly uri: string;
  readonly text: string;
}

export function reachOf(library: Library, document: CitingDocument, options: ScopeOptions): Reach {
  const { uri } = document;
  const { processor } = document.language;
  const source = {
    has: (address: string) => address === uri || library.has(address),
    document: (address: string) => (address === uri ? document : library.document(address)),
    documentUris: () => library.documentUris(),
    bibliographyUris: () => library.bibliographyUris(),
    metadata: (address: string) => library.metadata(address),
    chosenRoots: library.chosenRoots,
  };
  const scope = scopeOf(source, uri, options, library.includeGraph());
  const isDeclared =
    scope.embedded.length > 0 ||
    scope.unresolved.length > 0 ||
    scope.remote.length > 0 ||
    scope.bibliographies.some(isNamed);
  let also: readonly FormatName[] | undefined;
  const alsoRead = (): readonly FormatName[] =>
    (also ??= processor.alsoReads?.(manuscriptText(library, uri, document.text)) ?? []);
  const usable = new Map<Bibliography, ScopeReason>();
  for (const { uri: address, reason } of scope.bibliographies) {
    const bibliography = library.bibliography(address);
    const isKnown = reason.kind !== 'global' || processor.isToldElsewhere || !isDeclared;
    const isRead = (one: Bibliography): boolean =>
      reads(processor, one) || (reason.kind === 'declared' && alsoRead().includes(one.format.name));
    if (bibliography && isKnown && isRead(bibliography)) usable.set(bibliography, reason);
  }
  if (!isDeclared && ![...usable.values()].some(({ kind }) => kind !== 'global')) {
    for (const bibliography of library.bibliographies())
      if (reads(processor, bibliography) && !usable.has(bibliography)) usable.set(bibliography, { kind: 'workspace' });
  }
  const embedded = embeddedBibliographies(library, scope);
  const isTold = (address: string): boolean =>
    processor.isToldElsewhere && options.globalBibliographies.includes(address);
  const named = [...usable].filter(([one, { kind }]) => kind === 'declared' || kind === 'project' || isTold(one.uri));
  return {
    scope,
    usable: [...embedded, ...usable.keys()],
    named: [...embedded, ...named.map(([one]) => one)],
    outside: library.bibliographies().filter(one => !usable.has(one) && one.entryCount > 0),
    own: ownOf(uri, usable),
  };
}

const isNamed = ({ reason }: { readonly reason: ScopeReason }): boolean => reason.kind === 'declared';

export const reads = ({ reads: formats }: Processor, { format }: Bibliography): boolean =>
  formats.includes(format.name);

/** The first that the document names, one with entries if there is one; where it names none the nearest. */
function ownOf(uri: string, usable: ReadonlyMap<Bibliography, ScopeReason>): Bibliography | undefined {
  const candidates = [...usable].filter(([one, { kind }]) => kind !== 'global' && !one.isUnreadable);
  const named = candidates.filter(([, { kind }]) => kind === 'declared').map(([one]) => one);
  if (named.length > 0) return named.find(one => one.entryCount > 0) ?? named[0];
  const folder = folderOf(uri);
  let best: Bibliography | undefined;
  let bestDistance = Infinity;
  for (const [one] of candidates) {
    const away = distance(folder, folderOf(one.uri));
    if (away < bestDistance) {
      best = one;
      bestDistance = away;
    }
  }
  return best;
}

/** Steps up and down from one folder to another. */
function distance(from: string, to: string): number {
  const [a, b] = [from.split('/'), to.split('/')];
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same++;
  return a.length + b.length - 2 * same;
}

/** The document that is processed when one is: it declares what its parts cite from. */
export const rootOf = (library: Library, uri: string): string =>
  rootsOf(library, uri, library.includeGraph()).find(root => library.document(root) !== undefined) ?? uri;

/** Documents of one manuscript whose text is looked at; packages are loaded in one of the first. */
const mostParts = 20;

/** The text of a document and of what it is part of. */
export function manuscriptText(library: Library, uri: string, own: string): string {
  const root = rootOf(library, uri);
  const parts = [...library.includeGraph().treeOf(root, root)].slice(0, mostParts);
  return [own, ...parts.filter(part => part !== uri).map(part => library.text(part) ?? '')].join('\n');
}
