import { isBlank, skipBlanks, type TagFamily, type TagPlace } from './recordLines.ts';

const PERCENT = 37;

/** Tags whose values may have several paragraphs: abstract, notes, research notes. */
const LONG_TAGS = 'XZ<';

/**
 * Refer and EndNote's import format: `%T Title`, values going on in lines without a tag. EndNote's records begin with `%0`; those of
 * refer begin with any tag behind an empty line.
 */
export const referFamily: TagFamily = {
  tagOf: referTag,
  role: tag => (tag === '0' ? 'begin' : 'field'),
  // EndNote writes empty lines inside of values: a tag behind one begins a record only where its record has that tag already.
  restarts: (tag, seen) => !seen.has('0') || (seen.has('T') && (tag === 'T' || (tag === 'A' && seen.has('A')))),
  mayBegin: () => true,
  isParagraph: (text, _, lastTag) => LONG_TAGS.includes(lastTag) && beginsWithRecord(text),
};

/** A text that begins with a record is no page of prose: paragraphs in it belong to the records. */
export const beginsWithRecord = (text: string): boolean => /^\uFEFF?\s*%0[ \t]/u.test(text.slice(0, 200));

/** A percent sign, one printable character, and a blank or the end of the line. The tag is that character. */
function referTag(text: string, start: number, end: number): TagPlace | undefined {
  const code = text.charCodeAt(start + 1);
  const value = start + 2;
  const isTag = end - start >= 2 && text.charCodeAt(start) === PERCENT && code > 32 && code < 127 && code !== PERCENT;
  if (!isTag || (value < end && !isBlank(text.charCodeAt(value)))) return undefined;
  return { tag: { start: start + 1, end: value }, value: skipBlanks(text, value, end) };
}
