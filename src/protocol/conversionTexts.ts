import type {
  ConversionFormat,
  ConvertResult,
  KnownReference,
  LossReason,
  Recognition,
  RenamedKey,
  RepeatedKeyCount,
  SourceProblem,
} from './conversion.ts';
import { FORMAT_CHOICES, formatChoice } from './conversionChoices.ts';
import { withoutLinks } from './messageText.ts';

/** What a user reads when a source gives nothing to convert. `source` is the file's name, or "the clipboard". */
export function problemSentence(problem: SourceProblem, source: string): string {
  const name = withoutLinks(source);
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
    case 'too-large':
      return `${subject} is larger than 512 MB.`;
    case 'no-entry-here':
      return `There is no reference in the selection. Select entries, or put the cursor into one.`;
  }
}

/** "BibTeX, RIS or CSL-JSON" */
const anyOf = (words: readonly string[]): string => `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`;

/** "12 references converted to RIS. 4 values without a field travel along in notes. 1 value could not be carried over unchanged." */
export function summarySentence({ outputs, losses, repeated }: ConvertResult, to: ConversionFormat): string {
  const count = outputs.reduce((sum, output) => sum + output.count, 0);
  const carried = outputs.reduce((sum, output) => sum + (output.carried ?? 0), 0);
  const place = to.startsWith('csl') ? '“custom”' : 'notes';
  const along =
    carried === 0
      ? ''
      : ` ${quantity(carried, 'value')} without a field ${carried === 1 ? 'travels' : 'travel'} along in ${place}.`;
  const twice = repeated === undefined ? '' : ` ${repeatedSentence(repeated)}`;
  const converted = `${quantity(count, 'reference')} converted to ${formatChoice(to).title}.${along}`;
  const { values, capitals } = losses;
  if (values === 0) return converted + twice;
  const only =
    capitals === 0 ? '' : `, ${capitals === values ? 'all' : counted(capitals)} of them only in protected capitals`;
  return `${converted} ${quantity(values, 'value')} could not be carried over unchanged${values === 1 ? '' : only}.${twice}`;
}

/** "BibTeX (2 references) and RIS (1 reference)" */
export function contentSentence(recognition: Recognition): string {
  const parts = recognition.parts.map(
    part => `${formatChoice(part.format).title} (${quantity(part.count, 'reference')})`,
  );
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

export const counted = (count: number): string => count.toLocaleString('en');

/** "1,200 values" */
export const quantity = (count: number, noun: string, plural = `${noun}s`): string =>
  `${counted(count)} ${count === 1 ? noun : plural}`;

/** Why a value was not carried over to the format with this title. What follows, or stands before it, is the value. */
export function reasonSentence(reason: LossReason, title: string): string {
  switch (reason) {
    case 'no-slot':
      return `${title} has no field for this`;
    case 'slot-taken':
      return `${title} has room for one such value, and another one took it`;
    case 'case':
      return 'Carried over, but without the protection of its capitals';
    case 'narrowed':
      return 'Carried over, but less exactly than written';
    case 'type':
      return `${title} has no such type of entry; the nearest one was taken`;
    case 'differs':
      return 'Another record of the same work says this; the one that was kept says something else';
    case 'unreadable':
      return 'Could not be read as what the field should hold';
  }
}

/** "The key smith2020 is used by 2 entries." */
function repeatedSentence({ count, first }: RepeatedKeyCount): string {
  const [only] = first;
  if (count === 1 && only)
    return withoutLinks(`The key ${only.key} is used by ${quantity(only.entries, 'entry', 'entries')}.`);
  const names = first.slice(0, MOST_NAMED).map(({ key }) => key);
  const more = count > names.length ? ' …' : '';
  return withoutLinks(`${counted(count)} keys are used by several entries each: ${names.join(', ')}${more}.`);
}

/** "smith2020 became smith2020a: the document has another entry with this key." */
export function renamedSentence(renamed: readonly RenamedKey[]): string {
  const names = renamed.slice(0, MOST_NAMED).map(({ from, to }) => `${from} became ${to}`);
  const more = renamed.length > MOST_NAMED ? ' …' : '';
  const why = renamed.length === 1 ? 'this key was taken' : 'these keys were taken';
  return withoutLinks(`${names.join(', ')}${more}: ${why}.`);
}

/** What was left out of a paste because the document has it. */
export const leftOutSentence = (known: readonly KnownReference[], count: number): string =>
  `${knownSentence(known, count)} ${known.length === 1 ? 'It was' : 'They were'} left out.`;

/** "2 of the 3 references are in this document already: smith2020, doe2019 (as doe:2019)." */
export function knownSentence(known: readonly KnownReference[], count: number): string {
  const names = withoutLinks(
    known
      .slice(0, MOST_NAMED)
      .map(({ key, knownAs }) => (key === knownAs ? key : `${key} (as ${knownAs})`))
      .join(', '),
  );
  const more = known.length > MOST_NAMED ? ' …' : '';
  if (count === 1) return `This reference is in the document already: ${names}.`;
  const are = known.length === 1 ? 'is' : 'are';
  return `${counted(known.length)} of the ${counted(count)} references ${are} in the document already: ${names}${more}.`;
}

/** Keys that a sentence names. */
export const MOST_NAMED = 5;
