/** A text without the line ends around it: blanks at the end of its last line stay, because RIS ends with `ER  - `. */
export function withoutLineEndsAround(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isLineEnd(text.charCodeAt(start))) start++;
  while (end > start && isLineEnd(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

const isLineEnd = (code: number): boolean => code === 10 || code === 13;
