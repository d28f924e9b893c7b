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
    // A record goes on to the next one; the empty lines between them are not folded.
    const text = bibliography.text.slice(start, end).trimEnd();
    if (/[\r\n]/u.test(text)) found.push({ start, end: start + text.length });
  }
  return found;
}
