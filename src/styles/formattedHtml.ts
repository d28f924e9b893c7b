import type { TextRun } from '../text/run.ts';

/**
 * Reads the small HTML that citeproc-js writes for one bibliography entry (its output format "html": i, b, sup, sub, spans with
 * font-variant or font-style, layout divs, character references) into runs. Anything else in it is taken as text.
 */
export function readFormattedHtml(html: string): TextRun[] {
  const runs: TextRun[] = [];
  const open: Format[] = [{}];
  const tag = /<(\/?)(i|b|sup|sub|span|div)((?: [a-z-]+="[^"<>]*")*)>/g;
  let from = 0;
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    append(runs, decodeCharacterReferences(html.slice(from, match.index)), open.at(-1) ?? {});
    from = tag.lastIndex;
    if (match[1] === '') open.push({ ...open.at(-1), ...formatOf(match[2] ?? '', match[3] ?? '') });
    else if (open.length > 1) open.pop();
  }
  append(runs, decodeCharacterReferences(html.slice(from)), open.at(-1) ?? {});
  return trimmed(runs);
}

type Format = Omit<TextRun, 'text'>;

function formatOf(name: string, attributes: string): Format {
  if (name === 'i') return { italic: true };
  if (name === 'b') return { bold: true };
  if (name === 'sup') return { position: 'super' };
  if (name === 'sub') return { position: 'sub' };
  if (attributes.includes('font-variant:small-caps')) return { smallCaps: true };
  return {};
}

function append(runs: TextRun[], text: string, format: Format): void {
  const folded = text.replace(/\s+/g, ' ');
  const last = runs.at(-1);
  const joined = last?.text.endsWith(' ') && folded.startsWith(' ') ? folded.slice(1) : folded;
  if (joined !== '') runs.push({ text: joined, ...format });
}

function trimmed(runs: TextRun[]): TextRun[] {
  const first = runs[0];
  if (first) runs[0] = { ...first, text: first.text.trimStart() };
  const last = runs.at(-1);
  if (last) runs[runs.length - 1] = { ...last, text: last.text.trimEnd() };
  return runs.filter(run => run.text !== '');
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['nbsp', '\u00a0'],
]);

function decodeCharacterReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|([a-z]{2,6}));/g, (whole, code: string | undefined, name: string | undefined) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    const point = Number(code);
    return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}
