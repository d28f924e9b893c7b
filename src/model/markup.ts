/** The inline markup that text values may hold (CSL's subset of HTML). */
const tag = /<\/?(?:i|b|em|strong|sup|sub|sc|span)(?:\s[^<>]*)?>/giu;

/** Text without inline markup. Angle brackets that are no markup of ours stay. */
export const withoutMarkup = (text: string): string => (text.includes('<') ? text.replace(tag, '') : text);

/** Text without the marks that protect its capitals; all other markup stays. */
export function withoutCaseMarks(text: string): string {
  if (!text.includes('<span')) {
    return text;
  }
  const isMark: boolean[] = [];
  return text.replace(/<span(?:\s[^<>]*)?>|<\/span>/gu, tag => {
    if (tag !== '</span>') {
      isMark.push(tag === '<span class="nocase">');
    }
    return (tag === '</span>' ? isMark.pop() : isMark.at(-1)) === true ? '' : tag;
  });
}
