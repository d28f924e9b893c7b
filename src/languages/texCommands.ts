/**
 * Which braced arguments of a citation command hold keys: their places counted from 0, the last one, every one
 * (`\cites{a}{b}`), or every second one (`\volcites{1}{a}{2}{b}`).
 */
export type KeyPlace = readonly number[] | 'last' | 'every' | 'everySecond';

/** Citation commands by name without backslash; an empty place says that a command is none, whatever its name. */
export type CitationCommands = ReadonlyMap<string, KeyPlace>;

/** The place of the keys of a command of which only the name is known. */
export const placeByName = (name: string): KeyPlace => (/[Cc]ites$/.test(name) ? 'every' : 'last');

/** Where a command holds its keys, at the beginning of a sentence, too (`\Footcite`); undefined for a command that cites nothing. */
export function keyPlace(name: string): KeyPlace | undefined {
  const isCiting = name.includes('cite') || name.includes('Cite');
  const known = places.get(name) ?? (isCiting ? places.get(name.slice(0, 1).toLowerCase() + name.slice(1)) : undefined);
  if (known !== undefined) return known.length === 0 ? undefined : known;
  if (!isCiting) return undefined;
  // `\ifciteseen{}{}` asks, `\AtEveryCite{}` hooks, `\my@cite` is inside a package.
  if (name.startsWith('if') || name.startsWith('At') || name.startsWith('Declare') || name.includes('@'))
    return undefined;
  return noKeyEnding.test(name) ? undefined : placeByName(name);
}

/** The same where some commands are known from definitions. */
export function placeAmong(commands: CitationCommands, name: string): KeyPlace | undefined {
  const defined = commands.get(name);
  if (defined === undefined) return keyPlace(name);
  return defined.length === 0 ? undefined : defined;
}

/** Ends of the names of lengths, switches and hooks that citation packages have: `\citeleft`, `\supercitedelim`. */
const noKeyEnding = /(?:delim|punct|font|format|style|setup|true|false|left|right|dash|sep|reset)$/;

/** Environments that take a citation as `\begin{displaycquote}[pre][post]{key}`. */
export const citingEnvironments: ReadonlyMap<string, KeyPlace> = new Map([
  ['displaycquote', [0]],
  ['foreigndisplaycquote', [1]],
  ['hyphendisplaycquote', [1]],
]);

const words = (text: string): string[] => text.trim().split(/\s+/);

const single = words(`
  cite nocite
  citet citep citealt citealp citeauthor citefullauthor citeyear citeyearpar citenum defcitealias citetalias citepalias shortcites
  Citet Citep Citealt Citealp Citeauthor
  Cite parencite Parencite footcite footcitetext textcite Textcite smartcite Smartcite supercite autocite Autocite citetitle
  citedate citeurl fullcite footfullcite notecite Notecite pnotecite Pnotecite fnotecite citename citelist citefield
  headlesscite shortcite gentextcite citejournal surnamecite
  textcquote blockcquote
  citeA citeNP citeauthorNP citeyearNP shortciteA shortciteNP fullciteA fullciteNP maskcite nocitemeta
  ycite ocite
  citeasnoun possessivecite citeaffixed
  citeN citeNN citeANP
  citeonline cfcite citen onlinecite citelow
  sidecite citeall citealn bibentry mcite bstctlcite
  nextcitefull nextcitenotitle nextcitereset nextciteshort citeswithoutentry
`);

/** The csquotes commands whose first argument is a language, and those of BibLaTeX with a volume (manual §3.9.6) or a category. */
const second = words(`
  foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote addtocategory
  volcite Volcite pvolcite Pvolcite fvolcite ftvolcite svolcite Svolcite tvolcite Tvolcite avolcite Avolcite
`);

const multipleVolumes = words(`
  volcites Volcites pvolcites Pvolcites fvolcites ftvolcites svolcites Svolcites tvolcites Tvolcites avolcites Avolcites
`);

/** Names with "cite" in them that take something else. */
const noKeys = words(`
  citetext bibcite newcites citestarts newcitestyle citecolor citemid citeform mancite citeauthoryear
  citetitlefortype citenotitlefortype
`);

const places: ReadonlyMap<string, KeyPlace> = new Map<string, KeyPlace>([
  ...single.map(name => [name, [0]] as const),
  ...second.map(name => [name, [1]] as const),
  ...multipleVolumes.map(name => [name, 'everySecond'] as const),
  ...noKeys.map(name => [name, []] as const),
  ['apud', [0, 1]],
  ['apudonline', [0, 1]],
  ['footcitetexts', 'every'],
]);
