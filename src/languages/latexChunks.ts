import type { Span } from '../text/span.ts';
import type { Include } from './language.ts';
import type { Verbatim } from './latexVerbatim.ts';
import { isLineBreak, lineEnd } from './texArguments.ts';

/**
 * Where a chunk of code ends: `<<options>>=` up to a line that begins with `@` (Sweave, knitr, Pweave, Weave.jl), and
 * `%% begin.rcode` up to `%% end.rcode` (knitr's .Rtex). Undefined where none begins; a chunk that does not end is none.
 */
export function chunkEnd(text: string, { unclosed }: Verbatim, start: number): number | undefined {
  if (text.startsWith('begin.rcode', start))
    return unclosed.has('end.rcode') ? undefined : lastOf(text.indexOf('end.rcode', start), 'end.rcode', unclosed);
  if (start > 0 && !isLineBreak(text.charCodeAt(start - 1))) return undefined;
  if (unclosed.has('\n@') || !text.slice(start, lineEnd(text, start)).trimEnd().endsWith('>>=')) return undefined;
  let end = text.indexOf('\n@', start);
  while (end >= 0 && !/^\n@(?:[ \t%\r\n]|$)/.test(text.slice(end, end + 3))) end = text.indexOf('\n@', end + 1);
  return lastOf(end, '\n@', unclosed);
}

/** Behind the `mark` at `found`; where there is none, it is kept that there is none. */
function lastOf(found: number, mark: string, unclosed: Set<string>): number | undefined {
  if (found >= 0) return found + mark.length;
  unclosed.add(mark);
  return undefined;
}

/** The documents that a chunk of knitr takes in (`child='one.Rnw'`), and the one it belongs to (`set_parent('main.Rnw')`). */
export function readChunk(
  text: string,
  chunk: Span,
): { readonly children: readonly Include[]; readonly parent: Include | undefined } {
  const options = { start: chunk.start, end: lineEnd(text, chunk.start) };
  const child = /\bchild\s{0,9}=\s{0,9}(?:c\(([^()]*)\)|(["'][^"']*["']))/.exec(text.slice(options.start, options.end));
  const list = child === null ? undefined : (child[1] ?? child[2] ?? '');
  const children =
    child === null || list === undefined ? [] : quoted(list, options.start + child.index + child[0].indexOf(list));
  const code = text.slice(options.end, Math.min(chunk.end, options.end + longestHead));
  const parent = /\bset_parent\(([^)]*)\)/.exec(code);
  const [root] =
    parent === null ? [] : quoted(parent[1] ?? '', options.end + parent.index + parent[0].indexOf('(') + 1);
  return { children, parent: root };
}

/** How far into a chunk its parent is looked for. */
const longestHead = 1000;

const quoted = (list: string, start: number): Include[] =>
  [...list.matchAll(/(["'])([^"']+)\1/g)].map(({ index, 2: target = '' }) => ({
    target,
    span: { start: start + index + 1, end: start + index + 1 + target.length },
    impliedExtensions: [],
  }));
