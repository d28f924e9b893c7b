import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const REAL = join(import.meta.dirname, '../../../shared/data/libraries/clean-10M.bib');

/** Real and dirty; need not be there. */
export const RAW_LIBRARY = join(import.meta.dirname, '../../../shared/data/libraries/raw-10M.bib');

export const realLibraryIsHere = (): boolean => existsSync(REAL);

/**
 * A BibTeX library of `count` entries with distinct keys: real ones, repeated under changed keys, when the real library stands
 * beside the checkout, else generated ones.
 */
export function libraryOf(count: number): string {
  const entries = realLibraryIsHere() ? realEntries() : generatedEntries();
  const parts: string[] = [];
  for (let round = 0; parts.length < count; round++) {
    for (const entry of entries) {
      if (parts.length === count) break;
      parts.push(round === 0 ? entry : withKeySuffix(entry, `-r${round}`));
    }
  }
  return parts.join('\n');
}

/** A library of about `bytes` characters. */
export function libraryOfSize(bytes: number): string {
  const sample = libraryOf(2000);
  const text = libraryOf(Math.ceil((bytes * 1.3) / (sample.length / 2000)));
  return text.slice(0, text.lastIndexOf('\n@', bytes) + 1);
}

/** With an abstract in every one of its `count` entries a library has the size that its number of entries usually has. */
export function withAbstracts(library: string, count: number, bytes: number): string {
  const abstract = 'We present the evidence and discuss what it means for the theory at hand. '.repeat(20);
  const length = Math.max(0, Math.floor((bytes - Buffer.byteLength(library)) / count) - 20);
  return library.replace(
    /^(@(?!string|comment|preamble)\w+\s*\{[^,\n]+,)/gim,
    `$1\n  abstract = {${abstract.slice(0, length)}},`,
  );
}

/** The keys of a library whose every entry begins at a line start. */
export const keysOf = (library: string): string[] =>
  Array.from(library.matchAll(/^@(?!string|comment|preamble)\w+\s*\{([^,\n]+),/gim), ([, key]) => key?.trim() ?? '');

/** Entries again and again, under changed keys, up to about `bytes` characters. */
export function repeated(entries: readonly string[], bytes: number): string {
  const parts: string[] = [];
  let length = 0;
  for (let round = 0; length < bytes && entries.length > 0; round++) {
    for (const entry of entries) {
      if (length >= bytes) break;
      const part = round === 0 ? entry : withKeySuffix(entry, `-r${round}`);
      parts.push(part);
      length += part.length + 1;
    }
  }
  return parts.join('\n');
}

/** Entries of a library whose every entry begins at a line start. */
export function splitEntries(text: string): string[] {
  return text
    .split(/^(?=@)/m)
    .filter(entry => /^@[a-z]+\s*\{/i.test(entry) && !/^@(?:string|comment|preamble)/i.test(entry));
}

function realEntries(): string[] {
  const text = readFileSync(REAL, 'utf8');
  const strings = text.split(/^(?=@)/m).filter(block => /^@string/i.test(block));
  const [first, ...rest] = splitEntries(text);
  return [[...strings, first].join(''), ...rest];
}

function withKeySuffix(entry: string, suffix: string): string {
  const at = entry.search(/^@(?!string)/im);
  const comma = entry.indexOf(',', at);
  return entry.slice(at, comma) + suffix + entry.slice(comma);
}

const FAMILIES = [
  'Müller',
  'Lovelace',
  'García',
  'Ångström',
  'Nakamura',
  "O'Neil",
  'van Dyck',
  'Šimek',
  'Ferreira',
  'Lindqvist',
];
const WORDS = [
  'peer',
  'support',
  'graph',
  'river',
  'learning',
  'protein',
  'theory',
  'market',
  'neural',
  'climate',
  'archive',
  'method',
  'history',
];

function generatedEntries(): string[] {
  // A linear congruential generator (Numerical Recipes): the same library in every run.
  let state = 1;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
  const pick = (list: readonly string[]): string => list[next(list.length)] ?? '';
  return Array.from({ length: 5000 }, (_, i) => {
    const family = pick(FAMILIES);
    const title = Array.from({ length: 6 + next(6) }, () => pick(WORDS)).join(' ');
    const abstract = Array.from({ length: 60 + next(80) }, () => pick(WORDS)).join(' ');
    return `@article{${family.toLowerCase().replace(/\W/g, '')}${1950 + next(75)}x${i},
  author = {${family}, ${pick(FAMILIES)} and ${pick(FAMILIES)}, B.},
  title = {{${title}}},
  journal = {Journal of ${pick(WORDS)}},
  year = ${1950 + next(75)},
  volume = {${1 + next(90)}},
  pages = {${1 + next(400)}--${401 + next(400)}},
  doi = {10.1000/${i}},
  abstract = {${abstract}},
}
`;
  });
}
