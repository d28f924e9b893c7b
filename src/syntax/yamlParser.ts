import { parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Span } from '../text/span.ts';

/** What the parser makes of a text. */
export interface ParsedYaml {
  /** Undefined where the text is no YAML at all. */
  readonly document?: Document.Parsed | Document;
  /** The first place that is no YAML. */
  readonly error?: Span;
}

/** Parses YAML that is not nested too deeply: the parser recurses. Text that is broken all over is given up soon. */
export function parseYaml(source: string, schema: 'core' | 'failsafe'): ParsedYaml {
  if (source.length > 2 * sample) {
    const { errors } = parse(source.slice(0, sample), schema);
    if (errors.length > mostErrors) return firstOf(errors);
  }
  const document = parse(source, schema);
  return { document, ...firstOf(document.errors) };
}

/** So much of a long text is looked at first. */
const sample = 8000;
/** Nobody mistypes as much within the sample; the parser takes long for each. */
const mostErrors = 100;

const firstOf = ([error]: Document['errors']): { error?: Span } =>
  error === undefined ? {} : { error: { start: error.pos[0], end: error.pos[1] } };

function parse(source: string, schema: 'core' | 'failsafe') {
  const before = Error.stackTraceLimit;
  // The parser makes an error for each token that does not fit; most of the time would go into noting where the program was.
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(source, { schema, uniqueKeys: false, strict: false, logLevel: 'silent', prettyErrors: false });
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** So many maps in one line are no text; the parser nests them. */
export const mostColons = 300;

/** Deeper nesting is no bibliography, and the parser would run out of stack. */
const deepest = 60;

/**
 * Where a text is nested too deeply; undefined where it is nowhere. Counts brackets, dashes and steps of indentation, whatever they stand
 * in: more than enough for any record.
 */
export function tooDeepAt(text: string): number | undefined {
  const columns: number[] = [];
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(start, end);
    const content = /[^ \t\r\uFEFF]/u.exec(line)?.index;
    if (content !== undefined) {
      while ((columns.at(-1) ?? -1) > content) columns.pop();
      if (columns.at(-1) !== content) columns.push(content);
      if (line.split(': ', mostColons).length === mostColons) return start;
      const leading = /^(?:[-?:][ \t]+){1,100}/u.exec(line.slice(content, content + 2000));
      if (columns.length + (leading?.[0].split(/[ \t]+/u).length ?? 0) > deepest) return start + content;
    }
    start = end + 1;
  }
  return manyBracketsAt(text);
}

function manyBracketsAt(text: string): number | undefined {
  let open = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x5b || char === 0x7b) {
      if (++open > deepest) return at;
    } else if ((char === 0x5d || char === 0x7d) && open > 0) open--;
  }
  return undefined;
}
