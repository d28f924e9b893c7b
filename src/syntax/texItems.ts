/** Where a command stands that is in no comment. */
export function commandsIn(text: string, name: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
    if (!/[A-Za-z@\\]/u.test(text[at + name.length] ?? ' ') && !isCommented(text, at)) found.push(at);
  }
  return found;
}

/** More of a line is not looked at. */
const longestLine = 500;

function isCommented(text: string, at: number): boolean {
  const line = text.slice(Math.max(0, at - longestLine), at);
  const before = line.slice(line.lastIndexOf('\n') + 1);
  return /(?:^|[^\\])(?:\\\\){0,9}%/u.test(before);
}

/** Behind white space and comments. */
export function skipSpace(text: string, start: number): number {
  let at = start;
  while (at < text.length) {
    if (text[at] === '%') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end + 1;
    } else if (/\s/u.test(text[at] ?? '')) at++;
    else break;
  }
  return at;
}

/** The brace or bracket that closes the group that opens at `open`, before `limit`; -1 where there is none. Braces inside have to be closed. */
export function texGroupEnd(text: string, open: number, limit = text.length): number {
  const closer = text[open] === '[' ? ']' : '}';
  let depth = 0;
  for (let at = open + 1; at < limit; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '{') depth++;
    else if (char === closer && depth === 0) return at;
    else if (char === '}' && --depth < 0) return -1;
  }
  return -1;
}

/** The beginning of the next line. */
export function lineAfter(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}
