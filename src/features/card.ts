import type { LibraryEntry } from '../library/library.ts';
import { abstractOf, containerOf, doiOf, keywordsOf, titleOf, urlOf } from '../model/describe.ts';
import type { Reference } from '../model/reference.ts';
import type { TextRun } from '../text/run.ts';
import { doiLink, escapeMarkdown, fileLink, runsToMarkdown, webLink } from './markdown.ts';
import { cardTexts } from './messages.ts';

export interface CardOptions {
  /** The reference as a citation style shows it; absent while no style is loaded. */
  readonly formatReference?: (reference: Reference) => readonly TextRun[];
}

/** All that a user wants to see of an entry, as Markdown. `others` are entries with the same key. */
export function entryCard(found: LibraryEntry, others: readonly LibraryEntry[], options: CardOptions): string {
  const { bibliography, entry } = found;
  const reference = bibliography.reference(entry);
  const abstract = abstractOf(reference)?.slice(0, longestAbstract);
  const keywords = keywordsOf(reference);
  const paragraphs = [
    runsToMarkdown(formattedByHand(reference) ?? options.formatReference?.(reference) ?? plainReference(found)),
    abstract === undefined
      ? ''
      : abstract
          .split(/\n\s*\n/u)
          .map(escapeMarkdown)
          .join('\n\n'),
    keywords.length === 0
      ? ''
      : `*${cardTexts.keywords}:* ${keywords.slice(0, mostKeywords).map(escapeMarkdown).join(' · ')}`,
    [...linksOf(reference), entryLink(found), `\`${codeText(reference.key.slice(0, longestKey))}\``].join(' · '),
    others.length === 0 ? '' : `${cardTexts.otherEntries}: ${others.slice(0, mostOthers).map(entryLink).join(' · ')}`,
  ];
  return paragraphs.filter(paragraph => paragraph !== '').join('\n\n');
}

/** Some fifty times an abstract; editors show no more either. */
const longestAbstract = 50_000;

/** More links nobody follows. */
const mostOthers = 20;
const mostKeywords = 500;

/** An item of `thebibliography` is a formatted reference already. */
const formattedByHand = (reference: Reference): TextRun[] | undefined =>
  reference.source.format === 'thebibliography' ? [{ text: titleOf(reference) ?? '' }] : undefined;

/** Authors, year, title and where it appeared, for when no citation style is at hand. */
function plainReference({ bibliography, entry }: LibraryEntry): TextRun[] {
  const { authors, year, title } = bibliography.summary(entry);
  const container = containerOf(bibliography.reference(entry)) ?? '';
  const head = [authors, year === '' ? '' : `(${year})`].filter(part => part !== '').join(' ');
  const runs: TextRun[] = [{ text: [head, title].filter(part => part !== '').join('. ') }];
  if (container !== '') runs.push({ text: '. ' }, { text: container, italic: true });
  return runs;
}

function linksOf(reference: Reference): string[] {
  const doi = doiOf(reference);
  const url = urlOf(reference);
  const isSame = doi !== undefined && url?.toLowerCase().endsWith(`doi.org/${doi.toLowerCase()}`) === true;
  const links = [
    doi === undefined ? undefined : doiLink(doi),
    url === undefined || isSame ? undefined : webLink(shortAddress(url), url),
  ];
  return links.filter(link => link !== undefined);
}

/** `file.bib`, linked to the line where the entry begins. */
function entryLink({ bibliography, entry }: LibraryEntry): string {
  const { line } = bibliography.placeAt(bibliography.keySpan(entry).start);
  return fileLink(fileName(bibliography.uri), bibliography.uri, line + 1);
}

/** The last part of an address, as a person reads it. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign that encodes nothing.
    return name;
  }
}

const longestAddress = 60;
const longestKey = 1000;

function shortAddress(url: string): string {
  const bare = url.trim().replace(/^https?:\/\/(?:www\.)?/iu, '');
  return bare.length > longestAddress ? `${bare.slice(0, longestAddress)}…` : bare;
}

/** In code nothing is markup, but a backtick ends it. */
const codeText = (key: string): string => key.replace(/[`\s]/gu, ' ').trim();
