import type { Span } from '../text/span.ts';
import type { CitationGroup } from './language.ts';
import type { TexSource } from './texArguments.ts';
import { closerOf, keyValues, OPEN_BRACE, skipTrivia, unbrace } from './texArguments.ts';
import type { TexCommand } from './texCitations.ts';
import { keyGroup } from './texCitations.ts';

/** `\DeclareAcronym{id}{short = …, cite = key}` of the acro package. */
export function readAcronym(source: TexSource, command: TexCommand): CitationGroup[] {
  const open = skipTrivia(source.text, command.end);
  const closer = source.text.charCodeAt(open) === OPEN_BRACE ? closerOf(source, open) : -1;
  const options = closer < 0 ? -1 : skipTrivia(source.text, closer + 1);
  const end = source.text.charCodeAt(options) === OPEN_BRACE ? closerOf(source, options) : -1;
  if (end < 0) return [];
  const span = { start: command.start, end: end + 1 };
  return keyValues(source, { start: options + 1, end }).flatMap(({ name, value }) =>
    name === 'cite' && value !== undefined
      ? keyGroup(source.text, span, command.name, [behindNotes(source, value)])
      : [],
  );
}

/** The keys of `[see][p. 3]{doe}`. */
function behindNotes(source: TexSource, value: Span): Span {
  let { start } = value;
  while (source.text[start] === '[' && closerOf(source, start) > 0)
    start = skipTrivia(source.text, closerOf(source, start) + 1);
  return unbrace(source.text, { start: Math.min(start, value.end), end: value.end });
}
