import type { Language, Manuscript } from '../languages/language.ts';

/** One document that can cite. It is scanned when somebody first asks. */
export class ManuscriptDocument {
  readonly uri: string;
  readonly language: Language;
  readonly text: string;
  #scanned: Manuscript | undefined;

  constructor(uri: string, language: Language, text: string) {
    this.uri = uri;
    this.language = language;
    this.text = text;
  }

  get scanned(): Manuscript {
    return (this.#scanned ??= this.language.scan(this.text));
  }
}
