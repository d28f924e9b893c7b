import type { ConversionFormat, Recognition } from './conversion.ts';
import { FORMAT_CHOICES, formatChoice } from './conversionChoices.ts';
import { BIBLIOGRAPHY_EXTENSIONS } from './documents.ts';

/** One way to paste or drop references into a document. */
export interface PasteOffer {
  readonly format: ConversionFormat;
  /** "BibLaTeX Entry", "3 RIS Records" */
  readonly name: string;
}

/** What stands where a record begins, in some format. */
const SIGNS: readonly RegExp[] = [
  /@[a-z]+\s*[{(]/iu, // BibTeX
  /^[\t ]*TY {0,2}-/mu, // RIS
  /^[\t ]*PMID ?-/mu, // PubMed
  /^[\t ]*%[0AT] /mu, // Refer
  /^[\t ]*PT [A-Z]/mu, // Web of Science
  /^\s*[[{][\s\S]*"(?:DOI|title|type)"\s*:/u, // CSL-JSON
  /<(?:record|mods|xml)\b/u, // EndNote, MODS
  /^(?:cff-version|references):/mu,
  /^[\t ]+type:\s/mu, // Hayagriva
];

const SHORTEST = 10;
/** A longer text is not looked through while somebody waits for a paste; the command *Paste As…* takes it. */
const LONGEST = 5_000_000;

/** Whether it is worth asking what references a copied text holds. Cheap, because every paste asks. */
export const mayHoldReferences = (text: string): boolean =>
  text.length >= SHORTEST && text.length <= LONGEST && SIGNS.some(sign => sign.test(text));

/** Whether a text is nothing but entries of the document's language already, as far as its two ends tell. */
export function isOfLanguage(languageId: string, text: string): boolean {
  const trimmed = text.trim();
  if (languageId === 'bibtex') return /^[@%]/u.test(trimmed) && /[})]$/u.test(trimmed);
  const lastLine = trimmed.slice(trimmed.lastIndexOf('\n') + 1);
  return languageId === 'ris' && trimmed.startsWith('TY  -') && lastLine.startsWith('ER  -');
}

/** What to offer for references that go into a document; the first fits the document best. Empty: there is no reference. */
export function pasteOffers(
  languageId: string,
  documentFormat: ConversionFormat | undefined,
  recognised: readonly Recognition[],
): PasteOffer[] {
  const parts = recognised.flatMap(source => (source.problem ? [] : source.parts));
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  if (count === 0) return [];
  const isMerged = recognised.some(source => source.sameWorks);
  const isOne = isMerged ? parts.every(part => part.count === 1) : count === 1;
  const formats = FORMAT_CHOICES.filter(choice => choice.languageId === languageId).map(choice => choice.format);
  const ordered = [
    ...formats.filter(format => format === documentFormat),
    ...formats.filter(f => f !== documentFormat),
  ];
  return ordered.map(format => {
    const noun = `${formatChoice(format).title} ${format === 'ris' ? 'Record' : 'Entry'}`;
    const plural = format === 'ris' ? `${noun}s` : noun.replace(/Entry$/u, 'Entries');
    return { format, name: isOne ? noun : isMerged ? plural : `${count} ${plural}` };
  });
}

const DROPPED_EXTENSIONS: ReadonlySet<string> = new Set([
  ...FORMAT_CHOICES.map(choice => choice.extension),
  ...BIBLIOGRAPHY_EXTENSIONS,
  '.txt',
  '.yml',
  '.isi',
]);

/** Whether a dropped file may hold references, by its name. */
export function mayBeBibliography(fileName: string): boolean {
  const dot = fileName.lastIndexOf('.');
  return dot !== -1 && DROPPED_EXTENSIONS.has(fileName.slice(dot).toLowerCase());
}
