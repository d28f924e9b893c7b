import { withoutKeyPrefixes } from '../languages/keyPrefixes.ts';
import type { Language, Manuscript } from '../languages/language.ts';
import type { CitationCommands } from '../languages/texCommands.ts';
import { sameCommands } from './knownCommands.ts';
import { noLabels, sameNames, sameRules, withoutLabels } from './labels.ts';
import type { LabelRules } from './labels.ts';

/** What other files tell of how a document is to be read. */
export interface Surroundings {
  /** The citation commands from elsewhere. */
  readonly commands: CitationCommands;
  /** Its own language, or a dialect of it that its project is written in. */
  readonly language: Language;
  readonly labels: LabelRules;
  /** What keys are written with that the bibliographies of the project list. */
  readonly keyPrefixes: readonly string[];
}

interface Reading {
  readonly scanned: Manuscript;
  readonly ownKeyPrefixes: readonly string[];
}

/** One document that can cite. It is scanned when somebody first asks. */
export class ManuscriptDocument {
  readonly uri: string;
  /** As the editor or its name says. */
  readonly ownLanguage: Language;
  readonly text: string;
  #surroundings: Surroundings;
  #known: Reading | undefined;

  /** `before`: an earlier text of the document, whose surroundings will do mostly. */
  constructor(uri: string, language: Language, text: string, before?: ManuscriptDocument) {
    this.uri = uri;
    this.ownLanguage = language;
    this.text = text;
    this.#surroundings = before?.ownLanguage === language ? before.#surroundings : withoutOthers(language);
  }

  get language(): Language {
    return this.#surroundings.language;
  }

  get scanned(): Manuscript {
    return this.#read().scanned;
  }

  /** What keys are written with that its own bibliographies list. */
  get ownKeyPrefixes(): readonly string[] {
    return this.#read().ownKeyPrefixes;
  }

  /** From now on it is read with these. */
  know(surroundings: Surroundings): void {
    const { commands, language, labels, keyPrefixes } = this.#surroundings;
    const isSame =
      language === surroundings.language &&
      sameCommands(commands, surroundings.commands) &&
      sameRules(labels, surroundings.labels) &&
      sameNames(keyPrefixes, surroundings.keyPrefixes);
    if (isSame) return;
    this.#surroundings = surroundings;
    this.#known = undefined;
  }

  #read(): Reading {
    if (this.#known === undefined) {
      const { language, commands, labels, keyPrefixes } = this.#surroundings;
      const own = language.scan(this.text, commands);
      const scanned = withoutLabels(this.text, withKeyPrefixes(this.text, own, keyPrefixes), labels);
      this.#known = { scanned, ownKeyPrefixes: own.keyPrefixes ?? [] };
    }
    return this.#known;
  }
}

const withoutOthers = (language: Language): Surroundings => ({
  commands: new Map(),
  language,
  labels: noLabels,
  keyPrefixes: [],
});

function withKeyPrefixes(text: string, own: Manuscript, keyPrefixes: readonly string[]): Manuscript {
  if (keyPrefixes.length === 0) return own;
  return { ...own, groups: withoutKeyPrefixes(text, own.groups, keyPrefixes), keyPrefixes };
}
