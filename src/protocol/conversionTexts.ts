import type {
  ConversionFormat,
  ConversionOutput,
  KnownReference,
  Recognition,
  RenamedKey,
  ReportedLoss,
  SourceProblem,
} from './conversion.ts';
import { FORMAT_CHOICES, formatChoice } from './conversionChoices.ts';

/** What a user reads when a source gives nothing to convert. `name` is the file's name, or "the clipboard". */
export function problemSentence(problem: SourceProblem, name: string): string {
  const subject = name.startsWith('the ') ? `The ${name.slice(4)}` : name;
  switch (problem) {
    case 'empty':
      return `${subject} is empty.`;
    case 'no-bibliography':
      return `There is no reference in ${name}: nothing there reads as ${anyOf(FORMAT_CHOICES.map(choice => choice.title))}.`;
    case 'not-text':
      return `${subject} cannot be read as text: it is neither UTF-8 nor UTF-16, and looks binary.`;
    case 'unreadable':
      return `${subject} cannot be read: it does not exist, or access is denied.`;
    case 'no-entry-here':
      return `There is no reference in the selection. Select entries, or put the cursor into one.`;
  }
}

/** "BibTeX, RIS or CSL-JSON" */
const anyOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** "12 references converted to RIS. 30 values could not be carried over unchanged, 27 of them only in protected capitals." */
export function summarySentence(outputs: readonly ConversionOutput[], to: ConversionFormat): string {
  const count = outputs.reduce((sum, output) => sum + output.count, 0);
  const losses = outputs.reduce((sum, output) => sum + output.losses.length, 0);
  const converted = `${quantity(count, 'reference')} converted to ${formatChoice(to).title}.`;
  if (losses === 0) return converted;
  const capitals = outputs.reduce((sum, output) => sum + output.losses.filter(isCase).length, 0);
  const only = capitals === 0 ? '' : `, ${capitals === losses ? 'all' : capitals} of them only in protected capitals`;
  return `${converted} ${quantity(losses, 'value')} could not be carried over unchanged${losses === 1 ? '' : only}.`;
}

/** "BibTeX (2 references) and RIS (1 reference)" */
export function contentSentence(recognition: Recognition): string {
  const parts = recognition.parts.map(
    part => `${formatChoice(part.format).title} (${quantity(part.count, 'reference')})`,
  );
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

export const quantity = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`;

/** A source of a report: its name to show, and its address where it has one. */
export interface ReportSource {
  readonly name: string;
  readonly uri?: string;
  readonly losses: readonly ReportedLoss[];
}

export interface Report {
  readonly text: string;
  /** What leads to an entry. */
  readonly links: readonly ReportLink[];
  /** What leads to a value that is too long to be shown whole. */
  readonly values: readonly ReportValue[];
}

/** A stretch of one line of the report; the line counts from 0. */
interface Stretch {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface ReportLink extends Stretch {
  readonly uri: string;
  readonly place: { readonly line: number; readonly character: number };
}

export interface ReportValue extends Stretch {
  /** "abstract of smith2020" */
  readonly title: string;
  readonly value: string;
}

/** The list of everything that a conversion did not carry over, for a person to act on: by entry, and there by reason. */
export function lossReport(sources: readonly ReportSource[], to: ConversionFormat): Report {
  const { title } = formatChoice(to);
  const losses = sources.flatMap(source => source.losses);
  const entryCount = sources.reduce((sum, source) => sum + grouped(source.losses, entryOf).length, 0);
  const lines = [
    `Conversion to ${title}: ${quantity(losses.length, 'value')} of ${quantity(entryCount, 'entry', 'entries')} not carried over unchanged`,
  ];
  const hint = losses.some(loss => loss.reason === 'no-slot') ? LOSSLESS_HINT : undefined;
  if (hint !== undefined) lines.push(hint);
  lines.push('');
  const links: ReportLink[] = [];
  const values: ReportValue[] = [];
  for (const source of sources) {
    if (source.losses.length === 0) continue;
    lines.push(source.name, '');
    const others = source.losses.filter(loss => !isCase(loss));
    for (const group of grouped(others, entryOf)) addEntry(source, group);
    addCapitals(source, source.losses.filter(isCase));
  }
  return { text: lines.join('\n'), links, values };

  function addEntry({ uri }: ReportSource, group: readonly ReportedLoss[]): void {
    const [first] = group;
    if (first === undefined) return;
    const key = keyOf(first);
    lines.push(placed('  ', first, uri));
    for (const same of grouped(group, loss => loss.reason)) {
      lines.push(`    ${reasonHeading(same[0]?.reason ?? '', title)}`);
      for (const loss of same) addValue(key, loss);
    }
    lines.push('');
  }

  /** One loss of nearly every title: in one list, so that it does not bury the others. */
  function addCapitals({ uri }: ReportSource, capitals: readonly ReportedLoss[]): void {
    if (capitals.length === 0) return;
    lines.push(
      `  Capitals are protected by braces in ${quantity(capitals.length, 'value')}, which ${title} cannot say:`,
    );
    for (const loss of capitals) {
      const before = `${placed('    ', loss, uri)}, `;
      addValue(keyOf(loss), loss, before);
    }
    lines.push('');
  }

  /** The key, as a link where it leads anywhere, for the next line. */
  function placed(indent: string, loss: ReportedLoss, uri: string | undefined): string {
    const key = keyOf(loss);
    if (uri === undefined || !loss.place) return indent + key;
    links.push({ line: lines.length, start: indent.length, end: indent.length + key.length, uri, place: loss.place });
    return `${indent}${key} (line ${loss.place.line + 1})`;
  }

  function addValue(key: string, { field, value }: ReportedLoss, before = '      '): void {
    const shown = `${before}${oneLine(field)}: ${oneLine(value.slice(0, LONGEST_VALUE_SHOWN))}`;
    if (value.length <= LONGEST_VALUE_SHOWN) {
      lines.push(shown);
      return;
    }
    const whole = `all ${value.length.toLocaleString('en')} characters`;
    const start = shown.length + 2;
    values.push({ line: lines.length, start, end: start + whole.length, title: `${oneLine(field)} of ${key}`, value });
    lines.push(`${shown}… ${whole}`);
  }
}

const isCase = ({ reason }: ReportedLoss): boolean => reason === 'case';

const keyOf = ({ key }: ReportedLoss): string => oneLine(key) || '(no key)';

const LOSSLESS_HINT =
  'The setting colophon.convert.lossless decides whether values without a field are carried along in notes or additional fields.';

const LONGEST_VALUE_SHOWN = 200;

const entryOf = ({ key, place }: ReportedLoss): string => `${place?.line ?? ''}:${place?.character ?? ''}:${key}`;

/** Groups in the order of their first member. */
function grouped(losses: readonly ReportedLoss[], traitOf: (loss: ReportedLoss) => string): ReportedLoss[][] {
  const groups = new Map<string, ReportedLoss[]>();
  for (const loss of losses) {
    const trait = traitOf(loss);
    const group = groups.get(trait);
    if (group) group.push(loss);
    else groups.set(trait, [loss]);
  }
  return [...groups.values()];
}

/** Why the values below it were not carried over, with the name of the target. */
function reasonHeading(reason: string, title: string): string {
  switch (reason) {
    case 'no-slot':
      return `${title} has no field for:`;
    case 'slot-taken':
      return `${title} has one field for this, and another value took it:`;
    case 'narrowed':
      return 'Carried over, but less exactly than written:';
    case 'type':
      return `${title} has no such type of entry; the nearest one was taken for:`;
    case 'differs':
      return 'Another record of the same work says this; the one that was kept says something else:';
    case 'unreadable':
      return 'Could not be read as what the field should hold:';
    default:
      return 'Could not be carried over:';
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const REASONS: ReadonlyMap<string, string> = new Map([
  ['no-slot', 'The target format has no field for it.'],
  ['slot-taken', 'The target format has one field for this, and another value took it.'],
  ['case', 'Carried over, but without the protection of its capitals.'],
  ['narrowed', 'Carried over, but less exactly than written.'],
  ['type', 'The target format has no such type of entry; the nearest one was taken.'],
  ['differs', 'Another record of the same work says this; the one that was kept says something else.'],
  ['unreadable', 'It could not be read as what the field should hold.'],
]);

/** Why a value was not carried over. */
export const reasonSentence = (reason: string): string => REASONS.get(reason) ?? 'It could not be carried over.';

/** "smith2020 became smith2020a: the document has another entry with this key." */
export function renamedSentence(renamed: readonly RenamedKey[]): string {
  const names = renamed.slice(0, MOST_NAMED).map(({ from, to }) => `${from} became ${to}`);
  const more = renamed.length > MOST_NAMED ? ' …' : '';
  const why = renamed.length === 1 ? 'this key was taken' : 'these keys were taken';
  return `${names.join(', ')}${more}: ${why}.`;
}

/** What was left out of a paste because the document has it. */
export const leftOutSentence = (known: readonly KnownReference[], count: number): string =>
  `${knownSentence(known, count)} ${known.length === 1 ? 'It was' : 'They were'} left out.`;

/** "2 of the 3 references are in this document already: smith2020, doe2019 (as doe:2019)." */
export function knownSentence(known: readonly KnownReference[], count: number): string {
  const names = known
    .slice(0, MOST_NAMED)
    .map(({ key, knownAs }) => (key === knownAs ? key : `${key} (as ${knownAs})`))
    .join(', ');
  const more = known.length > MOST_NAMED ? ' …' : '';
  if (count === 1) return `This reference is in the document already: ${names}.`;
  const are = known.length === 1 ? 'is' : 'are';
  return `${known.length} of the ${count} references ${are} in the document already: ${names}${more}.`;
}

const MOST_NAMED = 5;
