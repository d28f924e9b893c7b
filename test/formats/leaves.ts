import { parse as parseYaml } from 'yaml';
import type { Reference } from '../../src/model/reference.ts';
import { decodeEntities } from '../../src/formats/risValue.ts';
import { plainTex } from '../../src/syntax/tex.ts';

/** A value as it stands in the text of an entry, under the name that it has there. */
export interface Leaf {
  readonly name: string;
  readonly text: string;
}

/** The values of an entry by a reading of its own, which knows no meaning: so it finds what the reader of the format overlooks. */
export function leavesOf(entry: string, reference: Reference, format = reference.source.format): Leaf[] {
  switch (format) {
    case 'bibtex':
    case 'biblatex':
      return reference.source.fields.map(({ name, text, expanded }) => ({ name, text: plainTex(expanded ?? text) }));
    case 'csl-json':
      return membersOf(JSON.parse(entry) as unknown);
    case 'csl-yaml':
    case 'hayagriva':
    case 'cff':
      return membersOf(parseYaml(unindented(entry)) as unknown).map(({ name, text }) => ({
        name,
        // Hayagriva's braces and the signs of Markdown stand inside words.
        text:
          format === 'hayagriva'
            ? text.replace(/[{}]/gu, '')
            : format === 'csl-yaml'
              ? text.replace(/\]\{\.(?:nocase|smallcaps)\}|(?<!\\)[[*^~]|\\(?=[!-/:-@[-`{-~])/gu, '')
              : text,
      }));
    case 'endnote-xml':
    case 'mods':
      return elementsOf(entry);
    default:
      return linesOf(entry).map(({ name, text }) => ({ name, text: decodeEntities(text) }));
  }
}

const unindented = (entry: string): string => {
  const dash = /^(\s*)-\s/u.exec(entry);
  return dash === null ? entry : entry.replace(/^(\s*)-/u, '$1 ');
};

function membersOf(value: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const waiting: [name: string, value: unknown][] = [['', value]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [name, inner] = next;
    if (typeof inner === 'object' && inner !== null) {
      for (const [member, own] of Object.entries(inner)) {
        waiting.push([Array.isArray(inner) ? name : name === '' ? member : `${name}.${member}`, own]);
      }
    } else if (typeof inner === 'string' || typeof inner === 'number') {
      leaves.push({ name, text: String(inner) });
    }
  }
  return leaves.reverse();
}

function elementsOf(entry: string): Leaf[] {
  return [...entry.replace(/<\/?style[^<>]*>/gu, '').matchAll(/<([\w:-]+)(?:\s[^<>]*)?>([^<>]+)(?=<)/gu)].map(
    ([, name = '', text = '']) => ({
      name,
      text: text.replace(/&(?:lt|gt|amp|quot|apos);/gu, entity => entities[entity] ?? ''),
    }),
  );
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
  '&quot;': '"',
  '&apos;': "'",
};

function linesOf(entry: string): Leaf[] {
  const leaves: { name: string; text: string }[] = [];
  for (const line of entry.split(/\r?\n/u)) {
    const name = /^(?:[A-Z][A-Z0-9]{1,3}(?=[ \t]*-)|%.|[A-Z][A-Z0-9](?=[ \t]|$))/u.exec(line)?.[0];
    const last = leaves.at(-1);
    if (name !== undefined)
      leaves.push({
        name,
        text: line
          .slice(name.length)
          .replace(/^[ \t]*-/u, '')
          .trim(),
      });
    else if (last !== undefined) last.text += ` ${line}`;
  }
  return leaves;
}
