import type { Language, Manuscript } from '../languages/language.ts';
import type { CitationCommands } from '../languages/texCommands.ts';
import { sameCommands } from './knownCommands.ts';
import { noLabels, sameRules, withoutLabels } from './labels.ts';
import type { LabelRules } from './labels.ts';

/** What other files tell of how a document is to be read. */
export interface Surroundings {
  /** The citation commands from elsewhere. */
  readonly commands: CitationCommands;
  /** Its own language, or a dialect of it that its project is written in. */
  readonly language: Language;
  readonly labels: LabelRules;
}

/** One document that can cite. It is scanned when somebody first asks. */
export class ManuscriptDocument {
  readonly uri: string;
  /** As the editor or its name says. */
  readonly ownLanguage: Language;
  readonly text: string;
  #surroundings: Surroundings;
  #scanned: Manuscript | undefined;

  /** `before`: an earlier text of the document, whose surroundings will do mostly. */
  constructor(uri: string, language: Language, text: string, before?: ManuscriptDocument) {
    this.uri = uri;
    this.ownLanguage = language;
    this.text = text;
    this.#surroundings =
      before?.ownLanguage === language ? before.#surroundings : { commands: new Map(), language, labels: noLabels };
  }

  get language(): Language {
    return this.#surroundings.language;
  }

  get scanned(): Manuscript {
    if (this.#scanned === undefined) {
      const { language, commands, labels } = this.#surroundings;
      this.#scanned = withoutLabels(this.text, language.scan(this.text, commands), labels);
    }
    return this.#scanned;
  }

  /** From now on it is read with these. */
  know(surroundings: Surroundings): void {
    const { commands, language, labels } = this.#surroundings;
    const isSame =
      language === surroundings.language &&
      sameCommands(commands, surroundings.commands) &&
      sameRules(labels, surroundings.labels);
    if (isSame) return;
    this.#surroundings = surroundings;
    this.#scanned = undefined;
  }
}
