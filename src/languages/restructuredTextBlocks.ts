import type { Span } from '../text/span.ts';

/** A part of a reStructuredText document. Comments, code and literal blocks are left out. */
export type RstBlock =
  | { readonly kind: 'text'; readonly span: Span }
  /** `.. name:: arguments`, with the indented lines below. */
  | { readonly kind: 'directive'; readonly name: string; readonly span: Span; readonly lines: readonly Span[] };

/** Directives whose bodies matter to citations themselves. */
const readWhole: ReadonlySet<string> = new Set(['bibliography', 'include', 'toctree']);

/** Directives whose bodies are no running text. */
const code: ReadonlySet<string> = new Set(
  (
    'code code-block sourcecode literalinclude raw highlight math doctest testcode testsetup testoutput prompt ipython ' +
    'jupyter-execute code-cell mermaid graphviz digraph graph plantuml productionlist parsed-literal plot image default-role ' +
    'role meta unicode date replace footbibliography'
  ).split(' '),
);

export function readRst(text: string): RstBlock[] {
  const blocks: RstBlock[] = [];
  let paragraph = -1;
  let literal = false;
  let literalIndent = 0;
  const close = (end: number): void => {
    if (paragraph >= 0) blocks.push({ kind: 'text', span: { start: paragraph, end } });
    paragraph = -1;
  };
  for (let at = 0; at < text.length;) {
    const line = lineAt(text, at);
    if (line.content === line.end) {
      close(at);
      at = line.next;
      continue;
    }
    if (literal && paragraph < 0) {
      literal = false;
      const body = bodyOf(text, at, literalIndent);
      literalIndent = 0;
      if (body.lines.length > 0) {
        at = body.end;
        continue;
      }
    }
    const markup = paragraph < 0 ? explicitMarkup(text, line) : undefined;
    if (markup === undefined) {
      if (paragraph < 0) paragraph = at;
      literal = text.startsWith('::', line.end - 2);
      if (literal) literalIndent = line.content - at;
      at = line.next;
      continue;
    }
    close(at);
    const { name, start } = markup;
    if (name === undefined || code.has(name) || readWhole.has(name)) {
      const body = bodyOf(text, line.next, line.content - at);
      if (name !== undefined && readWhole.has(name))
        blocks.push({ kind: 'directive', name, span: { start, end: line.end }, lines: body.lines });
      at = body.end;
    } else {
      paragraph = start;
      at = line.next;
    }
  }
  close(text.length);
  return blocks;
}

interface Line {
  /** Behind the indentation. */
  readonly content: number;
  /** Before the spaces at its end. */
  readonly end: number;
  readonly next: number;
}

function lineAt(text: string, start: number): Line {
  const lineFeed = text.indexOf('\n', start);
  const next = lineFeed < 0 ? text.length : lineFeed + 1;
  let content = start;
  let end = lineFeed < 0 ? text.length : lineFeed;
  while (content < end && ' \t\r'.includes(text[content] ?? '')) content++;
  while (end > content && ' \t\r'.includes(text[end - 1] ?? '')) end--;
  return { content, end, next };
}

/** The lines from `start` that are indented deeper, and where they end; empty lines among them are left out. */
function bodyOf(text: string, start: number, indent: number): { readonly lines: Span[]; readonly end: number } {
  const lines: Span[] = [];
  let end = start;
  for (let at = start; at < text.length;) {
    const line = lineAt(text, at);
    if (line.content < line.end) {
      if (line.content - at <= indent) break;
      lines.push({ start: line.content, end: line.end });
      end = line.next;
    }
    at = line.next;
  }
  return { lines, end };
}

/** What `..` begins: a directive with its name, a definition whose text cites, or a comment without a name. */
function explicitMarkup(
  text: string,
  { content, end }: Line,
): { readonly name: string | undefined; readonly start: number } | undefined {
  if (!text.startsWith('..', content)) return undefined;
  if (content + 2 < end && !' \t'.includes(text[content + 2] ?? '')) return undefined;
  const head = text.slice(content, Math.min(end, content + 200));
  const directive = /^\.\.[ \t]{1,20}(?:\|[^|]{1,80}\|[ \t]{1,20})?([a-z][\w:.+-]{0,60}?)[ \t]{0,5}::(?=[ \t]|$)/i.exec(
    head,
  );
  if (directive?.[1] !== undefined) return { name: directive[1].toLowerCase(), start: content + directive[0].length };
  // Footnotes and citations are text; targets and the rest are none.
  const note = /^\.\.[ \t]{1,20}\[[^\]]{1,80}\](?=[ \t]|$)/.exec(head);
  return note === null ? { name: undefined, start: end } : { name: '', start: content + note[0].length };
}
