/**
 * A person or body, in the parts that BibLaTeX (manual §2.3.3) and CSL 1.0.2 share. All parts are Unicode.
 * A body, and a person whose name must not be taken apart, has only `literal`.
 */
export type Name =
  | { readonly literal: string }
  | {
      readonly family: string;
      readonly given?: string;
      /** The particle: "von", "de la". */
      readonly prefix?: string;
      /** The generation: "Jr.", "III". */
      readonly suffix?: string;
      /** Whether the particle sorts and stays with the family name (BibLaTeX `useprefix`); absent: not said. */
      readonly useprefix?: boolean;
    };

/** Names in order; `others` is BibTeX's "and others". */
export interface NameList {
  readonly names: readonly Name[];
  readonly others: boolean;
}

/** A person from parts of which some may be empty; empty ones are left out. */
export function person(parts: {
  family: string;
  given?: string;
  prefix?: string;
  suffix?: string;
  useprefix?: boolean;
}): Name {
  const { family, given = '', prefix = '', suffix = '', useprefix } = parts;
  // Made for every name of a library: member by member is several times faster than spreading.
  const name: { family: string; given?: string; prefix?: string; suffix?: string; useprefix?: boolean } = { family };
  if (given !== '') name.given = given;
  if (prefix !== '') name.prefix = prefix;
  if (suffix !== '') name.suffix = suffix;
  if (useprefix !== undefined) name.useprefix = useprefix;
  return name;
}

/** The particle and family name, or the whole of a literal: what stands for a name in "Gillard et al.". */
export const familyName = (name: Name): string =>
  'literal' in name ? name.literal : name.prefix === undefined ? name.family : `${name.prefix} ${name.family}`;

/** Whether two names have the same parts. */
export const isSameName = (one: Name, other: Name): boolean =>
  'literal' in one || 'literal' in other
    ? 'literal' in one && 'literal' in other && one.literal === other.literal
    : one.family === other.family &&
      one.given === other.given &&
      one.prefix === other.prefix &&
      one.suffix === other.suffix &&
      one.useprefix === other.useprefix;

/** In reading order: "Ludwig van Beethoven Jr.". */
export const fullName = (name: Name): string =>
  'literal' in name
    ? name.literal
    : [name.given, name.prefix, name.family, name.suffix].filter(part => part !== undefined && part !== '').join(' ');

/** "van Beethoven, Ludwig, Jr.": family name first, particle before it, suffix last, as RIS and lists have it. */
export function sortedName(name: Name): string {
  if ('literal' in name) {
    return name.literal;
  }
  const parts = [familyName(name), name.given ?? '', name.suffix ?? ''];
  while (parts.at(-1) === '') {
    parts.pop();
  }
  return parts.join(', ');
}

/** Reads "von Last, First, Suffix"; without a comma the whole is a literal. Lower-case words at the front are the particle. */
export function parseSortedName(text: string): Name {
  const [first = '', second = '', ...rest] = text.split(',');
  const whole = first.trim();
  if (first.length === text.length || whole === '') {
    return { literal: text.trim() };
  }
  const { prefix, family } = splitParticle(whole);
  const parts = rest.length === 0 ? rest : rest.map(part => part.trim()).filter(part => part !== '');
  return person({ family, given: second.trim(), prefix, suffix: parts.join(', ') });
}

/** Takes lower-case words off the front of a family name: "van der Berg" is particle "van der", family "Berg". */
export function splitParticle(family: string): { prefix: string; family: string } {
  if (!startsLowerCase(family)) {
    return { prefix: '', family };
  }
  const words = family.split(' ');
  let count = 0;
  while (count < words.length - 1 && startsLowerCase(words[count] ?? '')) {
    count++;
  }
  return { prefix: words.slice(0, count).join(' '), family: words.slice(count).join(' ') };
}

/** Whether the first letter of a word is in lower case; words without letters are not. */
export const startsLowerCase = (word: string): boolean => /^\P{L}*\p{Ll}/u.test(word);
