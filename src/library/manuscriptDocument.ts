import type { Language, Manuscript } from '../languages/language.ts';
import type { CitationCommands } from '../languages/texCommands.ts';
import { sameCommands } from './knownCommands.ts';

/** One document that can cite. It is scanned when somebody first asks. */
export class ManuscriptDocument {
  readonly uri: string;
  readonly language: Language;
  readonly text: string;
  #commands: CitationCommands;
  #scanned: Manuscript | undefined;

  /** `commands`: what an earlier text of the document was scanned with, which will do mostly. */
  constructor(uri: string, language: Language, text: string, commands: CitationCommands = new Map()) {
    this.uri = uri;
    this.language = language;
    this.text = text;
    this.#commands = commands;
  }

  get scanned(): Manuscript {
    return (this.#scanned ??= this.language.scan(this.text, this.#commands));
  }

  /** The citation commands from elsewhere that it is scanned with. */
  get commands(): CitationCommands {
    return this.#commands;
  }

  /** From now on it is scanned with these. */
  know(commands: CitationCommands): void {
    if (sameCommands(commands, this.#commands)) return;
    this.#commands = commands;
    this.#scanned = undefined;
  }
}
