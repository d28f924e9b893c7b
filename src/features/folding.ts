import type { Library } from '../library/library.ts';
import { mayHoldAnything } from '../protocol/documents.ts';
import type { Span } from '../text/span.ts';

/**
 * The entries of a bibliography that stand on several lines; undefined for other files, and for JSON, YAML and XML, in which editors fold
 * more than entries: by what they know of these languages or by indentation, which they leave to us if we answer.
 */
export function foldings(library: Library, uri: string): Span[] | undefined {
  const bibliography = library.bibliography(uri);
  if (bibliography === undefined || mayHoldAnything(uri)) return undefined;
  const found: Span[] = [];
  for (let entry = 0; entry < bibliography.entryCount; entry++) {
    const { start, end } = bibliography.entrySpan(entry);
    const last = endOfText(bibliography.text, start, end);
    if (/[\r\n]/u.test(bibliography.text.slice(start, last))) found.push({ start, end: last });
  }
  return found;
}

/** A record goes on to the next one; the empty lines between them are not folded. */
function endOfText(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) <= 32) last--;
  return last;
}
