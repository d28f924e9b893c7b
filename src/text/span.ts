import type { FileText } from './fileText.ts';

/** A stretch of text: UTF-16 offsets, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const contains = (span: Span, offset: number): boolean => span.start <= offset && offset <= span.end;

export const slice = (text: FileText, span: Span): string => text.slice(span.start, span.end);
