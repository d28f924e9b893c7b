/** What a check found, without its sentence. */
export type ProblemCode =
  | 'missing-bibliography'
  | 'remote-bibliography'
  | 'unnamed-bibliography'
  | 'unrecognised-bibliography'
  | 'undecodable-bibliography'
  | 'binary-bibliography'
  | 'unreadable-bibliography'
  | 'empty-bibliography'
  | 'no-entries'
  | 'duplicate-key'
  | 'duplicate-key-elsewhere'
  | 'unclosed-entry'
  | 'unclosed-value'
  | 'missing-key'
  | 'missing-comma'
  | 'missing-equals'
  | 'missing-name'
  | 'missing-value'
  | 'missing-piece'
  | 'unexpected-text'
  | 'missing-type'
  | 'unclosed-record'
  | 'broken-json'
  | 'broken-yaml';

/** `{0}`, `{1}` stand for the arguments. */
const sentences: Readonly<Record<ProblemCode, string>> = {
  'missing-bibliography': 'The bibliography “{0}” does not exist.',
  'remote-bibliography':
    '“{0}” is an address on the network, which Colophon does not fetch: save it as a file to cite from it here.',
  'unnamed-bibliography':
    '“{0}” is in {1}, but the document names no bibliography, so the list of references will lack it.',
  'unrecognised-bibliography': 'The bibliography “{0}” is in no format that Colophon reads.',
  'undecodable-bibliography': 'The bibliography “{0}” is no text in an encoding that can be read: save it as UTF-8.',
  'binary-bibliography': 'The bibliography “{0}” is a binary file.',
  'unreadable-bibliography': 'The bibliography “{0}” cannot be read: {1}',
  'empty-bibliography': 'The bibliography “{0}” is empty.',
  'no-entries': 'The bibliography “{0}” has no entries that could be read as {1}.',
  'duplicate-key': 'The key “{0}” is used by {1} entries of this file.',
  'duplicate-key-elsewhere': 'The key “{0}” is used in other files, too: {1}.',
  'unclosed-entry': 'This entry is never closed.',
  'unclosed-value': 'This value is never closed.',
  'missing-key': 'This entry has no key, so it cannot be cited.',
  'missing-comma': 'A comma is missing here.',
  'missing-equals': 'An equals sign is missing here.',
  'missing-name': 'A field name is missing here.',
  'missing-value': 'A value is missing here.',
  'missing-piece': 'Something to join is missing here.',
  'unexpected-text': 'This text belongs to no field.',
  'missing-type': 'This record does not begin with its type (TY).',
  'unclosed-record': 'This record does not end with ER.',
  'broken-json': 'The JSON of this entry is broken here.',
  'broken-yaml': 'The YAML of this entry is broken here.',
};

/** The sentence of a problem. */
export const sentenceOf = (code: ProblemCode, values: readonly (string | number)[]): string =>
  sentences[code].replace(/\{(\d)\}/gu, (_, index: string) => String(values[Number(index)] ?? ''));

/** What is said of a bibliography as a whole. */
export const bibliographyTexts = {
  holds: ({ entryCount, format }: { readonly entryCount: number; readonly format: { readonly title: string } }) =>
    `${String(entryCount)} ${entryCount === 1 ? 'reference' : 'references'} in ${format.title}`,
} as const;

/** Words on the card of a reference. */
export const cardTexts = {
  keywords: 'Keywords',
  otherEntries: 'Same key',
  outside: 'Not in the bibliography of this document. To accept it adds it there.',
} as const;
