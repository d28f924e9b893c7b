import { COMPLETION_LANGUAGES, OTHER_EXTENSIONS } from './otherExtensions.ts';
import type { CompletionChoice } from './otherExtensions.ts';

/** One setting of the extension: declared here once; the manifest repeats it and a test compares the two. */
export interface Setting {
  /** Without the `colophon.` in front. */
  readonly key: string;
  readonly type: 'string' | 'boolean' | 'array';
  readonly default: string | boolean | readonly string[];
  /** For a string that is a choice: each choice with what it means. */
  readonly choices?: ReadonlyMap<string, string>;
  /** How the choices are called in the settings editor, where their values tell too little. */
  readonly labels?: readonly string[];
  /** Markdown. */
  readonly description: string;
  readonly scope: 'window' | 'resource' | 'machine-overridable';
}

export const SETTING_SECTION = 'colophon';

const TITLES: ReadonlyMap<string, string> = new Map([
  ['latex', 'LaTeX'],
  ['markdown', 'Markdown, R Markdown and notebooks'],
  ['quarto', 'Quarto'],
  ['typst', 'Typst'],
  ['myst', 'MyST'],
  ['restructuredText', 'reStructuredText'],
  ['org', 'Org'],
  ['asciidoc', 'AsciiDoc'],
]);

/** Titles of the extensions that offer references in one of these languages, too: "LaTeX Workshop". */
const othersFor = (languageIds: readonly string[]): string =>
  OTHER_EXTENSIONS.filter(other => other.languageIds.some(id => languageIds.includes(id)))
    .map(other => other.title)
    .join(' or ');

const autoText = (others: string): string =>
  others === ''
    ? 'Offered, as long as no other extension is known that lists references there.'
    : `Offered, except beside ${others}.`;

export const SETTINGS: readonly Setting[] = [
  {
    key: 'bibliographies',
    type: 'array',
    default: [],
    description:
      'Bibliographies that every document may cite from, whatever it names itself: files in BibTeX or BibLaTeX (`.bib`), RIS (`.ris`), CSL-JSON (`.json`), CSL-YAML or Hayagriva (`.yaml`, `.yml`), PubMed (`.nbib`), EndNote (`.enw`, `.xml`), Web of Science (`.ciw`) or MODS (`.xml`), as absolute paths, paths that begin with `~`, or paths relative to the workspace folder. Addresses on the network are not fetched.',
    scope: 'resource',
  },
  {
    key: 'citationStyle',
    type: 'string',
    default: 'apa',
    choices: new Map([
      ['apa', 'APA style, 7th edition: Gillard, S., & Holley, J. (2015). …'],
      ['vancouver', 'Vancouver style: Gillard S, Holley J. …'],
      ['harvard1', 'Harvard style: Gillard, S. and Holley, J., 2015. …'],
    ]),
    labels: ['APA', 'Vancouver', 'Harvard'],
    description:
      'The citation style in which references are shown in hovers and in the details of the completion list.',
    scope: 'window',
  },
  {
    key: 'latex.citationCommands',
    type: 'array',
    default: [],
    description:
      'Further LaTeX commands that cite, with or without backslash, such as `\\source` or `see`: the last argument in braces holds the keys, of a command whose name ends in `cites` every one. Commands that the files of a document define are found without it.',
    scope: 'window',
  },
  {
    key: 'latex.rootDocument',
    type: 'string',
    default: '',
    description:
      'The LaTeX document that is processed, such as `thesis/main.tex`, as an absolute path, a path that begins with `~`, or a path relative to the workspace folder. Other LaTeX documents that cannot stand alone cite from its bibliographies, except where a magic comment (`% !TEX root`) or `subfiles` names another. Usually found without it, from what includes what.',
    scope: 'window',
  },
  ...COMPLETION_LANGUAGES.map(([key, ...languageIds]): Setting => ({
    key: `completion.${key}`,
    type: 'string',
    default: 'auto',
    choices: new Map([
      ['auto', autoText(othersFor(languageIds))],
      ['on', 'Offered, whatever else is installed.'],
      ['off', 'Not offered. Hovers, definitions and *Insert Citation* stay.'],
    ]),
    description: `Whether references are offered while you type in ${TITLES.get(key) ?? key}.`,
    scope: 'window',
  })),
  {
    key: 'insert.latex',
    type: 'string',
    default: '\\cite',
    description:
      'The command with which *Insert Citation* cites in LaTeX: `\\cite`, `\\autocite`, `\\parencite`, `\\citep` or any other that the document has.',
    scope: 'window',
  },
  {
    key: 'insert.markdown',
    type: 'string',
    default: 'auto',
    choices: new Map([
      ['auto', 'A role where the document has some already, and in MyST; else `[@key]`.'],
      ['[@key]', 'In parentheses.'],
      ['@key', 'In the sentence.'],
      ['{cite:p}', 'A role of MyST, in parentheses.'],
      ['{cite:t}', 'A role of MyST, in the sentence.'],
    ]),
    description: 'How *Insert Citation* cites in Markdown, Quarto, R Markdown, MyST and notebooks.',
    scope: 'window',
  },
  {
    key: 'insert.typst',
    type: 'string',
    default: '@key',
    choices: new Map([
      ['@key', 'As the style does it.'],
      ['#cite(<key>)', 'The same as a call.'],
      ['#cite(<key>, form: "prose")', 'In the sentence.'],
      ['#footnote[@key]', 'In a footnote.'],
    ]),
    description: 'How *Insert Citation* cites in Typst.',
    scope: 'window',
  },
  {
    key: 'insert.restructuredText',
    type: 'string',
    default: ':cite:p:',
    choices: new Map([
      [':cite:p:', 'In parentheses.'],
      [':cite:t:', 'In the sentence.'],
      [':cite:', 'As the style does it.'],
      [':footcite:p:', 'In a footnote.'],
    ]),
    description: 'How *Insert Citation* cites in reStructuredText.',
    scope: 'window',
  },
  {
    key: 'insert.org',
    type: 'string',
    default: 'auto',
    choices: new Map([
      ['auto', 'A link of org-ref where the document has nothing but those; else `[cite:@key]`.'],
      ['[cite:@key]', 'As the style does it.'],
      ['[cite/t:@key]', 'In the sentence.'],
      ['[cite/ft:@key]', 'In a footnote.'],
      ['cite:&key', 'A link of org-ref.'],
    ]),
    description: 'How *Insert Citation* cites in Org.',
    scope: 'window',
  },
  {
    key: 'insert.asciidoc',
    type: 'string',
    default: 'auto',
    choices: new Map([
      ['auto', '`citep:[]` where the document names its bibliography for asciidoctor-bibliography; else `cite:[]`.'],
      ['cite:[]', 'In parentheses.'],
      ['citenp:[]', 'In the sentence.'],
      ['citep:[]', 'In parentheses, with asciidoctor-bibliography.'],
      ['citet:[]', 'In the sentence, with asciidoctor-bibliography.'],
    ]),
    description: 'How *Insert Citation* cites in AsciiDoc.',
    scope: 'window',
  },
  {
    key: 'convert.lossless',
    type: 'string',
    default: 'auto',
    choices: new Map([
      [
        'auto',
        'Carried along in additional BibTeX fields and in `custom` of CSL-JSON; left out of RIS, which has only the notes for it.',
      ],
      ['always', 'Carried along in every format, in RIS as notes.'],
      ['never', 'Left out: only what the format has a field for is written.'],
    ]),
    description:
      'What a conversion does with a value that the target format has no field for. What is left out is always reported.',
    scope: 'window',
  },
];

/** What the server needs of the settings. */
export interface Options {
  readonly bibliographies: readonly string[];
  readonly citationStyle: string;
  /** Names of LaTeX commands, with or without backslash. */
  readonly citationCommands: readonly string[];
  /** A path, empty where the user chooses none. */
  readonly rootDocument: string;
  /** By the id that an editor has for a language: whether references are offered while the user types. */
  readonly completion: ReadonlyMap<string, CompletionChoice>;
  /** By the id of a document language: how a citation is inserted. Where it is absent: as suits the document. */
  readonly insert: ReadonlyMap<string, string>;
  /** Undefined: as is usual for the target format. */
  readonly lossless: boolean | undefined;
}

/** Reads the section as an editor sends it; whatever is absent or of a wrong type has its default. */
export function readOptions(section: unknown): Options {
  return {
    bibliographies: texts(valueAt(section, 'bibliographies')),
    citationStyle: choice(section, 'citationStyle'),
    citationCommands: texts(valueAt(section, 'latex.citationCommands')),
    rootDocument: choice(section, 'latex.rootDocument').trim(),
    completion: completionChoices(section),
    insert: insertions(section),
    lossless: LOSSLESS.get(choice(section, 'convert.lossless')),
  };
}

/** Those that are not `auto`. */
function completionChoices(section: unknown): ReadonlyMap<string, CompletionChoice> {
  const choices = COMPLETION_LANGUAGES.flatMap(([key, ...languageIds]) => {
    const chosen = choice(section, `completion.${key}`);
    return chosen === 'on' || chosen === 'off' ? languageIds.map(id => [id, chosen] as const) : [];
  });
  return new Map(choices);
}

/** Languages with the setting that they share. */
const INSERTIONS: readonly (readonly [language: string, setting: string])[] = [
  ['latex', 'latex'],
  ['markdown', 'markdown'],
  ['myst', 'markdown'],
  ['percent-script', 'markdown'],
  ['typst', 'typst'],
  ['restructuredText', 'restructuredText'],
  ['org', 'org'],
  ['asciidoc', 'asciidoc'],
];

function insertions(section: unknown): ReadonlyMap<string, string> {
  const chosen = INSERTIONS.map(([language, setting]) => [language, choice(section, `insert.${setting}`)] as const);
  return new Map(chosen.filter(([, form]) => form !== 'auto'));
}

const LOSSLESS: ReadonlyMap<string, boolean> = new Map([
  ['always', true],
  ['never', false],
]);

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string' && item.trim() !== '').map(String) : [];

function choice(section: unknown, key: string): string {
  const setting = SETTINGS.find(candidate => candidate.key === key);
  const value = valueAt(section, key);
  const isChoice = typeof value === 'string' && (setting?.choices?.has(value) ?? value.trim() !== '');
  return isChoice ? value : String(setting?.default);
}

/** Editors send `convert.lossless` nested, as `{ convert: { lossless } }`, or flat. */
function valueAt(section: unknown, key: string): unknown {
  if (!isRecord(section)) return undefined;
  if (key in section) return section[key];
  let value: unknown = section;
  for (const part of key.split('.')) value = isRecord(value) ? value[part] : undefined;
  return value;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
