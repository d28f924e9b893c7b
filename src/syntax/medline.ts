import { isBlank, isCapital, isDigit, skipBlanks, type TagFamily, type TagPlace } from './recordLines.ts';

const HYPHEN = 45;

/** The width of a MEDLINE tag with the blanks behind it; the hyphen follows. */
const TAG_WIDTH = 4;

/**
 * MEDLINE as PubMed displays it: `TI  - Title`, values going on in lines that are indented by six blanks, records parted by an empty
 * line. A record begins with its PMID.
 */
export const medlineFamily: TagFamily = {
  tagOf: medlineTag,
  role: tag => (tag === 'PMID' ? 'begin' : 'field'),
  restarts: () => true,
  mayBegin: () => true,
  isParagraph: (text, start) => text.startsWith('    ', start),
};

/** Two to four capitals or digits, blanks up to the fifth column, a hyphen, a blank. */
function medlineTag(text: string, start: number, end: number): TagPlace | undefined {
  if (end - start <= TAG_WIDTH || text.charCodeAt(start + TAG_WIDTH) !== HYPHEN || !isCapital(text.charCodeAt(start))) {
    return undefined;
  }
  let tagEnd = start + 1;
  while (tagEnd < start + TAG_WIDTH && isTagCharacter(text.charCodeAt(tagEnd))) tagEnd++;
  const isPadded = skipBlanks(text, tagEnd, start + TAG_WIDTH) === start + TAG_WIDTH;
  const value = start + TAG_WIDTH + 1;
  if (tagEnd < start + 2 || !isPadded || (value < end && !isBlank(text.charCodeAt(value)))) return undefined;
  return { tag: { start, end: tagEnd }, value: skipBlanks(text, value, end) };
}

const isTagCharacter = (code: number): boolean => isCapital(code) || isDigit(code);
