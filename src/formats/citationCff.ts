import { isKeyMadeFrom, makeCitationKey } from '../model/citationKey.ts';
import type { Reference, SourceField } from '../model/reference.ts';
import { readYaml, writeYaml, yamlItems, yamlMembers, type YamlMap, type YamlValue } from '../syntax/yaml.ts';
import type { Span } from '../text/span.ts';
import { readCffReference, cffTypes } from './citationCffRead.ts';
import { keyDescription, nobody } from './citationCffWords.ts';
import { writeCffReference } from './citationCffWrite.ts';
import {
  blocksWithMadeKeys,
  lossesAgainst,
  withJoinedTitles,
  sourceFieldsOf,
  type DocumentEntry,
} from './documentDraft.ts';
import type { Blocks, Format, Frame, WriteOptions, Written } from './format.ts';

const listTitle = 'References';

/** The schema wants a work that the file is about; a list of references is about none. */
const head = `cff-version: 1.2.0
message: A list of references.
title: ${listTitle}
authors:
- name: ${nobody}
`;

const frame: Frame = { open: `${head}references:\n`, between: '', close: '', write: writeOne, writer };

/** The schema wants every reference once: one that is written like others before it is told from them by its number. */
function writer(): Frame['write'] {
  const copies = new Map<string, number>();
  return (reference, options) => {
    const written = writeOne(reference, options);
    const copy = (copies.get(written.text) ?? 0) + 1;
    copies.set(written.text, copy);
    return copy === 1 ? written : writeOne(reference, options, copy);
  };
}

function writeOne(reference: Reference, { lossless }: WriteOptions, copy = 1): Written {
  const entry = writeCffReference(withJoinedTitles(reference), { lossless, copy });
  const back = readCffReference(entry);
  // Without a key in the text one is made again from author, year and title; the second to have one gets a letter.
  const made = makeCitationKey({ ...back, source: reference.source });
  const { key } = reference;
  return {
    text: writeYaml([entry]),
    losses: lossesAgainst(reference, { ...back, key: back.key === '' && isKeyMadeFrom(key, made) ? key : back.key }),
  };
}

/** CITATION.cff 1.2.0: a work, how to cite it, and its references. */
export const citationCff: Format = {
  name: 'cff',
  title: 'CITATION.cff',
  extensions: ['.cff'],

  recognise: text => (/^cff-version\s*:/mu.test(text.slice(0, 20_000)) ? 1 : 0),

  scan(text): Blocks {
    const entries = entriesIn(text);
    return blocksWithMadeKeys(entries, entry => readSpan(text, entries[entry]?.span ?? { start: 0, end: 0 }));
  },

  makeKey: (text, entry) => makeCitationKey(readSpan(text, entry)),

  read(text, blocks, entry) {
    return { ...readSpan(text, blocks.entrySpan(entry)), key: blocks.key(entry) };
  },

  write(references, options) {
    const write = writer();
    const written = Array.from(references, reference => write(reference, options));
    return {
      text: written.length === 0 ? head : frame.open + written.map(one => one.text).join(''),
      losses: written.flatMap(one => one.losses),
    };
  },

  frame,
};

const listed = new Set(['references', 'preferred-citation']);

/** The work itself up to its references, then how it wants to be cited, then the references. */
function entriesIn(text: string): DocumentEntry[] {
  const members = yamlMembers(text);
  const own = members.filter(member => !listed.has(member.name));
  const [first] = own;
  const found: DocumentEntry[] = [];
  const isList =
    members.some(member => member.name === 'references') &&
    own.some(one => one.name === 'title' && text.slice(one.value.start, one.value.end).trim() === listTitle) &&
    own.some(
      one => one.name === 'authors' && text.slice(one.value.start, one.value.end).trim() === `- name: ${nobody}`,
    );
  if (first !== undefined && !isList) {
    const type = own.find(member => member.name === 'type');
    const title = own.find(member => member.name === 'title');
    const start = Math.min(first.span.start, members[0]?.span.start ?? 0);
    const end = members.find(member => listed.has(member.name))?.span.start ?? own.at(-1)?.span.end ?? start;
    const typeText = type === undefined ? 'software' : text.slice(type.value.start, type.value.end).trim();
    // Members may follow the references: then the work is the whole file.
    const last = own.at(-1)?.span.end ?? end;
    found.push({
      span: { start, end: last > end ? last : end },
      key: '',
      keySpan: title?.value ?? { start, end: start },
      type: typeText,
    });
  }
  const preferred = members.find(member => member.name === 'preferred-citation');
  if (preferred !== undefined) {
    found.push(referenceAt(text, preferred.span, preferred.value));
  }
  const references = members.find(member => member.name === 'references');
  if (references !== undefined) {
    for (const span of yamlItems(text, references.value)) found.push(referenceAt(text, span, span));
  }
  return found;
}

function referenceAt(text: string, span: Span, inside: Span): DocumentEntry {
  const members = yamlMembers(text, inside);
  const type = members.find(member => member.name === 'type');
  const identifiers = members.find(member => member.name === 'identifiers');
  const ofKey = identifiers === undefined ? undefined : keyIn(text, identifiers.value);
  const raw =
    type === undefined
      ? ''
      : text
          .slice(type.value.start, type.value.end)
          .trim()
          .replace(/^["']|["']$/gu, '');
  return {
    span,
    key: ofKey?.key ?? '',
    keySpan: ofKey?.span ?? type?.value ?? { start: span.start, end: span.start },
    type: Object.hasOwn(cffTypes, raw) ? raw : raw.slice(0, 100),
  };
}

function keyIn(text: string, identifiers: Span): { key: string; span: Span } | undefined {
  for (const item of yamlItems(text, identifiers)) {
    const members = yamlMembers(text, item);
    const described = members.find(member => member.name === 'description');
    const value = members.find(member => member.name === 'value');
    if (
      described !== undefined &&
      value !== undefined &&
      text.slice(described.value.start, described.value.end).trim() === keyDescription
    ) {
      const start = value.value.end - text.slice(value.value.start, value.value.end).trimStart().length;
      const read = readYaml(text, { start, end: value.value.end });
      return read === null || typeof read === 'object' || read === undefined
        ? undefined
        : { key: String(read), span: { start, end: value.value.end } };
    }
  }
  return undefined;
}

function readSpan(text: string, span: Span): Reference {
  const whole = readYaml(text, span);
  const preferred = isMap(whole) ? whole['preferred-citation'] : undefined;
  const isRoot = isMap(whole) && 'cff-version' in whole;
  const entry = isRoot ? withoutListed(whole) : isMap(preferred) ? preferred : whole;
  if (!isMap(entry)) {
    const lines = text.slice(span.start, span.end);
    const fields: SourceField[] = [{ name: 'cff-unreadable', text: lines }];
    return {
      key: '',
      type: 'misc',
      fields: new Map([['cff-unreadable', { kind: 'text', text: lines }]]),
      source: { format: 'cff', type: '', fields },
    };
  }
  const type = typeof entry['type'] === 'string' ? entry['type'] : isRoot ? 'software' : 'generic';
  const read = readCffReference({ ...entry, type });
  return {
    ...read,
    source: { format: 'cff', type, fields: sourceFieldsOf(entry, new Set(['type', 'cff-version'])) },
  };
}

const withoutListed = (entry: YamlMap): YamlMap =>
  Object.fromEntries(Object.entries(entry).filter(([name]) => !listed.has(name) && name !== 'cff-version'));

const isMap = (value: YamlValue | undefined): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
