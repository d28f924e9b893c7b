import type { Name, NameList } from './name.ts';
import { person, startsLowerCase } from './name.ts';

/** TeX to Unicode and back, for the parts of a name. */
export interface NameCoding {
  decode(tex: string): string;
  encode(text: string): string;
}

/** Reads the value of a name field: names between ` and `, the last one perhaps `others`. */
export function readNames(value: string, decode: (tex: string) => string): NameList {
  const names: Name[] = [];
  let others = false;
  for (const part of splitAtAnd(value)) {
    if (part === 'others') {
      others = true;
    } else if (part !== '') {
      names.push(readName(part, decode));
    }
  }
  return { names, others };
}

/** Whether an item of a list stays one: an "and" at one of its ends counts as soon as others stand beside it. */
export const isOneItem = (tex: string): boolean => splitAtAnd(`x and ${tex} and x`)[1] === tex.trim();

/** Parts of a list value: separated by the word `and` outside braces, in any case (btxdoc §4; BibLaTeX manual §2.2.1). */
export function splitAtAnd(value: string): string[] {
  if (!/\sand\s/iu.test(value)) {
    return [value.trim()];
  }
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < value.length; at++) {
    const char = value.charCodeAt(at);
    if (char === 0x7b) {
      depth++;
    } else if (char === 0x7d) {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && isSpace(char) && isAnd(value, at + 1)) {
      parts.push(value.slice(start, at).trim());
      start = at + 4;
      at += 3;
    }
  }
  parts.push(value.slice(start).trim());
  return parts;
}

function isAnd(value: string, at: number): boolean {
  return (
    (value.charCodeAt(at) | 0x20) === 0x61 &&
    (value.charCodeAt(at + 1) | 0x20) === 0x6e &&
    (value.charCodeAt(at + 2) | 0x20) === 0x64 &&
    (at + 3 === value.length || isSpace(value.charCodeAt(at + 3)))
  );
}

const isSpace = (char: number): boolean => char === 0x20 || (char >= 0x09 && char <= 0x0d) || char === 0xa0;

/**
 * Reads one name: `First von Last`, `von Last, First`, `von Last, Jr, First` (btxdoc §4), `family=…, given=…` (BibLaTeX manual §2.3.4),
 * or a body in braces.
 */
function readName(text: string, decode: (tex: string) => string): Name {
  if (isWholeBraced(text)) {
    return { literal: decode(text) };
  }
  const parts = splitAtDepthZero(text, char => char === 0x2c);
  if (parts.length > 1 || text.includes('=')) {
    const extended = readExtended(parts, decode);
    if (extended !== undefined) {
      return extended;
    }
  }
  const [first = '', ...rest] = parts;
  // A stray comma at the end is no empty first name.
  while (rest.length > 1 && rest.at(-1)?.trim() === '') {
    rest.pop();
  }
  if (rest.length === 0) {
    return readWestern(words(first), decode);
  }
  const lastWords = words(first);
  const split = lastLowerCase(lastWords, decode) + 1;
  const given =
    rest.length === 1
      ? rest[0]
      : rest
          .slice(1)
          .map(part => part.trim())
          .join(', ');
  const family = decodeAll(lastWords.slice(split), decode);
  const shared = { given: decode((given ?? '').trim()), suffix: rest.length > 1 ? decode((rest[0] ?? '').trim()) : '' };
  return family === ''
    ? person({ family: shared.given, suffix: shared.suffix })
    : person({ ...shared, family, prefix: decodeAll(lastWords.slice(0, split), decode) });
}

/** No comma: first names up to the first lower-case word, particle up to the last one, family name after that. */
function readWestern(all: readonly string[], decode: (tex: string) => string): Name {
  const last = lastLowerCase(all, decode);
  if (last < 0) {
    return person({ given: decodeAll(all.slice(0, -1), decode), family: decodeAll(all.slice(-1), decode) });
  }
  const first = all.findIndex(word => isLowerCase(word, decode));
  return person({
    given: decodeAll(all.slice(0, first), decode),
    prefix: decodeAll(all.slice(first, last + 1), decode),
    family: decodeAll(all.slice(last + 1), decode),
  });
}

/** The place of the last lower-case word that has another word behind it; -1 when there is none. */
function lastLowerCase(all: readonly string[], decode: (tex: string) => string): number {
  for (let at = all.length - 2; at >= 0; at--) {
    if (isLowerCase(all[at] ?? '', decode)) {
      return at;
    }
  }
  return -1;
}

/** BibTeX looks at the first letter outside braces; `{\'e}` and its like count as the letter they make. */
function isLowerCase(word: string, decode: (tex: string) => string): boolean {
  let at = 0;
  while (word.charCodeAt(at) === 0x7b && word.charCodeAt(at + 1) !== 0x5c) {
    at = groupEnd(word, at);
  }
  return at < word.length && startsLowerCase(word.includes('\\') ? decode(word.slice(at)) : word.slice(at));
}

const decodeAll = (all: readonly string[], decode: (tex: string) => string): string =>
  all.length === 0 ? '' : decode(all.join(' ')).trim();

const partNames = new Set(['family', 'given', 'prefix', 'suffix', 'useprefix']);
const assignment = /^\s*"?([a-z][a-z-]*)\s*=\s*/iu;

function readExtended(parts: readonly string[], decode: (tex: string) => string): Name | undefined {
  const found = new Map<string, string>();
  for (const part of parts) {
    const match = assignment.exec(part);
    if (match === null) {
      return undefined;
    }
    const name = (match[1] ?? '').toLowerCase();
    found.set(name, decode(part.slice(match[0].length).replace(/"\s?$/u, '').trim()));
  }
  const family = found.get('family') ?? found.get('given');
  if (family === undefined || ![...found.keys()].some(name => partNames.has(name))) {
    return undefined;
  }
  const useprefix = found.get('useprefix')?.toLowerCase();
  return person({
    family,
    given: found.has('family') ? (found.get('given') ?? '') : '',
    prefix: found.get('prefix') ?? '',
    suffix: found.get('suffix') ?? '',
    ...(useprefix !== undefined && { useprefix: useprefix === 'true' }),
  });
}

/**
 * What the names of a value say that a `Name` cannot: options of BibLaTeX ("sortingnamekeytemplatename=x", manual §3.5), and a part that
 * is given twice.
 */
export function nameOptions(value: string): string[] {
  return value.includes('=')
    ? splitAtAnd(value).flatMap(text => {
        const parts = isWholeBraced(text) ? [] : splitAtDepthZero(text, char => char === 0x2c);
        const names = parts.map(part => assignment.exec(part)?.[1]?.toLowerCase());
        const isExtended = names.every(name => name !== undefined) && names.some(name => partNames.has(name));
        // The last of two counts.
        const isOption = (name: string | undefined, at: number): boolean =>
          !partNames.has(name ?? '') || names.lastIndexOf(name) !== at;
        return isExtended ? parts.filter((_, at) => isOption(names[at], at)).map(part => part.trim()) : [];
      })
    : [];
}

const words = (text: string): string[] =>
  splitAtDepthZero(text, char => isSpace(char) || char === 0x7e).filter(word => word !== '');

/** Cuts a text at characters outside braces. BibTeX counts every brace here, an escaped one too. */
export function splitAtDepthZero(text: string, isCut: (char: number) => boolean): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x7b) {
      depth++;
    } else if (char === 0x7d) {
      depth = Math.max(0, depth - 1);
    } else if (depth === 0 && isCut(char)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** Where the group that opens at `at` ends: behind its brace, or at the end of the text. */
function groupEnd(text: string, at: number): number {
  let depth = 0;
  for (let place = at; place < text.length; place++) {
    const char = text.charCodeAt(place);
    if (char === 0x7b) {
      depth++;
    } else if (char === 0x7d && --depth === 0) {
      return place + 1;
    }
  }
  return text.length;
}

const isWholeBraced = (text: string): boolean =>
  text.startsWith('{') && text.charCodeAt(1) !== 0x5c && groupEnd(text, 0) === text.length && text.endsWith('}');

/** Writes a list so that it reads back as the same names. */
export function writeNames(list: NameList, coding: NameCoding): string {
  const written = list.names.map(name => writeName(name, coding));
  return (list.others ? [...written, 'others'] : written).join(' and ');
}

/** `von Last, Jr, First`, as plain as it reads back the same; a body, and parts that would read differently, go into braces. */
function writeName(name: Name, coding: NameCoding): string {
  if ('literal' in name) {
    return `{${coding.encode(name.literal)}}`;
  }
  const readsBack = (tex: string): boolean =>
    sameName(
      readName(tex, part => coding.decode(part)),
      name,
    ) &&
    tex !== 'others' &&
    isOneItem(tex);
  const forms: readonly (readonly ('family' | 'others')[])[] = [[], ['family'], ['family', 'others']];
  if (name.useprefix === undefined) {
    for (const guarded of forms) {
      const tex = joinName(name, coding, guarded);
      // biber leaves out an entry that has a name with more commas.
      if (readsBack(tex) && splitAtDepthZero(tex, char => char === 0x2c).length <= 3) return tex;
    }
  }
  const plain = extendedName(name, text => coding.encode(text));
  return readsBack(plain) ? plain : extendedName(name, text => `{${coding.encode(text)}}`);
}

type Person = Exclude<Name, { literal: string }>;

/** Parts that are `guarded` stand in braces; the particle never does. */
function joinName(name: Person, coding: NameCoding, guarded: readonly ('family' | 'others')[]): string {
  const part = (text: string | undefined, kind: 'family' | 'others'): string => {
    const encoded = coding.encode(text ?? '');
    return guarded.includes(kind) && encoded !== '' ? `{${encoded}}` : encoded;
  };
  const own = part(name.family, 'family');
  const family = name.prefix === undefined ? own : `${coding.encode(name.prefix)} ${own}`;
  const given = part(name.given, 'others');
  if (name.suffix !== undefined) {
    return `${family}, ${part(name.suffix, 'others')}, ${given === '' ? '{}' : given}`;
  }
  if (given !== '') {
    return `${family}, ${given}`;
  }
  // A family name alone in braces would read as a body.
  return guarded.length > 0 ? `${family},` : family;
}

/** `family=Harman, given=Hans, prefix=von, useprefix=false` (BibLaTeX manual §2.3.3, with extended name format). */
const extendedName = ({ family, given, prefix, suffix, useprefix }: Person, encode: (text: string) => string): string =>
  [
    `family=${encode(family)}`,
    given === undefined ? '' : `given=${encode(given)}`,
    prefix === undefined ? '' : `prefix=${encode(prefix)}`,
    suffix === undefined ? '' : `suffix=${encode(suffix)}`,
    useprefix === undefined ? '' : `useprefix=${String(useprefix)}`,
  ]
    .filter(text => text !== '')
    .join(', ');

function sameName(a: Name, b: Name): boolean {
  if ('literal' in a || 'literal' in b) {
    return 'literal' in a && 'literal' in b && a.literal === b.literal;
  }
  return (
    a.family === b.family &&
    a.given === b.given &&
    a.prefix === b.prefix &&
    a.suffix === b.suffix &&
    a.useprefix === b.useprefix
  );
}
