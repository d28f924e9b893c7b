import { doiOf } from '../model/describe.ts';
import type { CarriedRecord, Reference, Value } from '../model/reference.ts';
import { isUrl } from './risValue.ts';

/** What tells BibLaTeX or another program what to do, or is for one machine only: no fact about the work. */
const instructions = new Set(
  'crossref xref xdata ids entryset related relatedtype relatedstring relatedoptions options execute presort sortkey sortname sortshorthand sorttitle sortyear langidopts gender nameaddon label shorthandintro bookpagination pagination printedkey cff-message'.split(
    ' ',
  ),
);

/** Fields in which programs keep accounts of their own. */
const accounts =
  /^(?:colrev[._].*|mendeley-.*|bdsk-(?!url).*|jabref-.*|(?:date|time)-?(?:added|modified|created|stamp)|creationdate|modificationdate|added-(?:at|by)|owner|groups?|rating|priority|ranking|readstatus|read|flags|qualityassured|intrahash|interhash|username|local-.*|uri|endnote-(?:database|source-app|rec-number|foreign-keys)|pubmed-(?:own|stat|drdt|ctdt|da|dcom|lr|jid|sb|edat|mhda|crdt|cdat|phst|pst|pubm|so|oto|oci|pmcr)|.*\+(?:an|options)(?::.*)?|.*-an(?::.*)?|x-.*|__.*)$/su;

const addresses = /^(?:ris-(?:ur|l2|l4|lk)(?:-\d+)?|bdsk-url-\d+)$/u;

/** Whether a field is what the program that a carried record comes from keeps for itself: it stands in the record. */
export const isAccountOf = ({ format }: CarriedRecord, name: string): boolean =>
  name.startsWith(format === 'endnote-xml' ? 'endnote-' : `${format}-`) && accounts.test(name);

/** Further addresses of a work: those of RIS tags, and BibDesk's fields. */
export const isFurtherAddress = (name: string, value?: Value): boolean =>
  addresses.test(name) && (value === undefined || isUrl(addressText(value)));

const addressText = (value: Value): string =>
  value.kind === 'text' || value.kind === 'verbatim' ? value.text.trim() : '';

/** Whether another field says an address already: the URL, or the DOI. */
export function isKnownAddress(reference: Reference, name: string): boolean {
  const value = reference.fields.get(name);
  const address = value === undefined ? '' : addressText(value);
  const url = reference.fields.get('url');
  const doi = doiOf(reference)?.toLowerCase();
  return (
    (url !== undefined && addressText(url) === address) ||
    (doi !== undefined && address.replace(/^https?:\/\/(?:dx\.)?doi\.org\//iu, '').toLowerCase() === doi)
  );
}

/** Whether a field without a slot says something about the work, so that it is worth a line in a note. */
export const isFact = (name: string, value: Value): boolean =>
  !instructions.has(name) &&
  !accounts.test(name) &&
  // Of files only those that others can reach.
  (name !== 'file' || isUrl(addressText(value)));

/** The first note of a RIS record and the others. A note of another source is one, however many paragraphs it has. */
export function firstNote(reference: Reference, note: string): [first?: string, rest?: string] {
  const end = reference.source.format === 'ris' ? note.indexOf('\n\n') : -1;
  return end < 0 ? [note] : [note.slice(0, end), note.slice(end + 2)];
}
