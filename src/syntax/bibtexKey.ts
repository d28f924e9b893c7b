import type { Span } from '../text/span.ts';
import {
  CLOSE_BRACE,
  CLOSE_PARENTHESIS,
  COMMA,
  EQUALS,
  OPEN_BRACE,
  OPEN_PARENTHESIS,
  PERCENT,
  QUOTE,
  AT,
  findNeighbour,
  isLineEnd,
  isNameCharacter,
  isSpace,
  skipSpace,
  trimEnd,
} from './bibtexLexis.ts';

/**
 * Finds the key of an entry whose `{` or `(` stands before `from`; an empty span where the fields begin when there is none.
 * A key may hold everything but `,`, `}` and line ends: BibTeX forbids white space, real files do not. Braces and, inside
 * parentheses, parentheses may stand in it in pairs.
 */
export function findKey(text: string, opener: number, end: number): Span {
  const inParentheses = text.charCodeAt(opener) === OPEN_PARENTHESIS;
  let start = skipSpace(text, opener + 1, end);
  let depth = 0;
  let i = start;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === COMMA) break;
    if (isLineEnd(code)) {
      if (text.charCodeAt(start) !== PERCENT) break;
      start = skipSpace(text, i, end);
      i = start - 1;
      depth = 0;
    } else if (code === OPEN_BRACE || (inParentheses && code === OPEN_PARENTHESIS)) {
      depth++;
    } else if (code === CLOSE_BRACE || (inParentheses && code === CLOSE_PARENTHESIS)) {
      if (depth === 0) break;
      depth--;
    } else if (code === AT && findNeighbour(text, i, opener + 1).at !== -1) {
      break;
    } else if (code === EQUALS && isFieldSign(text, i, end)) {
      return keyBeforeField(text, start, i);
    }
  }
  return { start, end: trimEnd(text, start, i) };
}

/** Finds the name that a `@string` defines. */
export function findStringName(text: string, opener: number, end: number): Span {
  const start = skipSpace(text, opener + 1, end);
  let i = start;
  while (i < end && isNameCharacter(text.charCodeAt(i))) i++;
  return { start, end: i };
}

/** Whether `=` belongs to a field ("title = {") and not to a key ("a=b"). */
function isFieldSign(text: string, equals: number, end: number): boolean {
  const isSpaceBefore = isSpace(text.charCodeAt(equals - 1));
  let next = equals + 1;
  while (next < end && isSpace(text.charCodeAt(next)) && !isLineEnd(text.charCodeAt(next))) next++;
  const code = next < end ? text.charCodeAt(next) : AT;
  if (code === OPEN_BRACE || code === QUOTE) return true;
  // Where the entry may end, the space that follows is not its own and tells nothing.
  return isSpaceBefore || (next > equals + 1 && code !== AT && code !== COMMA && !isLineEnd(code));
}

/** The key, when no comma parts it from the first field; empty when the entry begins with the field. */
function keyBeforeField(text: string, start: number, equals: number): Span {
  let nameStart = trimEnd(text, start, equals);
  while (nameStart > start && isNameCharacter(text.charCodeAt(nameStart - 1))) nameStart--;
  return { start, end: trimEnd(text, start, nameStart) };
}
