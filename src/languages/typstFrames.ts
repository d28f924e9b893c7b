import type { BibliographyDeclaration, CitationGroup, Include } from './language.ts';
import type { TypstSource } from './typstLexis.ts';

/** What a Typst file says, before its own labels are told from the keys of references. */
export interface TypstFindings {
  readonly groups: CitationGroup[];
  readonly declarations: BibliographyDeclaration[];
  readonly includes: Include[];
  /** Names of the labels that the document sets (`<sec:method>`). */
  readonly labels: ReadonlySet<string>;
}

/** Where a reading stands. */
export interface Reader extends TypstFindings {
  readonly source: TypstSource;
  readonly labels: Set<string>;
  /** Those below the top. */
  readonly frames: Frame[];
  top: Frame;
  /** The last word of code. */
  word: { readonly name: string; readonly start: number; readonly end: number };
}

/** A bracket or expression that the pass is in. */
export interface Frame {
  /** `chain`: an expression behind `#`; `statement`: one that begins with a keyword and ends with its line. */
  readonly kind: 'content' | 'math' | 'code' | 'chain' | 'statement';
  readonly closer: string;
  /** The function whose arguments stand in the parentheses. */
  readonly callee: string;
  readonly start: number;
  /** Name and number of the argument. */
  argument: string;
  position: number;
  /** Index of the citation that the call makes. */
  group: number;
}

export function frame(kind: Frame['kind'], closer: string, callee = '', start = 0): Frame {
  return { kind, closer, callee, start, argument: '', position: 0, group: -1 };
}

export function push(reader: Reader, next: Frame): void {
  reader.frames.push(reader.top);
  reader.top = next;
}

/** Leaves the top frame at `end`; a citation reaches to the end of its call. */
export function pop(reader: Reader, end: number): void {
  const { group: index } = reader.top;
  const group = reader.groups[index];
  if (group !== undefined) reader.groups[index] = { ...group, span: { start: group.span.start, end } };
  const below = reader.frames.pop();
  if (below !== undefined) reader.top = below;
}
