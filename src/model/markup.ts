/** The inline markup that text values may hold (CSL's subset of HTML). */
const tag = /<\/?(?:i|b|em|strong|sup|sub|sc|span)(?:\s[^<>]*)?>/giu;

/** Text without inline markup. Angle brackets that are no markup of ours stay. */
export const withoutMarkup = (text: string): string => (text.includes('<') ? text.replace(tag, '') : text);
