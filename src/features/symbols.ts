import type { Library } from '../library/library.ts';
import type { Span } from '../text/span.ts';

/** An entry in the outline of a bibliography. */
export interface EntrySymbol {
  /** The key; the type where there is none. */
  readonly name: string;
  /** "Gillard & Holley 2015 Introducing peer workers" */
  readonly detail: string;
  readonly span: Span;
  readonly selectionSpan: Span;
}

/** In longer files the outline names the types only: it is made anew after every edit. */
const mostDetailed = 5000;

/** All entries of a bibliography in order; undefined for other files. */
export function symbols(library: Library, uri: string): EntrySymbol[] | undefined {
  const bibliography = library.bibliography(uri);
  if (bibliography === undefined) return undefined;
  const found: EntrySymbol[] = [];
  for (let entry = 0; entry < bibliography.entryCount; entry++) {
    const type = bibliography.entries.type(entry);
    const key = bibliography.key(entry);
    const span = bibliography.entrySpan(entry);
    let detail = type;
    if (bibliography.entryCount <= mostDetailed) {
      const { authors, year, title } = bibliography.summary(entry);
      detail = [authors, year, title].filter(part => part !== '').join(' ');
    }
    found.push({ name: firstNamed(key, type), detail, span, selectionSpan: inside(bibliography.keySpan(entry), span) });
  }
  return found;
}

/** Editors refuse a symbol without a name. */
const firstNamed = (...names: readonly string[]): string => names.find(name => name.trim() !== '') ?? '?';

/** Editors refuse a selection that is not inside of the symbol. */
const inside = (selection: Span, span: Span): Span => ({
  start: Math.min(Math.max(selection.start, span.start), span.end),
  end: Math.max(Math.min(selection.end, span.end), span.start),
});
