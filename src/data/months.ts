/** English month names in order; BibTeX's macros are their first three letters in lower case. */
export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** BibTeX's month macros in order (defined by its standard styles). */
export const monthMacros = monthNames.map(name => name.slice(0, 3).toLowerCase());

/** Months in other languages as bibliographies have them, without accents, January first. */
const otherNames = [
  'januar janvier enero gennaio janeiro januari',
  'februar fevrier febrero febbraio fevereiro februari',
  'marz maerz mars marzo marco maart',
  'april avril abril aprile',
  'mai mayo maggio maio mei',
  'juni juin junio giugno junho',
  'juli juillet julio luglio julho',
  'august aout agosto augustus',
  'september septembre septiembre settembre setembro',
  'oktober octobre octubre ottobre outubro',
  'november novembre noviembre novembro',
  'dezember decembre diciembre dicembre dezembro december',
];

const seasonNames: Readonly<Record<string, 21 | 22 | 23 | 24>> = {
  spring: 21,
  summer: 22,
  autumn: 23,
  fall: 23,
  winter: 24,
};

const marks = /\p{M}/gu;

/** 1 to 12 for a month's name or abbreviation (three letters or more, "Sept" and "Aug." too) in a usual language. */
export function monthNumber(word: string): number | undefined {
  const lower = word.normalize('NFD').replace(marks, '').toLowerCase();
  if (lower.length < 3) {
    return undefined;
  }
  const english = monthNames.findIndex(
    name => name.toLowerCase().startsWith(lower) || (lower === 'sept' && name === 'September'),
  );
  if (english >= 0) {
    return english + 1;
  }
  const other = otherNames.findIndex(names =>
    names.split(' ').some(name => (lower.length > 3 ? name.startsWith(lower) : name === lower)),
  );
  return other < 0 ? undefined : other + 1;
}

/** The EDTF number of an English season. */
export const seasonNumber = (word: string): 21 | 22 | 23 | 24 | undefined => {
  const lower = word.toLowerCase();
  return Object.hasOwn(seasonNames, lower) ? seasonNames[lower] : undefined;
};

export const seasonName = (season: 21 | 22 | 23 | 24): string =>
  ['Spring', 'Summer', 'Autumn', 'Winter'][season - 21] ?? '';
