import { fieldKind } from '../data/fields.ts';
import { formatEdtf, parseEdtf } from '../model/date.ts';
import { person } from '../model/name.ts';
import type { Name, NameList } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import { sameValue, type NumberedTagLine, type RecordReading, type TagLine } from './recordDraft.ts';
import { oneLine } from './risValue.ts';

/** What a note that carries a field begins with, as in RIS: `bib:field: value`. */
const mark = /^bib:(=type|-fields|[a-z][\w.+-]*): /u;

/**
 * The notes that make a reading say what the reference says: fields that are missing or differ, the type, and fields that the reference
 * does not have. `noteTag` is the tag of notes.
 */
export function sidecarLines(reference: Reference, reading: RecordReading, noteTag: string): TagLine[] {
  const lines: TagLine[] = [];
  const add = (name: string, text: string): void => {
    lines.push({ tag: noteTag, text: `bib:${name}: ${text}` });
  };
  if (reading.type !== reference.type) {
    add('=type', reference.type);
  }
  const extra = [...reading.fields.keys()].filter(field => !reference.fields.has(field));
  if (extra.length > 0) {
    add('-fields', extra.join(' '));
  }
  for (const [field, value] of reference.fields) {
    if (!sameValue(reading.fields.get(field), value)) {
      const text = sidecarText(value);
      // A value that does not come back as it was is better reported.
      if (sameValue(sidecarValue(field, text), value) && text === oneLine(text) && mark.test(`bib:${field}: `)) {
        add(field, text);
      }
    }
  }
  return lines;
}

/** The lines of a record that are notes of a sidecar, and the others. */
export function partSidecar<Line extends TagLine>(
  lines: readonly Line[],
  noteTag: string,
): { own: Line[]; sidecar: Line[] } {
  const own: Line[] = [];
  const sidecar: Line[] = [];
  for (const line of lines) {
    (line.tag === noteTag && mark.test(line.text) ? sidecar : own).push(line);
  }
  return { own, sidecar };
}

/** A reading with what the notes of a sidecar say. */
export function withSidecar(reading: RecordReading, sidecar: readonly NumberedTagLine[]): RecordReading {
  if (sidecar.length === 0) {
    return reading;
  }
  const fields = new Map(reading.fields);
  const origins = new Map([...reading.origins].map(([field, lines]) => [field, [...lines]]));
  let { type } = reading;
  for (const line of sidecar) {
    const name = mark.exec(line.text)?.[1] ?? '';
    const text = line.text.slice(`bib:${name}: `.length);
    if (name === '=type') {
      type = text.trim();
    } else if (name === '-fields') {
      for (const field of text.split(/\s+/u)) {
        fields.delete(field);
      }
    } else {
      fields.set(name, sidecarValue(name, oneLine(text)));
      origins.set(name, [...(origins.get(name) ?? []), line.index]);
    }
  }
  return { type, fields, origins };
}

/** Names and lists as JSON, dates in EDTF, any other text as it is; text that has line ends, as JSON. */
function sidecarText(value: Value): string {
  switch (value.kind) {
    case 'names':
      return JSON.stringify(value.others ? [...value.names, 'others'] : value.names);
    case 'date':
      return value.date.literal ?? formatEdtf(value.date) ?? '';
    case 'list':
    case 'keywords':
      return JSON.stringify(value.items);
    default:
      return /^["\s]|\s$|[\r\n]/u.test(value.text) ? JSON.stringify(value.text) : value.text;
  }
}

function sidecarValue(field: string, text: string): Value {
  const kind = fieldKind(field);
  switch (kind) {
    case 'names':
      return { kind, ...jsonNames(text) };
    case 'date':
      return { kind, date: parseEdtf(text) ?? { literal: text } };
    case 'list':
    case 'keywords':
      return { kind, items: jsonTexts(text) ?? [text] };
    default: {
      const [only] = text.startsWith('"') ? (jsonTexts(`[${text}]`) ?? []) : [];
      return { kind: kind === 'verbatim' ? 'verbatim' : 'text', text: only ?? text };
    }
  }
}

function jsonTexts(text: string): string[] | undefined {
  const parsed = jsonArray(text);
  return parsed?.every(item => typeof item === 'string') === true ? parsed : undefined;
}

function jsonNames(text: string): NameList {
  const items = jsonArray(text) ?? [];
  const names = items.flatMap(jsonName);
  return names.length === 0 && !items.includes('others')
    ? { names: [{ literal: text }], others: false }
    : { names, others: items.includes('others') };
}

function jsonName(item: unknown): Name[] {
  if (typeof item !== 'object' || item === null) {
    return [];
  }
  const parts = new Map<string, unknown>(Object.entries(item));
  const text = (part: string): string => {
    const value = parts.get(part);
    return typeof value === 'string' ? value : '';
  };
  if (parts.has('literal')) {
    return [{ literal: text('literal') }];
  }
  const useprefix = parts.get('useprefix');
  return [
    person({
      family: text('family'),
      given: text('given'),
      prefix: text('prefix'),
      suffix: text('suffix'),
      ...(typeof useprefix === 'boolean' && { useprefix }),
    }),
  ];
}

/** Undefined for what is no array in JSON: somebody's own note that looks like one of ours. */
function jsonArray(text: string): unknown[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
