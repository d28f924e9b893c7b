import { isBlank, isCapital, isDigit, skipBlanks, type TagFamily, type TagPlace } from './recordLines.ts';

/** Lines of the file: its name and version at the beginning, and its end. */
const FILE_TAGS = new Set(['FN', 'VR', 'EF']);

/**
 * The tagged export of Web of Science: `TI Title`, values going on in lines that are indented by three blanks. A record stands from
 * `PT` (J, B, S, P or C) to `ER`. In prose "US forces" looks like a tag too: whoever uses the records must look at their tags.
 */
export const webOfScienceFamily: TagFamily = {
  tagOf: webOfScienceTag,
  role: (tag, value) =>
    tag === 'ER' ? 'end' : FILE_TAGS.has(tag) ? 'outside' : tag === 'PT' && /^[A-Z]$/u.test(value) ? 'begin' : 'field',
  restarts: () => false,
  mayBegin: () => true,
  isParagraph: (text, start) => text.startsWith('   ', start),
};

/** A capital, a capital or digit, and a blank or the end of the line. */
function webOfScienceTag(text: string, start: number, end: number): TagPlace | undefined {
  const second = text.charCodeAt(start + 1);
  const value = start + 2;
  const isTag = end - start >= 2 && isCapital(text.charCodeAt(start)) && (isCapital(second) || isDigit(second));
  if (!isTag || (value < end && !isBlank(text.charCodeAt(value)))) return undefined;
  return { tag: { start, end: value }, value: skipBlanks(text, value, end) };
}
