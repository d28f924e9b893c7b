/**
 * Pandoc reads the values of CSL-YAML as Markdown (manual, "Specifying bibliographic data"). Markup of CSL is written as Markdown, other signs
 * of Markdown are escaped; reading undoes both. Markup that Markdown cannot say, around blanks or other markup, stays HTML, which Pandoc reads too.
 */

/** Markup that holds no other. */
const simpleMarkup = /<(i|b|sup|sub|span)((?:\s[^<>]*)?)>([^<>]*)<\/\1>/giu;

/** A value with CSL's markup as Markdown. */
export function toMarkdown(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  for (const match of text.matchAll(simpleMarkup)) {
    const [whole, tag = '', attributes = '', content = ''] = match;
    parts.push(escaped(text.slice(copied, match.index), text.charAt(copied - 1)));
    const marks = marksOf(tag.toLowerCase(), attributes);
    const isTight = /^\S(?:.*\S)?$/su.test(content) && !(marks?.isWord === true && /\s/u.test(content));
    // Two that touch would read as one of another kind.
    const touches = match.index === copied && copied > 0;
    parts.push(
      marks !== undefined && isTight && !touches
        ? `${marks.open}${escaped(content, '')}${marks.close}`
        : `<${tag}${attributes}>${escaped(content, '')}</${tag}>`,
    );
    copied = match.index + whole.length;
  }
  parts.push(escaped(text.slice(copied), text.charAt(copied - 1)));
  return withoutBlocks(parts.join(''));
}

interface Marks {
  readonly open: string;
  readonly close: string;
  /** Whether no blank may stand within. */
  readonly isWord?: boolean;
}

const nocase = ' class="nocase"';
const smallCaps = ' style="font-variant:small-caps;"';

function marksOf(tag: string, attributes: string): Marks | undefined {
  switch (`${tag}${attributes}`) {
    case 'i':
      return { open: '*', close: '*' };
    case 'b':
      return { open: '**', close: '**' };
    case 'sup':
      return { open: '^', close: '^', isWord: true };
    case 'sub':
      return { open: '~', close: '~', isWord: true };
    case `span${nocase}`:
      return { open: '[', close: ']{.nocase}' };
    case `span${smallCaps}`:
      return { open: '[', close: ']{.smallcaps}' };
    default:
      return undefined;
  }
}

/** Signs that Markdown reads anywhere, or where they stand: `_` at the edge of a word, `@` before one, `<` and `&` before a name. */
const signs =
  /[\\*`[\]^~$]|(?<![\p{L}\p{N}])[_@]|_(?![\p{L}\p{N}])|<(?!\/?(?:i|b|sup|sub|sc|span)\b)(?=[a-z/!?])|&(?=#?\w{1,31};)/giu;

/** `before` is the character that stands in front of the text. */
const escaped = (text: string, before: string): string =>
  `${before}${text}`
    .replace(signs, (sign, at: number) => (at < before.length ? sign : `\\${sign}`))
    .slice(before.length);

/** What begins a heading, quotation, list or line block at the beginning of a line. */
const withoutBlocks = (text: string): string =>
  text
    .replace(/^( {0,3})([#>|+=:%-])(?=[\s#>+=-]|$)/gmu, '$1\\$2')
    .replace(/^( {0,3}\(?(?:\d{1,9}|[a-z]|[ivxlcdm]{2,9}))([.)])(?=\s)/gmu, '$1\\$2')
    .replace(/^( {0,3}\(?[A-Z])(\))(?=\s)/gmu, '$1\\$2');

/** What Markdown says, in CSL's markup. Marks without a partner are text. */
export function fromMarkdown(text: string): string {
  if (!/[\\*_^~[]/u.test(text)) {
    return text;
  }
  const parts: string[] = [];
  const open: { readonly mark: string; readonly part: number }[] = [];
  const counts = new Map<string, number>();
  const count = (mark: string, step: number): void => void counts.set(mark, (counts.get(mark) ?? 0) + step);
  const close = (mark: string, tag: string, attributes: string): boolean => {
    if ((counts.get(mark) ?? 0) === 0) {
      return false;
    }
    const found = open.findLastIndex(one => one.mark === mark);
    const first = open[found];
    if (first === undefined || first.part === parts.length - 1) {
      return false;
    }
    for (const { mark: dropped } of open.splice(found)) count(dropped, -1);
    parts[first.part] = `<${tag}${attributes}>`;
    parts.push(`</${tag}>`);
    return true;
  };
  for (let at = 0; at < text.length;) {
    const token = nextToken(text, at);
    const [before, after] = [text.charAt(at - 1), text.charAt(at + token.length)];
    at += token.length;
    const span = token.startsWith(']{') ? spans[token] : undefined;
    if (span !== undefined && close('[', 'span', span)) {
      continue;
    }
    const tag = tags[token];
    if (tag !== undefined && isCloser(token, before, after) && close(token, tag, '')) {
      continue;
    }
    if (token === '[' || (tag !== undefined && isOpener(token, before, after))) {
      open.push({ mark: token, part: parts.length });
      count(token, 1);
    }
    if (/^\s/u.test(token)) {
      for (let last = open.at(-1); last?.mark === '^' || last?.mark === '~'; last = open.at(-1)) {
        open.pop();
        count(last.mark, -1);
      }
    }
    parts.push(token.startsWith('\\') ? token.slice(1) : token);
  }
  return parts.join('');
}

/** Takes away the backslashes only: for addresses and numbers. */
export const withoutEscapes = (text: string): string => text.replace(/\\([!-/:-@[-`{-~])/gu, '$1');

const tags: Readonly<Record<string, string>> = { '*': 'i', _: 'i', '**': 'b', __: 'b', '^': 'sup', '~': 'sub' };
const spans: Readonly<Record<string, string>> = { ']{.nocase}': nocase, ']{.smallcaps}': smallCaps };

const tokens = /\\[!-/:-@[-`{-~]|\*\*|__|[*_^~[]|\]\{\.(?:nocase|smallcaps)\}|\s+|[^\\*_^~[\]\s]+|[^]/uy;

function nextToken(text: string, at: number): string {
  tokens.lastIndex = at;
  return tokens.exec(text)?.[0] ?? text.charAt(at);
}

const isWord = (char: string): boolean => /[\p{L}\p{N}]/u.test(char);
const isBlank = (char: string): boolean => char === '' || /\s/u.test(char);

const isOpener = (mark: string, before: string, after: string): boolean =>
  !isBlank(after) && !(mark.startsWith('_') && isWord(before));
const isCloser = (mark: string, before: string, after: string): boolean =>
  !isBlank(before) && !(mark.startsWith('_') && isWord(after));
