import type { Manuscript } from '../languages/language.ts';
import type { IncludeGraph } from './includeGraph.ts';
import type { Scope } from './scope.ts';
import { rootsOf } from './scope.ts';
import { includeCandidates } from './scopeSource.ts';
import type { ScopeSource } from './scopeSource.ts';

/**
 * Of the bibliographies that a document sees, those that belong to the section around `offset`, which are all that BibLaTeX reads there
 * (manual §3.8.4); undefined where no section has bibliographies of its own.
 */
export function sectionBibliographies(
  source: ScopeSource,
  place: { readonly uri: string; readonly offset: number },
  scope: Scope,
  graph: IncludeGraph,
): ReadonlySet<string> | undefined {
  const names = namesAt(source.document(place.uri)?.scanned, place.offset) ?? namesAround(source, place.uri, graph);
  if (names === undefined) return undefined;
  const found = scope.bibliographies.filter(
    ({ reason }) =>
      reason.kind === 'declared' &&
      (names.includes(reason.declaration.target) || names.includes(reason.declaration.label ?? '')),
  );
  return found.length === 0 ? undefined : new Set(found.map(({ uri }) => uri));
}

/** What the inner section around `offset` names. */
const namesAt = (manuscript: Manuscript | undefined, offset: number): readonly string[] | undefined =>
  manuscript?.sections?.findLast(({ span }) => span.start <= offset && offset <= span.end)?.names;

/** What the section names in which another document includes this one. */
function namesAround(source: ScopeSource, uri: string, graph: IncludeGraph): readonly string[] | undefined {
  for (const root of rootsOf(source, uri, graph)) {
    for (const by of graph.treeOf(root, root)) {
      const manuscript = source.document(by)?.scanned;
      if (by === uri || manuscript?.sections === undefined) continue;
      const include = manuscript.includes.find(one => includeCandidates(one, by, root).includes(uri));
      const names = include && namesAt(manuscript, include.span.start);
      if (names !== undefined) return names;
    }
  }
  return undefined;
}
