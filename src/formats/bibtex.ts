import { append } from '../base/append.ts';
import { fieldNamed } from '../data/fields.ts';
import { makeCitationKey } from '../model/citationKey.ts';
import { babelName } from '../data/languages.ts';
import { repeatsType } from '../data/types.ts';
import { formatEdtf } from '../model/date.ts';
import type { Reference, Value } from '../model/reference.ts';
import type { BibtexBlocks, BibtexEntries } from '../syntax/bibtex.ts';
import { bibtexEntries, scanBibtex, scanningBibtex } from '../syntax/bibtex.ts';
import type { Dialect, WrittenField } from './bibtexDialect.ts';
import { translate, typeField } from './bibtexDialect.ts';
import { BibtexReader } from './bibtexRead.ts';
import { writeTexValue, writeYearAndMonth } from './bibtexValue.ts';
import { firstNote, isAccountOf, isFurtherAddress, isKnownAddress } from './facts.ts';
import { recordField } from './bibtexRecord.ts';
import { FieldBag, markupText } from './fieldBag.ts';
import type { Blocks, Format, WriteOptions, Written } from './format.ts';
import type { Loss } from './loss.ts';

/** BibTeX as its standard styles read it. One reader serves both dialects. */
export const bibtex: Format = bibtexFormat('bibtex', 'BibTeX', ['.bib', '.bibtex']);

/** A format of the BibTeX family. */
export function bibtexFormat(name: Dialect, title: string, extensions: readonly string[]): Format {
  return {
    name,
    title,
    extensions,
    recognise(text) {
      const head = text.slice(0, 50_000);
      if (!/@\s*[a-z]+\s*[{(]/iu.test(head)) {
        return 0;
      }
      const isEntry = /^[\t ]*@[a-z]+\s*[{(]/imu.test(head) ? 0.9 : 0.4;
      return usesBiblatex(head) === (name === 'biblatex') ? isEntry : isEntry - 0.05;
    },
    scan: text => readEntries(text, scanBibtex(text)),
    *scanning(text) {
      return readEntries(text, yield* scanningBibtex(text));
    },
    read(text, blocks, entry) {
      return bibtexIn(text, blocks).reader.read(entry, name);
    },
    write(references, options) {
      const parts: string[] = [];
      const losses: Loss[] = [];
      for (const reference of references) {
        const written = writeReference(reference, name, options);
        parts.push(written.text);
        append(losses, written.losses);
      }
      return { text: parts.join('\n'), losses } satisfies Written;
    },
  };
}

/**
 * Whether more of the words that only one of the dialects has are BibLaTeX's. A word or two of the other one are in most libraries, so each
 * pair has one vote.
 */
function usesBiblatex(text: string): boolean {
  const counts = new Map<string, number>();
  for (const [, type = '', field = ''] of text.matchAll(dialectWords)) {
    const word = `${type}${field}`.toLowerCase();
    const sign = type === '' ? word : classicalTypes.has(word) ? '@classical' : '@biblatex';
    counts.set(sign, (counts.get(sign) ?? 0) + 1);
  }
  let votes = 0;
  for (const [modern, classical] of dialectPairs) {
    votes += Math.sign((counts.get(modern) ?? 0) - (counts.get(classical) ?? 0));
  }
  return votes > 0 || (votes === 0 && (counts.has('@biblatex') || counts.has('date') || counts.has('journaltitle')));
}

const dialectWords =
  /@\s*(online|thesis|report|collection|mvbook|inreference|dataset|software|bookinbook|suppbook|xdata|phdthesis|mastersthesis|techreport|conference)\s*[{(]|[\s,](date|year|journaltitle|journal|location|address|langid|hyphenation|eprinttype|archiveprefix)\s*=/giu;
const classicalTypes: ReadonlySet<string> = new Set(['phdthesis', 'mastersthesis', 'techreport', 'conference']);
const dialectPairs = [
  ['@biblatex', '@classical'],
  ['date', 'year'],
  ['journaltitle', 'journal'],
  ['location', 'address'],
  ['langid', 'hyphenation'],
  ['eprinttype', 'archiveprefix'],
] as const;

/** Entries that remember their reader, so that strings and parents are looked up once for a text. */
interface ScannedEntries extends BibtexEntries {
  readonly reader: BibtexReader;
}

function readEntries(text: string, blocks: BibtexBlocks): ScannedEntries {
  const entries = bibtexEntries(text, blocks);
  return { ...entries, reader: new BibtexReader(text, entries) };
}

/** The entries of a text with their reader. Blocks may come from `scan` or from whoever keeps `BibtexEntries` up to date through edits. */
export function bibtexIn(text: string, blocks: Blocks): ScannedEntries {
  if ('reader' in blocks && blocks.reader instanceof BibtexReader) {
    return blocks as ScannedEntries;
  }
  return readEntries(text, 'blocks' in blocks ? (blocks as BibtexEntries).blocks : scanBibtex(text));
}

/** Writes one entry, with a line end behind it. */
export function writeReference(reference: Reference, dialect: Dialect, options: WriteOptions): Written {
  const { format } = reference.source;
  const { type, fields, losses } =
    format === 'bibtex' || format === 'biblatex'
      ? rewriteEntry(reference, dialect, options)
      : composeEntry(reference, dialect, options);
  const key = citationKey(reference);
  const keyLoss: Loss[] =
    key === reference.key || reference.key === ''
      ? []
      : [{ key: reference.key, field: 'key', value: reference.key, reason: 'narrowed' }];
  const record =
    options.lossless && reference.record !== undefined ? [recordField(reference.record, reference, fields)] : [];
  const lines = [...fields, ...record].map(field => `  ${field.name} = ${field.text},\n`);
  return { text: `@${type}{${key},\n${lines.join('')}}\n`, losses: [...losses, ...keyLoss] };
}

/** A key may hold anything but what ends it and what TeX or biber stumble over. */
function citationKey(reference: Reference): string {
  const key = reference.key.replace(/[\s,{}%#"'()=\\~]+/gu, '_');
  return key === '' || key === '_' ? makeCitationKey(reference) : key;
}

interface Entry {
  readonly type: string;
  readonly fields: readonly WrittenField[];
  readonly losses: readonly Loss[];
}

/** From one dialect to another, or to the same: the text of the fields stays. */
function rewriteEntry(reference: Reference, dialect: Dialect, options: WriteOptions): Entry {
  const source = reference.source.fields.map(field =>
    field.expanded === undefined ? field : { name: field.name, text: `{${field.expanded}}` },
  );
  const written = { type: reference.source.type, fields: source };
  const needed = inheritedFields(reference, dialect);
  if (reference.source.format === dialect) {
    return { ...written, fields: [...source, ...needed], losses: [] };
  }
  const translation = translate(written, dialect, options);
  const losses: Loss[] = translation.narrowed.map(index => {
    const field = reference.source.fields[index];
    return { key: reference.key, field: field?.name ?? '', value: field?.text ?? '', reason: 'narrowed' };
  });
  if (translation.typeLost) {
    losses.push({ key: reference.key, field: 'entry type', value: reference.source.type, reason: 'type' });
  }
  return { type: translation.type, fields: [...translation.fields.flat(), ...translation.added, ...needed], losses };
}

const renamedByParent = new Set(
  'booktitle booksubtitle booktitleaddon maintitle mainsubtitle maintitleaddon journaltitle journalsubtitle journaltitleaddon bookauthor'.split(
    ' ',
  ),
);

/** BibTeX inherits only under the same name and has no data containers: the rest has to stand in the entry. */
export function inheritedFields(reference: Reference, dialect: Dialect): WrittenField[] {
  if (dialect === 'biblatex' || reference.inherited === undefined) {
    return [];
  }
  const all = reference.inherited.has('xdata');
  return [...reference.inherited].flatMap(name => {
    const value = reference.fields.get(name);
    return value !== undefined && name !== 'crossref' && name !== 'xdata' && (all || renamedByParent.has(name))
      ? composeField(name, value, 'bibtex')
      : [];
  });
}

/** From another format: every field in the order of the reference. */
function composeEntry(reference: Reference, dialect: Dialect, options: WriteOptions): Entry {
  const bag = new FieldBag(reference);
  const used = new Set(reference.fields.keys());
  const fields: WrittenField[] = [];
  for (const [name, value] of reference.fields) {
    const isInRecord = options.lossless && reference.record !== undefined && isAccountOf(reference.record, name);
    if (isInRecord || isTypeAgain(reference, name, value) || isLanguageAgain(reference, name, value)) {
      bag.take(name);
      continue;
    }
    const target = options.lossless
      ? targetName(name, value, used, options)
      : plainTarget(reference, name, value, used);
    if (target === undefined) {
      bag.lose(name, 'no-slot');
      continue;
    }
    bag.take(name);
    for (const one of target) append(fields, composeField(one.name, one.value ?? value, 'biblatex'));
  }
  const losses = bag.losses;
  if (dialect === 'biblatex') {
    return { type: reference.type, fields, losses };
  }
  const translation = translate({ type: reference.type, fields }, 'bibtex', options);
  if (translation.typeLost) {
    losses.push({ key: reference.key, field: 'entry type', value: reference.source.type, reason: 'type' });
  }
  for (const index of translation.narrowed) {
    const name = fields[index]?.name;
    const value = name === undefined ? undefined : reference.fields.get(name);
    if (name !== undefined && value !== undefined) {
      bag.lose(name, 'narrowed');
    }
  }
  return { type: translation.type, fields: [...translation.fields.flat(), ...translation.added], losses };
}

/** What databases export as the type of work (M3) often is the entry type in other words. */
const isTypeAgain = ({ source, type }: Reference, name: string, value: Value): boolean =>
  name === 'type' &&
  value.kind === 'text' &&
  (source.format === 'ris' || source.format === 'page') &&
  repeatsType(type, value.text);

/** How RIS spelled the language. */
const isLanguageAgain = ({ fields }: Reference, name: string, value: Value): boolean => {
  const language = fields.get('langid');
  return (
    name === 'ris-la' &&
    value.kind === 'text' &&
    language?.kind === 'text' &&
    babelName(value.text) === babelName(language.text)
  );
};

interface Target {
  readonly name: string;
  /** When it is not the field's own. */
  readonly value?: Value;
}

const editorTypes: Readonly<Record<string, string>> = {
  compiler: 'compiler',
  'editorial-director': 'redactor',
  'collection-editor': 'series',
  contributor: 'collaborator',
};

/** Fields outside the data model that programs around BibTeX know all the same. */
const customary = new Set(
  'pmcid affiliation translatedtitle comment rights copyright caption source archive archive_location reviewed-title references reprintstatus'.split(
    ' ',
  ),
);

/** Takes the place of a field that BibLaTeX has no name for, as long as that place is free. */
const standIns: Readonly<Record<string, string>> = {
  authority: 'institution',
  section: 'chapter',
  'page-first': 'pages',
};

/** Under which names a field is written, none of them in `used`; undefined when it has no place. */
function targetName(name: string, value: Value, used: Set<string>, options: WriteOptions): Target[] | undefined {
  const field = fieldNamed(name);
  if (field?.biblatex === true || customary.has(name) || name === typeField) {
    return [{ name }];
  }
  if (field?.kind === 'names' && value.kind === 'names') {
    const slot = ['editora', 'editorb', 'editorc'].find(one => !used.has(one));
    if (slot !== undefined) {
      used.add(slot);
      const role = Object.hasOwn(editorTypes, name) ? (editorTypes[name] ?? name) : name;
      return [{ name: slot }, { name: `${slot}type`, value: { kind: 'text', text: role } }];
    }
  }
  const standIn = Object.hasOwn(standIns, name) ? standIns[name] : undefined;
  if (!options.lossless && standIn !== undefined && !used.has(standIn)) {
    used.add(standIn);
    return [{ name: standIn }];
  }
  if (!options.lossless) {
    return undefined;
  }
  const writable = name.replace(/[\s"#%'(),={}@\\]+/gu, '-');
  return isFurtherAddress(name, value)
    ? [{ name: writable, value: { kind: 'verbatim', text: markupText(value) } }]
    : [{ name: writable }];
}

/** What only a text without anything hidden in it does: further addresses as BibDesk has them, further notes as annotation. */
function plainTarget(reference: Reference, name: string, value: Value, used: Set<string>): Target[] | undefined {
  if (isFurtherAddress(name, value)) {
    let count = 2;
    while (used.has(`bdsk-url-${String(count)}`)) {
      count++;
    }
    const isKnown = isKnownAddress(reference, name);
    used.add(isKnown ? '' : `bdsk-url-${String(count)}`);
    return isKnown ? [] : [{ name: `bdsk-url-${String(count)}`, value: { kind: 'verbatim', text: markupText(value) } }];
  }
  if (name === 'note' && value.kind === 'text' && !used.has('annotation')) {
    const [first, rest] = firstNote(reference, value.text);
    if (first !== undefined && rest !== undefined) {
      used.add('annotation');
      return [
        { name, value: { kind: 'text', text: first } },
        { name: 'annotation', value: { kind: 'text', text: rest } },
      ];
    }
  }
  return targetName(name, value, used, { lossless: false });
}

/** A field with its value in TeX; a date may become two. */
export function composeField(name: string, value: Value, dialect: Dialect): WrittenField[] {
  if (
    value.kind === 'date' &&
    name === 'date' &&
    (dialect === 'bibtex' || formatEdtf(value.date) === undefined || value.date.literal !== undefined)
  ) {
    return composeDate(value, dialect);
  }
  return [{ name, text: `{${writeTexValue(value, name)}}` }];
}

function composeDate(value: Extract<Value, { kind: 'date' }>, dialect: Dialect): WrittenField[] {
  const edtf = formatEdtf(value.date);
  if (dialect === 'biblatex' && edtf !== undefined && edtf === value.date.literal) {
    return [{ name: 'date', text: `{${edtf}}` }];
  }
  const { year, month } = writeYearAndMonth(value.date);
  return [
    ...(year === undefined ? [] : [{ name: 'year', text: year }]),
    ...(month === undefined ? [] : [{ name: 'month', text: month }]),
  ];
}
