import type { CitationEffect, CitationForm } from '../protocol/citing.ts';
import type { Affixes, CitationSurroundings, CitationWriting } from './language.ts';
import { isLabel, isReference } from './typstLexis.ts';
import { modeAt } from './typstReader.ts';
import { insertion, locatorOnly, neither } from './writtenLists.ts';

const form = (name: string, effect: CitationEffect): CitationForm => ({
  name,
  effect,
  takes: effect === 'listed' ? neither : locatorOnly,
});

/** References and calls of `cite` (Typst reference, "cite"). */
const forms: readonly CitationForm[] = [
  form('@key', 'plain'),
  form('#cite(<key>)', 'plain'),
  form('#cite(<key>, form: "prose")', 'textual'),
  form('#footnote[@key]', 'footnote'),
  form('#cite(<key>, form: "author")', 'author'),
  form('#cite(<key>, form: "year")', 'year'),
  form('#cite(<key>, form: "full")', 'full'),
  form('#cite(<key>, form: none)', 'listed'),
];

export const typstWriting: CitationWriting = {
  forms: () => forms,
  takesOthers: false,
  write,
  fit,
  fill: (keys, { site }) => {
    const [first = '', ...others] = keys;
    const behind = others.map(key => ` ${reference(key, '')}`).join('');
    // Within a call there is place for one key; the others cannot follow.
    return site.form === '@' ? `${reference(first, '')}${behind}` : writeTypstKey(first, site.form ?? '');
  },
  join: (keys, { text, group }) => {
    // In code an expression follows another one by a plus sign.
    const isCode = group.command !== '@' && text[group.span.start] !== '#';
    const end = behindSupplement(text, group.span.end);
    if (isCode) return insertion(end, keys.map(key => ` + ${call(key, '')}`).join(''));
    return insertion(end, keys.map(key => ` ${reference(key, '')}`).join(''));
  },
};

/** `<key>` where it can be a label, else the function that makes one; inside of a string the key alone. */
export function writeTypstKey(key: string, form: string): string {
  const escaped = key.replace(/["\\]/g, '\\$&');
  if (form === 'string') return escaped;
  return isLabel(key) ? `<${key}>` : `label("${escaped}")`;
}

const call = (key: string, options: string): string => `cite(${writeTypstKey(key, 'label')}${options})`;

function reference(key: string, supplement: string): string {
  if (isReference(key)) return `@${key}${supplement === '' ? '' : `[${supplement}]`}`;
  return `#${call(key, supplement === '' ? '' : `, supplement: [${supplement}]`)}`;
}

function write(keys: readonly string[], form: string, { locator }: Affixes): string {
  const supplement = locator.replace(/[[\]]/g, '\\$&');
  const last = keys.length - 1;
  if (form.startsWith('#footnote')) return `#footnote[${write(keys, '@key', { prefix: '', locator })}]`;
  const options = /form: ("[a-z]+"|none)/.exec(form)?.[0];
  return keys
    .map((key, index) => {
      const behind = index === last ? supplement : '';
      if (form === '@key') return reference(key, behind);
      const given = behind === '' || options === 'form: none' ? '' : `, supplement: [${behind}]`;
      return `#${call(key, `${options === undefined ? '' : `, ${options}`}${given}`)}`;
    })
    .join(' ');
}

/** In code and formulas a citation is a block of content; in text nothing behind it may become part of it. */
function fit(written: string, { text, span }: CitationSurroundings): string {
  const mode = modeAt(text, span.start);
  if (mode !== 'content') return `${mode === 'math' ? '#' : ''}[${written}]`;
  const behind = text.slice(span.end, span.end + 2);
  const goesOn = /[\])]$/.test(written) ? /^(?:[([]|\.\p{L})/u : /^(?:[[_-]|[:.][\p{L}\p{N}_-])/u;
  return goesOn.test(behind) ? `${written} ` : written;
}

/** Behind the brackets that follow a reference at once. */
function behindSupplement(text: string, start: number): number {
  if (text[start] !== '[') return start;
  let depth = 0;
  for (let at = start; at < text.length && at < start + longestSupplement; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') depth++;
    else if (text[at] === ']' && --depth === 0) return at + 1;
  }
  return start;
}

const longestSupplement = 1000;
