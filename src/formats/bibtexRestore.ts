import { canonicalFieldName } from '../data/fields.ts';
import type { CarriedEntry, Reference, SourceField, Value } from '../model/reference.ts';
import { bibtexEntries, scanBibtex } from '../syntax/bibtex.ts';
import { pieceText, valuePieces } from '../syntax/bibtexFields.ts';
import { bibtexIn, composeField, writeReference } from './bibtex.ts';
import type { Dialect } from './bibtexDialect.ts';
import { translateFile } from './bibtexFile.ts';
import { BibtexReader } from './bibtexRead.ts';
import { sameValue } from './cslCustom.ts';
import type { Blocks, Format, Written } from './format.ts';
import { isWritable } from './format.ts';

/** Entries of a BibTeX file as they are carried along through another format. */
export function carrier(text: string, blocks: Blocks): (entry: number, reference: Reference) => CarriedEntry {
  const { reader } = bibtexIn(text, blocks);
  const last = blocks.entryCount - 1;
  return (entry, reference) => {
    const { start, end } = blocks.entrySpan(entry);
    const strings: Record<string, string> = {};
    for (const field of reference.source.fields) {
      for (const name of field.expanded === undefined ? [] : macrosOf(field.text)) {
        const meaning = reader.macro(name);
        if (meaning !== undefined) {
          strings[name] = meaning;
        }
      }
    }
    return {
      text: text.slice(start, end),
      before: text.slice(entry === 0 ? 0 : blocks.entrySpan(entry - 1).end, start),
      after: entry === last ? text.slice(end) : '',
      strings,
      inherited: [...(reference.inherited ?? [])].filter(name => name !== 'crossref' && name !== 'xdata'),
    };
  };
}

/** The strings that a value names, in small letters. */
export const macrosOf = (text: string): string[] =>
  valuePieces(text, 0, text.length).flatMap(piece =>
    piece.kind === 'macro' ? [pieceText(text, piece).toLowerCase()] : [],
  );

/** Puts carried entries back into a file of BibTeX. */
export class Restorer {
  readonly #source: Format;
  readonly #dialect: Dialect;
  /** What the strings mean that were put back so far. */
  readonly #defined = new Map<string, string>();

  constructor(source: Format, dialect: Dialect) {
    this.#source = source;
    this.#dialect = dialect;
  }

  /** The text before, of and behind an entry. What changed since is written anew, the rest is as it was. */
  restore(reference: Reference, carried: CarriedEntry): Written {
    const own = readEntry(carried);
    if (own === undefined) {
      return writeReference(reference, this.#dialect, { lossless: true });
    }
    const { before, after } = carried;
    const whole = before + carried.text + after;
    // What stands around it may have come from anywhere: it must neither hide the entry nor hold another one.
    const isOne = (before + after).trim() === '' || bibtexEntries(whole, scanBibtex(whole)).entryCount === 1;
    if (isOne) {
      this.#define(before);
    }
    const { text, losses } = this.#entry(reference, carried, own);
    return { text: isOne ? before + text + after : `\n\n${text}`, losses };
  }

  #entry(reference: Reference, carried: CarriedEntry, own: Reference): Written {
    const expected = this.#reread(withInherited(own, reference, carried));
    const ignored = new Set(carried.inherited);
    const names = new Set([...own.fields.keys(), ...reference.fields.keys()]);
    const changed = new Set(
      [...names].filter(
        name =>
          !(ignored.has(name) && !own.fields.has(name)) &&
          !sameValue(expected.fields.get(name), reference.fields.get(name)),
      ),
    );
    const isDefined = Object.entries(carried.strings).every(([name, meaning]) => this.#defined.get(name) === meaning);
    const isSame = changed.size === 0 && expected.type === reference.type && expected.key === reference.key;
    if (isSame && isDefined) {
      return this.#dialect === 'biblatex' ? { text: carried.text, losses: [] } : translated(carried.text);
    }
    const type = expected.type === reference.type ? own.source.type : reference.type;
    // `@mastersthesis` says a `type` that another entry type does not.
    if (type !== own.source.type && reference.fields.has('type')) {
      changed.add('type');
    }
    const fields = mixedFields(own, reference, changed).map(field =>
      isDefined ? { name: field.name, text: field.text } : field,
    );
    const mixed: Reference = { ...reference, source: { format: 'biblatex', type, fields } };
    const written = writeReference(mixed, this.#dialect, { lossless: true });
    return { ...written, text: written.text.trimEnd() };
  }

  /** What an entry says after a way through the other format on which nobody changed anything. */
  #reread(own: Reference): Reference {
    if (!isWritable(this.#source)) {
      return own;
    }
    const { text } = this.#source.write([own], { lossless: true });
    const blocks = this.#source.scan(text);
    return blocks.entryCount === 1 ? this.#source.read(text, blocks, 0) : own;
  }

  #define(text: string): void {
    if (!/@\s*string/iu.test(text)) {
      return;
    }
    const blocks = scanBibtex(text);
    const reader = new BibtexReader(text, bibtexEntries(text, blocks));
    for (const [, name = ''] of text.matchAll(/@\s*string\s*[{(]\s*([^\s=,{}()"#%']+)/giu)) {
      this.#defined.set(name.toLowerCase(), reader.macro(name.toLowerCase()) ?? '');
    }
  }
}

/** The entry with what its parents gave it; they are not at hand, but what they gave came along. */
function withInherited(own: Reference, reference: Reference, { inherited }: CarriedEntry): Reference {
  const given = inherited.flatMap(name => {
    const value = own.fields.has(name) ? undefined : reference.fields.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return inherited.length === 0
    ? own
    : { ...own, fields: new Map([...own.fields, ...given]), inherited: new Set([...inherited, 'crossref', 'xdata']) };
}

function readEntry({ text, strings }: CarriedEntry): Reference | undefined {
  const definitions = Object.entries(strings).map(([name, meaning]) => `@string{${name} = {${meaning}}}\n`);
  const whole = definitions.join('') + text;
  const entries = bibtexEntries(whole, scanBibtex(whole));
  return entries.entryCount === 1 ? new BibtexReader(whole, entries).read(0, 'biblatex') : undefined;
}

function translated(text: string): Written {
  const blocks = [...translateFile(text, 'bibtex', { lossless: true })];
  return { text: blocks.map(block => block.text).join(''), losses: blocks.flatMap(block => block.losses) };
}

const dateParts = new Set(['year', 'month', 'day']);

/** The fields as they were written, those of changed values written anew in their place, new ones at the end. */
function mixedFields(own: Reference, reference: Reference, changed: ReadonlySet<string>): SourceField[] {
  const done = new Set<string>();
  const compose = (name: string, value: Value | undefined): SourceField[] =>
    value === undefined ? [] : composeField(name, value, 'biblatex');
  const fields = own.source.fields.flatMap((field): SourceField[] => {
    const lower = field.name.toLowerCase();
    const name = dateParts.has(lower) ? 'date' : canonicalFieldName(lower);
    if (!changed.has(name)) {
      return [field];
    }
    const isFirst = !done.has(name);
    done.add(name);
    return isFirst ? compose(name, reference.fields.get(name)) : [];
  });
  const added = [...changed].filter(name => !done.has(name));
  return [...fields, ...added.flatMap(name => compose(name, reference.fields.get(name)))];
}
