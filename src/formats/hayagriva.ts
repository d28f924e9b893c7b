import type { Reference } from '../model/reference.ts';
import { readYaml, writeYaml, yamlMembers, type YamlMap, type YamlMember } from '../syntax/yaml.ts';
import {
  brokenYaml,
  documentBlocks,
  lossesAgainst,
  withJoinedTitles,
  sourceFieldsOf,
  type DocumentEntry,
} from './documentDraft.ts';
import type { Blocks, Format, Frame, Written } from './format.ts';
import { readHayagrivaEntry } from './hayagrivaRead.ts';
import { isHayagrivaType } from './hayagrivaTypes.ts';
import { writeHayagrivaEntry } from './hayagrivaWrite.ts';

const frame: Frame = { open: '', between: '\n', close: '', write: writeOne };

const longestKey = 500;

function writeOne(reference: Reference): Written {
  const entry = writeHayagrivaEntry(withJoinedTitles(reference));
  // An empty name is none, and one of more than 1024 characters must not stand before a colon (YAML 1.2 §7.4.2).
  const key = reference.key === '' ? 'reference' : reference.key.slice(0, longestKey);
  const back = { key, ...readHayagrivaEntry(entry) };
  return { text: writeYaml({ [key]: entry }), losses: lossesAgainst(reference, back) };
}

/** Hayagriva, the YAML of Typst: a map of entries, with what an entry is part of as its `parent`. */
export const hayagriva: Format = {
  name: 'hayagriva',
  title: 'Hayagriva',
  extensions: ['.yml', '.yaml'],

  recognise(text) {
    const head = text.slice(0, 20_000);
    const entries = entriesIn(head).slice(0, 5);
    const describes = (entry: YamlMember): boolean =>
      yamlMembers(head, entry.value).some(member => /^(?:title|author|parent|date)$/u.test(member.name)) ||
      head
        .slice(entry.value.start, entry.value.start + 20)
        .trimStart()
        .startsWith('{');
    const isTyped = (entry: YamlMember): boolean => isHayagrivaType(typeIn(head, entry));
    return entries.some(entry => isTyped(entry) && describes(entry)) &&
      entries.every(entry => isTyped(entry) || describes(entry))
      ? 0.9
      : 0;
  },

  scan(text): Blocks {
    return documentBlocks(
      entriesIn(text).map((member): DocumentEntry => ({
        span: member.span,
        key: member.name,
        keySpan: member.nameSpan,
        type: typeIn(text, member),
      })),
    );
  },

  readsInParts: () => true,
  problems: brokenYaml,

  read(text, blocks, entry) {
    const span = blocks.entrySpan(entry);
    const key = blocks.key(entry);
    const type = blocks.type(entry);
    const whole = readYaml(text, span);
    const own = isMap(whole) ? Object.values(whole)[0] : undefined;
    if (!isMap(own)) {
      const lines = text.slice(span.start, span.end);
      return {
        key,
        type: 'misc',
        fields: new Map([['hayagriva-unreadable', { kind: 'text', text: lines }]]),
        source: { format: 'hayagriva', type, fields: [{ name: 'hayagriva-unreadable', text: lines }] },
      };
    }
    return {
      key,
      ...readHayagrivaEntry(own),
      source: { format: 'hayagriva', type, fields: sourceFieldsOf(own, new Set(['type'])) },
    };
  },

  write(references) {
    const written = Array.from(references, writeOne);
    return { text: written.map(one => one.text).join(frame.between), losses: written.flatMap(one => one.losses) };
  },

  frame,
};

const isMap = (value: unknown): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The top members that hold a map; those of a single value are no entries. */
const entriesIn = (text: string): YamlMember[] =>
  yamlMembers(text).filter(member => {
    const value = text.slice(member.value.start, Math.min(member.value.end, member.value.start + 500));
    return /^[ \t]*(?:&\S{1,100}\s*)?(?:#.*)?(?:\{|\r?\n)/u.test(value) && !/^\s*-\s/u.test(value);
  });

function typeIn(text: string, entry: YamlMember): string {
  const type = yamlMembers(text, entry.value).find(member => member.name === 'type');
  const flow = /^\s*\{/u.test(text.slice(entry.value.start, entry.value.start + 20));
  const raw = flow
    ? (/\btype:\s*["']?([\w-]+)/u.exec(text.slice(entry.value.start, entry.value.end))?.[1] ?? '')
    : text.slice(type?.value.start ?? 0, type?.value.end ?? 0);
  return raw
    .replace(/\s#[^\n]*/gu, '')
    .trim()
    .replace(/^["']|["']$/gu, '');
}
