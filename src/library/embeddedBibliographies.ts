import { embeddedFormatNamed } from '../formats/index.ts';
import { slice } from '../text/span.ts';
import { Bibliography } from './bibliography.ts';
import type { ManuscriptDocument } from './manuscriptDocument.ts';

/** Entries that stand in a document. */
export interface EmbeddedBibliography {
  readonly bibliography: Bibliography;
  /** The file that is made of them when the document is processed. */
  readonly fileName: string | undefined;
}

/** More of a document are passed over. */
const mostStretches = 500;

/** The bibliographies that stand in documents. Read when somebody asks; after an edit only what has changed of them. */
export class EmbeddedBibliographies {
  readonly #known = new Map<string, Known>();

  /** In the order of their places. Their spans count in the text of the document. */
  in(document: ManuscriptDocument): readonly EmbeddedBibliography[] {
    const { uri, text } = document;
    const stretches = (document.scanned.embedded ?? []).slice(0, mostStretches);
    const known = this.#known.get(uri);
    if (known?.text === text && known.bibliographies.length === stretches.length) return known.bibliographies;
    const left = [...(known?.bibliographies ?? [])];
    const bibliographies = stretches.flatMap(({ format: name, span, fileName }): EmbeddedBibliography[] => {
      const format = embeddedFormatNamed(name);
      if (format === undefined) return [];
      const at = left.findIndex(one => one.bibliography.format === format && one.fileName === fileName);
      const [before] = at < 0 ? [] : left.splice(at, 1);
      const bibliography = before?.bibliography ?? new Bibliography(uri, format, slice(text, span));
      bibliography.settle(text, span);
      return [before ?? { bibliography, fileName }];
    });
    this.#known.set(uri, { text, bibliographies });
    return bibliographies;
  }

  forget(uri: string): void {
    this.#known.delete(uri);
  }

  /** Those that somebody has asked for. */
  all(): Bibliography[] {
    return [...this.#known.values()].flatMap(({ bibliographies }) => bibliographies.map(one => one.bibliography));
  }
}

interface Known {
  readonly text: string;
  readonly bibliographies: readonly EmbeddedBibliography[];
}
