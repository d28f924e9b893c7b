/** Reads and writes the values of single RIS tags: page ranges, numbers, links, entities. */

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00A0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  copy: '©',
  reg: '®',
  deg: '°',
  plusmn: '±',
  times: '×',
  middot: '·',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  kappa: 'κ',
  lambda: 'λ',
  mu: 'μ',
  micro: 'µ',
  omega: 'ω',
  sigma: 'σ',
  szlig: 'ß',
  aelig: 'æ',
  AElig: 'Æ',
  oslash: 'ø',
  Oslash: 'Ø',
  aring: 'å',
  Aring: 'Å',
};

/** Entities of letters with an accent are a letter and the accent's name. */
const accents: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circ: '\u0302',
  uml: '\u0308',
  tilde: '\u0303',
  cedil: '\u0327',
  caron: '\u030C',
};

const entity = /&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/giu;

/** Decodes HTML entities once: "&amp;lt;" becomes "&lt;". */
export const decodeEntities = (text: string): string =>
  text.includes('&') ? text.replace(entity, (whole, name: string) => decodeEntity(name) ?? whole) : text;

/** Escapes an ampersand that would be read as the start of an entity. */
export const encodeEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(entity, (whole, name: string) =>
        decodeEntity(name) === undefined ? whole : `&amp;${whole.slice(1)}`,
      )
    : text;

function decodeEntity(name: string): string | undefined {
  if (name.startsWith('#')) {
    const isHex = name.charCodeAt(1) === 120 || name.charCodeAt(1) === 88;
    const code = isHex ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    const isCharacter = code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : undefined;
  }
  if (Object.hasOwn(entities, name)) {
    return entities[name];
  }
  const accent = name.slice(1);
  return Object.hasOwn(accents, accent) ? (name.slice(0, 1) + (accents[accent] ?? '')).normalize('NFC') : undefined;
}

/** The pages of SP and EP: one range, its end in full ("682" and "94" are 682-694). */
export function joinPages(first: string, last: string): string {
  const [start, end] = splitPages(first);
  const [lastStart, lastEnd] = splitPages(last);
  if (last === '' || last === first) {
    return end === undefined ? withDashes(start) : `${start}–${fullEnd(start, end)}`;
  }
  if (first === '') {
    return lastEnd === undefined ? lastStart : `${lastStart}–${fullEnd(lastStart, lastEnd)}`;
  }
  if (lastEnd !== undefined) {
    return `${lastStart}–${fullEnd(lastStart, lastEnd)}`;
  }
  if (end !== undefined) {
    return `${start}–${fullEnd(start, end)}`;
  }
  return `${start}–${fullEnd(start, last)}`;
}

/** A list of pages with the ranges in it. */
const withDashes = (pages: string): string =>
  /[,;]/u.test(pages) ? pages.replace(/(?<=\d)-{1,2}(?=\d)/gu, '–') : pages;

/** First and last page of a range; a list, or what is no plain range, is one page. */
export function splitPages(pages: string): [string, string?] {
  const whole = pages.trim();
  const hyphen = /[-–—−]+/u.exec(whole);
  if (hyphen === null || /[,;]/u.test(whole)) {
    return [whole];
  }
  const start = whole.slice(0, hyphen.index).trim();
  const end = whole.slice(hyphen.index + hyphen[0].length).trim();
  return start === '' || end === '' || /\s/u.test(start) || /[\s–—−-]/u.test(end) ? [whole] : [start, end];
}

/** "94" behind "682" is 694. */
function fullEnd(start: string, end: string): string {
  const isShort = /^\d+$/u.test(start) && /^\d+$/u.test(end) && end.length < start.length;
  const full = isShort ? start.slice(0, start.length - end.length) + end : end;
  return isShort && Number(full) < Number(start) ? end : full;
}

const doi = /^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:?)?\s*(10\.\d{4,9}\/\S+)$/iu;

/** The bare DOI when a text is nothing but one, as number, as "doi:…" or as address; its case stays. */
export const doiIn = (text: string): string | undefined => doi.exec(text.trim())?.[1];

/** An address of the web and nothing else. */
export const isUrl = (text: string): boolean => /^(?:https?|ftp):\/\/\S+$/iu.test(text);

/** The addresses of a UR line: several stand behind `;` or blanks. */
export function splitUrls(text: string): string[] {
  const starts = [...text.matchAll(/(?<=[;\s])(?:https?|ftp):\/\//giu)].map(match => match.index);
  if (starts.length === 0) {
    return [text.trim()];
  }
  return [0, ...starts].map((start, i) => withoutTail(text.slice(start, starts[i]))).filter(url => url !== '');
}

function withoutTail(url: string): string {
  let end = url.length;
  while (end > 0 && /[;\s]/u.test(url.charAt(end - 1))) {
    end--;
  }
  return url.slice(0, end).trim();
}

/** What a SN line holds. Wrong check digits stay; words like "(print)" say nothing that is not in the source. */
export interface StandardNumbers {
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  /** What is neither; empty when nothing is left. */
  readonly other: string;
}

/** Sorts the numbers of a SN line by their length. */
export function splitNumbers(text: string): StandardNumbers {
  const pieces = text
    .split(/[;,\s]+/u)
    .map(piece => piece.replace(numberMark, ''))
    .filter(piece => piece !== '' && !numberWord.test(piece));
  const of = (kind: string): string[] => pieces.filter(piece => numberKind(piece) === kind);
  const other = of('other');
  if (other.length === pieces.length) {
    // "0 306 40615 2" is one number, "Report 12" is none.
    const whole = numberKind(pieces.join(''));
    return {
      isbn: whole === 'isbn' ? [text] : [],
      issn: whole === 'issn' ? [text] : [],
      other: whole === 'other' ? text : '',
    };
  }
  return { isbn: of('isbn'), issn: of('issn'), other: other.join(' ') };
}

/** Each number of a text with the words that belong to it: "ISBN 978-0-201-13447-6", "1573-3289 (Electronic)". */
export function splitNumberTexts(text: string): string[] {
  const texts: string[] = [];
  let label = '';
  const isOne = !/\d/u.test(text) || numberKind(text.replace(/\s/gu, '')) !== 'other';
  for (const piece of isOne ? [text] : text.split(/[;,\s]+/u)) {
    const last = texts.at(-1);
    if (piece.startsWith('(') && last !== undefined) {
      texts[texts.length - 1] = `${last} ${piece}`;
    } else if (numberWord.test(piece)) {
      label += `${piece} `;
    } else if (piece !== '') {
      texts.push(label + piece);
      label = '';
    }
  }
  return label === '' ? texts : [...texts, label.trim()];
}

const numberWord = /^\(?(?:[ep]?-?is[bs]n|print|online|electronic|linking|pbk|hbk|ebook)\)?:?\.?$/iu;

/** "1999-7777(Electronic)" */
const numberMark = /(?<=[\dx])\((?:print|online|electronic|linking|pbk|hbk|ebook)\)$/iu;

function numberKind(text: string): 'isbn' | 'issn' | 'other' {
  const digits = text.replace(/[-‐‑–]/gu, '');
  return /^\d{7}[\dx]$/iu.test(digits) ? 'issn' : /^(?:\d{9}[\dx]|\d{13})$/iu.test(digits) ? 'isbn' : 'other';
}

/** A text without its line ends: whatever stands on several lines stands on one. */
export const oneLine = (text: string): string =>
  /[\r\n]/u.test(text)
    ? text
        .split(/[\r\n]+/u)
        .map(line => line.trim())
        .filter(line => line !== '')
        .join(' ')
    : text.trim();

/** What stands between a tag and its value must not stand in a value: some readers cut there, too. The first space becomes a hard one. */
export const withoutTagMark = (line: string): string => line.replace(/ {2}(?=-(?: |$))/gu, '\u00A0 ');

/** A value on one line, entities decoded. */
export const risText = (text: string): string => decodeEntities(oneLine(text));
