import type {
  ConversionFormat,
  ConversionOutput,
  KnownReference,
  Recognition,
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

/** "12 references converted to RIS. 3 values could not be carried over." */
export function summarySentence(outputs: readonly ConversionOutput[], to: ConversionFormat): string {
  const count = outputs.reduce((sum, output) => sum + output.count, 0);
  const losses = outputs.reduce((sum, output) => sum + output.losses.length, 0);
  const converted = `${quantity(count, 'reference')} converted to ${formatChoice(to).title}.`;
  return losses === 0 ? converted : `${converted} ${quantity(losses, 'value')} could not be carried over unchanged.`;
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
  /** Stretches of one line of the text that lead to an entry; the line counts from 0. */
  readonly links: readonly ReportLink[];
}

export interface ReportLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly uri: string;
  readonly place: { readonly line: number; readonly character: number };
}

/** The list of everything that a conversion did not carry over, for a person to act on. */
export function lossReport(sources: readonly ReportSource[], to: ConversionFormat): Report {
  const lines: string[] = [];
  const links: ReportLink[] = [];
  const total = sources.reduce((sum, source) => sum + source.losses.length, 0);
  lines.push(`Conversion to ${formatChoice(to).title}: ${quantity(total, 'value')} not carried over unchanged`, '');
  for (const source of sources) {
    if (source.losses.length === 0) continue;
    lines.push(source.name, '');
    let key: string | undefined;
    for (const loss of source.losses) {
      if (loss.key !== key) {
        key = loss.key;
        const shown = oneLine(key) || '(no key)';
        if (source.uri !== undefined && loss.place) {
          links.push({ line: lines.length, start: 2, end: 2 + shown.length, uri: source.uri, place: loss.place });
        }
        lines.push(`  ${shown}`);
      }
      lines.push(
        `    ${oneLine(loss.field)}: ${shortened(oneLine(loss.value))}`,
        `      ${reasonSentence(loss.reason)}`,
      );
    }
    lines.push('');
  }
  return { text: lines.join('\n'), links };
}

const LONGEST_VALUE_SHOWN = 300;

const shortened = (text: string): string =>
  text.length > LONGEST_VALUE_SHOWN ? `${text.slice(0, LONGEST_VALUE_SHOWN)}…` : text;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

const REASONS: ReadonlyMap<string, string> = new Map([
  ['no-slot', 'The target format has no field for it.'],
  ['slot-taken', 'The target format has one field for this, and another value took it.'],
  ['narrowed', 'Carried over, but less exactly than written.'],
  ['type', 'The target format has no such type of entry; the nearest one was taken.'],
  ['differs', 'Another record of the same work says this; the one that was kept says something else.'],
  ['unreadable', 'It could not be read as what the field should hold.'],
]);

/** Why a value was not carried over. */
export const reasonSentence = (reason: string): string => REASONS.get(reason) ?? 'It could not be carried over.';

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
