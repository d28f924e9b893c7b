import type { Span } from './span.ts';

/** Replaces `span` of a text by `newText`. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Applies edits that do not overlap, given in any order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  let from = 0;
  for (const edit of sorted) {
    parts.push(text.slice(from, edit.span.start), edit.newText);
    from = edit.span.end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
