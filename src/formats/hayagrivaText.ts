import { withoutMarkup } from '../model/markup.ts';

const keepsCase = '<span class="nocase">';

/** Hayagriva's text to ours: `{…}` keeps its case, `\` makes the next mark a character, mathematics stays between dollar signs. */
export function decodeChunks(text: string): string {
  if (!/[\\{}]/u.test(text)) {
    return text;
  }
  const parts: string[] = [];
  let open = 0;
  let isMath = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === '\\' && /[\\{}$]/u.test(text.charAt(at + 1))) {
      parts.push(text.charAt(++at));
    } else if (char === '$') {
      isMath = !isMath;
      parts.push(char);
    } else if (char === '{' && !isMath) {
      parts.push(open++ === 0 ? keepsCase : '');
    } else if (char === '}' && !isMath && open > 0) {
      parts.push(--open === 0 ? '</span>' : '');
    } else {
      parts.push(char);
    }
  }
  return parts.join('') + (open > 0 ? '</span>' : '');
}

/** Our text to Hayagriva's. It has no other markup than protected case and mathematics. */
export function encodeChunks(text: string): string {
  const dollars = text.split('$').length - 1;
  const pieces = text.split(/(<span class="nocase">|<\/span>|\$[^$]*\$)/u);
  const parts: string[] = [];
  const open: boolean[] = [];
  for (const piece of pieces) {
    if (piece === keepsCase) {
      parts.push(open.includes(true) ? '' : '{');
      open.push(true);
    } else if (piece === '</span>') {
      open.pop();
      parts.push(open.includes(true) ? '' : '}');
    } else if (dollars % 2 === 0 && piece.startsWith('$') && piece.endsWith('$') && piece.length > 1) {
      parts.push(piece);
    } else {
      parts.push(withoutMarkup(piece).replace(/[\\{}$]/gu, mark => `\\${mark}`));
    }
  }
  return parts.join('');
}
