import type { Bibliography, BibliographyProblem } from '../library/bibliography.ts';
import type { Library } from '../library/library.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { scopeIn } from '../library/visibleBibliographies.ts';
import type { Span } from '../text/span.ts';
import { fileName } from './card.ts';
import { ambiguousKeys } from './duplicateKeys.ts';
import type { ProblemCode } from './messages.ts';
import { firstUnnamed } from './unnamedBibliographies.ts';

/** A problem at a place of a file; `sentenceOf` makes its sentence. */
export interface Diagnostic {
  readonly span: Span;
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: ProblemCode;
  readonly values: readonly (string | number)[];
  /** Other places that belong to it. */
  readonly related: readonly { readonly uri: string; readonly span: Span }[];
}

export interface DiagnosticsOptions {
  readonly scope: ScopeOptions;
}

/** Everything that is wrong with an open file, sorted by place. */
export function diagnostics(library: Library, uri: string, options: DiagnosticsOptions): Diagnostic[] {
  const steps = diagnosing(library, uri, options);
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

/** The same in steps, which end for nothing once the library has changed. */
export function* diagnosing(
  library: Library,
  uri: string,
  options: DiagnosticsOptions,
): Generator<undefined, Diagnostic[]> {
  const bibliography = library.bibliography(uri);
  const found =
    bibliography !== undefined
      ? yield* bibliographyDiagnostics(library, bibliography)
      : [
          ...declarationDiagnostics(library, uri, options.scope),
          ...unnamedDiagnostics(library, uri, options.scope),
          ...embeddedDiagnostics(library, uri),
        ];
  return found.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
}

function* bibliographyDiagnostics(library: Library, bibliography: Bibliography): Generator<undefined, Diagnostic[]> {
  yield* bibliography.checking();
  return [
    ...syntaxDiagnostics(bibliography),
    ...duplicates(bibliography),
    ...(yield* duplicatesElsewhere(library, bibliography)),
  ];
}

function syntaxDiagnostics(bibliography: Bibliography): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (let entry = 0; entry < bibliography.entryCount; entry++) {
    for (const { code, span } of bibliography.syntaxProblems(entry)) {
      const { start } = bibliography.entrySpan(entry);
      const severity = code === 'unclosed-record' || code === 'missing-key' ? 'warning' : 'error';
      found.push({
        span: { start: start + span.start, end: start + span.end },
        severity,
        code,
        values: [],
        related: [],
      });
    }
  }
  return found;
}

/** BibTeX stops at the second entry with a key, biber takes the first. */
function duplicates(bibliography: Bibliography): Diagnostic[] {
  const places = placesOf(bibliography, new Set(bibliography.duplicateKeys()));
  return places.flatMap(([key, spans]) =>
    spans.map(span => ({
      span,
      severity: 'warning' as const,
      code: 'duplicate-key' as const,
      values: [key, spans.length],
      related: spans
        .slice(0, mostRelated + 1)
        .filter(other => other !== span)
        .slice(0, mostRelated)
        .map(other => ({ uri: bibliography.uri, span: other })),
    })),
  );
}

/** More places than these nobody follows. */
const mostRelated = 20;

function* duplicatesElsewhere(library: Library, bibliography: Bibliography): Generator<undefined, Diagnostic[]> {
  const ambiguous = yield* ambiguousKeys(library, bibliography);
  return ambiguous.flatMap(({ key, spans, others }) => {
    const named = others.slice(0, mostRelated);
    const related = named
      .flatMap(other => other.spans.slice(0, mostRelated).map(span => ({ uri: other.uri, span })))
      .slice(0, mostRelated);
    const names = named.map(other => fileName(other.uri));
    return spans.map(span => ({
      span,
      severity: 'information' as const,
      code: 'duplicate-key-elsewhere' as const,
      values: [key, names.join(', ')],
      related,
    }));
  });
}

/** Where the entries with some keys have them. */
function placesOf(bibliography: Bibliography, keys: ReadonlySet<string>): [key: string, spans: Span[]][] {
  return [...bibliography.entriesWithKeys(keys)].map(([key, entries]) => [
    key,
    entries.map(entry => bibliography.keySpan(entry)),
  ]);
}

/** What is wrong with the entries that stand in a document. */
const embeddedDiagnostics = (library: Library, uri: string): Diagnostic[] =>
  library
    .embeddedIn(uri)
    .flatMap(({ bibliography }) => [...syntaxDiagnostics(bibliography), ...duplicates(bibliography)]);

/** A document that cites and names no bibliography: told at its first citation. */
function unnamedDiagnostics(library: Library, uri: string, options: ScopeOptions): Diagnostic[] {
  const document = library.manuscript(uri);
  const found = document && firstUnnamed(library, document, options);
  if (found === undefined) return [];
  const { citation, source } = found;
  return [
    {
      span: citation.span,
      severity: 'information',
      code: 'unnamed-bibliography',
      values: [citation.key, fileName(source.bibliography.uri)],
      related: [],
    },
  ];
}

/** Bibliographies that a document, or a file of its project, names and cannot have. */
function declarationDiagnostics(library: Library, uri: string, options: ScopeOptions): Diagnostic[] {
  if (library.manuscript(uri) === undefined && library.metadata(uri) === undefined) return [];
  const scope = scopeIn(library, uri, options);
  const found: Diagnostic[] = [];
  for (const { by, declaration } of scope.unresolved) {
    if (by !== uri) continue;
    found.push({
      span: declaration.span,
      severity: 'warning',
      code: 'missing-bibliography',
      values: [declaration.target],
      related: [],
    });
  }
  for (const { by, declaration } of scope.remote) {
    if (by !== uri) continue;
    found.push({
      span: declaration.span,
      severity: 'information',
      code: 'remote-bibliography',
      values: [declaration.target],
      related: [],
    });
  }
  for (const { uri: file, reason } of scope.bibliographies) {
    if (reason.kind !== 'declared' || reason.by !== uri) continue;
    const problem = problemOf(library, file);
    if (problem === undefined) continue;
    found.push({
      span: reason.declaration.span,
      severity: problem === 'unrecognised' || problem.code !== 'empty' ? 'warning' : 'information',
      ...contentProblem(problem, reason.declaration.target),
      related: [],
    });
  }
  return found;
}

/** What of a file that is named and there cannot be read: it may hold something else altogether. */
function problemOf(library: Library, uri: string): BibliographyProblem | 'unrecognised' | undefined {
  const bibliography = library.bibliography(uri);
  if (bibliography !== undefined) return bibliography.problem;
  return library.text(uri)?.trim() === '' ? { code: 'empty' } : 'unrecognised';
}

function contentProblem(
  problem: BibliographyProblem | 'unrecognised',
  target: string,
): Pick<Diagnostic, 'code' | 'values'> {
  if (problem === 'unrecognised') return { code: 'unrecognised-bibliography', values: [target] };
  switch (problem.code) {
    case 'undecodable':
      return { code: 'undecodable-bibliography', values: [target] };
    case 'binary':
      return { code: 'binary-bibliography', values: [target] };
    case 'unreadable':
      return { code: 'unreadable-bibliography', values: [target, problem.reason] };
    case 'empty':
      return { code: 'empty-bibliography', values: [target] };
    case 'no-entries':
      return { code: 'no-entries', values: [target, problem.format] };
  }
}
