import type { Span } from '../../src/text/span.ts';

/**
 * Several files in one string, as an editor would show them:
 *
 *     parseFixture(`
 *       %! main.tex
 *       \\cite{doe, |roe}
 *             ^^^
 *       %! refs.bib
 *       @book{doe}
 *     `)
 *
 * - A line `%! name` begins a file; text without such a line is one file named `main`.
 * - A line of nothing but spaces, `^`, `!` and `|` marks the line of text above it: `^^^` a range, `!` an empty range, `|` the
 *   cursor before the character above. Several such lines may follow each other. They are not part of the text.
 * - When no `|` stands under the text and exactly one stands in it, that one is the cursor and is taken out of the text
 *   (`\\verb|x|` has two and stays). Columns of markers count without it.
 * - An empty first line, the last line of a template literal, and indentation that all lines share are dropped. Files do not
 *   end in a line break unless an empty line is written at their end.
 */
export function parseFixture(source: string): Fixture {
  const drafts = splitFiles(dedent(source));
  const inText = drafts
    .flatMap(draft => draft.lines.map(line => line.split('|').length - 1))
    .reduce((a, b) => a + b, 0);
  const isUnder = drafts.some(draft => draft.markers.some(marker => marker.picture.includes('|')));
  const files: FixtureFile[] = [];
  let cursor: FixtureCursor | undefined;
  for (const draft of drafts) {
    const { file, offset } = finish(draft, !isUnder && inText === 1);
    files.push(file);
    if (offset !== undefined) cursor = { file, offset };
  }
  return cursor === undefined ? { files } : { files, cursor };
}

export interface Fixture {
  readonly files: readonly FixtureFile[];
  readonly cursor?: FixtureCursor;
}

export interface FixtureFile {
  readonly name: string;
  /** `file:///project/<name>`, encoded. */
  readonly uri: string;
  readonly text: string;
  /** Marked by `^^^` and `!`, in order of place. */
  readonly ranges: readonly Span[];
}

export interface FixtureCursor {
  readonly file: FixtureFile;
  readonly offset: number;
}

/** The text and offset of a fixture that must have a cursor. */
export function parseCursor(source: string): {
  readonly text: string;
  readonly offset: number;
  readonly fixture: Fixture;
} {
  const fixture = parseFixture(source);
  if (fixture.cursor === undefined) throw new Error(`No cursor in fixture: ${source}`);
  return { text: fixture.cursor.file.text, offset: fixture.cursor.offset, fixture };
}

/** The reverse of reading: the text with `^^^` and `!` under the spans, for differences a person can read. */
export function underline(text: string, spans: readonly Span[]): string {
  const shown: string[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    shown.push(line);
    const marks = Array.from({ length: line.length + 1 }, () => ' ');
    for (const span of spans) {
      const from = Math.max(span.start, start) - start;
      const to = Math.min(span.end, start + line.length) - start;
      if (span.start === span.end && from === to) marks[from] = '!';
      else if (from < to) marks.fill('^', from, to);
    }
    const picture = marks.join('').trimEnd();
    if (picture !== '') shown.push(picture);
    start += line.length + 1;
  }
  return shown.join('\n');
}

interface Draft {
  readonly name: string;
  readonly lines: string[];
  readonly markers: { readonly line: number; readonly picture: string }[];
}

function dedent(source: string): string[] {
  const lines = source.split('\n');
  if (lines.length > 1 && lines[0]?.trim() === '') lines.shift();
  if (lines.length > 1 && lines.at(-1)?.trim() === '') lines.pop();
  const filled = lines.filter(line => line.trim() !== '' && !isMarker(line));
  const indent = Math.min(...filled.map(line => line.length - line.trimStart().length));
  return lines.map(line => line.slice(Number.isFinite(indent) ? indent : 0));
}

const isMarker = (line: string): boolean => line.trim() !== '' && /^[ ^!|]*$/.test(line);

function splitFiles(lines: readonly string[]): Draft[] {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  for (const line of lines) {
    const name = /^%! *(\S.*)$/.exec(line)?.[1];
    if (name !== undefined || current === undefined) {
      current = { name: name?.trim() ?? 'main', lines: [], markers: [] };
      drafts.push(current);
      if (name !== undefined) continue;
    }
    if (isMarker(line) && current.lines.length > 0)
      current.markers.push({ line: current.lines.length - 1, picture: line });
    else current.lines.push(line);
  }
  return drafts;
}

function finish(draft: Draft, inline: boolean): { file: FixtureFile; offset: number | undefined } {
  const written = draft.lines.join('\n');
  const found = inline ? written.indexOf('|') : -1;
  const text = found < 0 ? written : written.slice(0, found) + written.slice(found + 1);
  let offset = found < 0 ? undefined : found;
  const starts = [0];
  for (const line of text.split('\n')) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const ranges: Span[] = [];
  for (const { line, picture } of draft.markers) {
    const start = starts[line] ?? 0;
    for (const mark of picture.matchAll(/\^+|!|\|/g)) {
      if (mark[0] === '|') offset = start + mark.index;
      else ranges.push({ start: start + mark.index, end: start + mark.index + (mark[0] === '!' ? 0 : mark[0].length) });
    }
  }
  ranges.sort((a, b) => a.start - b.start || a.end - b.end);
  const uri = 'file:///project/' + draft.name.split('/').map(encodeURIComponent).join('/');
  return { file: { name: draft.name, uri, text, ranges }, offset };
}
