import { babelName, languageTag, libraryCode } from '../data/languages.ts';
import { monthNames, seasonName } from '../data/months.ts';
import { pubmedTagOfField, pubmedTagOrder, pubmedTypes } from '../data/pubmedTags.ts';
import { datePoint, formatEdtf, twoDigits } from '../model/date.ts';
import type { DatePoint, DateValue } from '../model/date.ts';
import { withoutMarkup } from '../model/markup.ts';
import { familyName, sortedName } from '../model/name.ts';
import type { Name } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import { markupText } from './fieldBag.ts';
import { keptTag, type TagLine } from './recordDraft.ts';
import type { WrittenLines } from './recordFormat.ts';
import { encodeEntities, oneLine } from './risValue.ts';

/** Writes a reference as lines of MEDLINE. */
export function writePubmedLines(reference: Reference): WrittenLines {
  return new PubmedWriter(reference).write();
}

/** Roles with the tags of the full name and of its short form. */
const nameTags: Readonly<Record<string, readonly [full: string, short: string]>> = {
  author: ['FAU', 'AU'],
  editor: ['FED', 'ED'],
  contributor: ['FIR', 'IR'],
};

class PubmedWriter {
  readonly #reference: Reference;
  readonly #lines = new Map<string, TagLine[]>();
  readonly #carried = new Set<string>();

  constructor(reference: Reference) {
    this.#reference = reference;
  }

  write(): WrittenLines {
    const typeLines = this.#typeLines();
    this.#lines.set('PT', [...typeLines]);
    for (const [field, value] of this.#reference.fields) {
      this.#writeField(field, value);
    }
    const order = new Map(pubmedTagOrder.map((tag, i) => [tag, i]));
    const rank = (tag: string): number => order.get(tag) ?? order.size;
    const lines = [...this.#lines].sort(([a], [b]) => rank(a) - rank(b)).flatMap(([, texts]) => texts);
    return { lines, typeLines, carried: this.#carried, losses: [] };
  }

  #typeLines(): TagLine[] {
    const { type } = this.#reference;
    const subtype = this.#text('entrysubtype')?.toLowerCase();
    const row =
      pubmedTypes.find(([, name, sub]) => name === type && sub === subtype) ??
      pubmedTypes.find(([, name, sub]) => name === type && sub === undefined);
    return row === undefined
      ? type === 'inbook'
        ? [{ tag: 'PT', text: 'Book Chapter' }]
        : []
      : [{ tag: 'PT', text: row[0] }];
  }

  #text(field: string): string | undefined {
    const value = this.#reference.fields.get(field);
    return value === undefined ? undefined : markupText(value);
  }

  /** Adds a line; `group` is the tag with which it stands together. */
  #put(tag: string, text: string, group = tag): void {
    const line = encodeEntities(oneLine(text));
    if (line === '') {
      return;
    }
    const lines = this.#lines.get(group);
    if (lines === undefined) {
      this.#lines.set(group, [{ tag, text: line }]);
    } else {
      lines.push({ tag, text: line });
    }
  }

  #writeField(field: string, value: Value): void {
    const kept = keptTag(field, 'pubmed');
    switch (field) {
      case 'author':
      case 'editor':
      case 'contributor':
        this.#writeNames(field, value);
        return;
      case 'eprint':
        if (this.#text('eprinttype')?.toLowerCase() === 'pubmed') {
          this.#put('PMID', this.#text('eprint') ?? '');
        }
        return;
      case 'doi':
        this.#put('LID', `${this.#text('doi') ?? ''} [doi]`);
        this.#put('AID', `${this.#text('doi') ?? ''} [doi]`);
        return;
      case 'issn':
      case 'isbn':
        for (const number of (this.#text(field) ?? '').split(/[,;\s]+/u)) {
          this.#put(field === 'issn' ? 'IS' : 'ISBN', number);
        }
        return;
      case 'date':
        this.#put('DP', value.kind === 'date' ? formatPubmedDate(value.date) : markupText(value));
        return;
      case 'available-date':
        this.#put('DEP', value.kind === 'date' ? compactDate(value.date) : markupText(value));
        return;
      case 'pages':
        this.#put('PG', markupText(value).replace(/-{2,3}|[–—]/gu, '-'));
        return;
      case 'eid':
        if (!this.#reference.fields.has('pages')) {
          this.#put('PG', markupText(value));
        }
        return;
      case 'title':
        this.#writeTitle();
        return;
      case 'langid':
        this.#writeLanguage(markupText(value));
        return;
      case 'language':
        this.#writeLanguages(value);
        return;
      default:
        this.#writeOther(field, value, kept ?? pubmedTagOfField(field, this.#reference.type));
    }
  }

  #writeOther(field: string, value: Value, tag: string | undefined): void {
    if (tag === undefined || tag === 'PMID') {
      return;
    }
    if (value.kind === 'keywords' || value.kind === 'list') {
      const own = tag === 'MH' ? 'OT' : tag;
      value.items.forEach(item => {
        this.#put(own, withoutMarkup(item));
      });
    } else if (field === 'note') {
      for (const paragraph of markupText(value).split(/\n\s*\n/u)) {
        this.#put(tag, withoutMarkup(paragraph));
      }
    } else {
      this.#put(tag, this.#plain(markupText(value)));
    }
  }

  /** Markup is no part of the format; a record that came from it has none of ours. */
  #plain(text: string): string {
    return this.#reference.source.format === 'pubmed' ? text : withoutMarkup(text);
  }

  /** Title and subtitle in one. */
  #writeTitle(): void {
    const { type } = this.#reference;
    const subtitle = this.#text('subtitle');
    const title = [this.#text('title'), subtitle].filter(part => part !== undefined).join(': ');
    const tag = pubmedTagOfField('title', type) ?? 'TI';
    this.#put(tag === 'TI' && this.#isWhole() ? 'BTI' : tag, this.#plain(title));
    if (subtitle !== undefined && withoutMarkup(title) === title) {
      this.#carried.add('title').add('subtitle');
    }
  }

  #isWhole(): boolean {
    return ['book', 'collection', 'reference', 'proceedings'].includes(this.#reference.type);
  }

  #writeLanguage(id: string): void {
    const code = libraryCode(id);
    this.#put('LA', code !== undefined && babelName(code) === id ? code : id);
  }

  /** Languages that `langid` does not tell already. */
  #writeLanguages(value: Value): void {
    const id = this.#text('langid');
    const items = value.kind === 'list' ? value.items : [markupText(value)];
    const tag = id === undefined ? undefined : languageTag(id);
    if (tag !== undefined && items.length === 1 && languageTag(items[0] ?? '') === tag) {
      this.#carried.add('language');
    } else {
      items.forEach(item => {
        this.#put('LA', withoutMarkup(item));
      });
    }
  }

  #writeNames(field: string, value: Value): void {
    const [full = '', short = ''] = nameTags[field] ?? [];
    if (value.kind !== 'names') {
      return;
    }
    for (const name of value.names) {
      if ('literal' in name && field === 'author') {
        this.#put('CN', withoutMarkup(name.literal), full);
      } else {
        this.#put(full, fullNameText(name), full);
        this.#put(short, shortNameText(name), full);
      }
    }
    if (value.others) {
      this.#put(short, 'et al', full);
    }
  }
}

/** "Smith, John A Jr". */
function fullNameText(name: Name): string {
  if ('literal' in name) {
    return name.literal;
  }
  const { suffix, ...rest } = name;
  return suffix === undefined || name.given === undefined ? sortedName(name) : `${sortedName(rest)} ${suffix}`;
}

/** "Smith JA Jr". */
function shortNameText(name: Name): string {
  if ('literal' in name) {
    return name.literal;
  }
  const initials = (name.given ?? '')
    .split(/[\s-]+/u)
    .map(word => /\p{L}/u.exec(word)?.[0].toUpperCase() ?? '')
    .join('');
  return [familyName(name), initials, name.suffix ?? ''].filter(part => part !== '').join(' ');
}

/** "2015 Nov 2", "2015 Nov-Dec"; what the format has no words for, in EDTF. */
function formatPubmedDate(date: DateValue): string {
  const start = datePoint(date.start);
  const end = datePoint(date.end);
  if (date.literal !== undefined || start === undefined || (date.end !== undefined && end === undefined)) {
    return date.literal ?? formatEdtf(date) ?? '';
  }
  const isPlain = [start, end].every(
    point => point === undefined || (point.approximate !== true && point.uncertain !== true && point.year > 999),
  );
  if (!isPlain || start.year > 9999) {
    return formatEdtf(date) ?? '';
  }
  if (end === undefined) {
    return pointText(start);
  }
  const isOneYear = start.year === end.year && start.month !== undefined && end.month !== undefined;
  return isOneYear && (start.day === undefined) === (end.day === undefined)
    ? `${pointText(start)}-${pointText(end).slice(5)}`
    : isOneYear
      ? (formatEdtf(date) ?? '')
      : `${pointText(start)}-${pointText(end)}`;
}

function pointText({ year, month, day, season }: DatePoint): string {
  const name = season === undefined ? monthNames[(month ?? 0) - 1]?.slice(0, 3) : seasonName(season);
  return [year, name, day].filter(part => part !== undefined).join(' ');
}

/** "20150124"; what is no full date, in EDTF. */
function compactDate(date: DateValue): string {
  const start = datePoint(date.start);
  const edtf = formatEdtf(date) ?? date.literal ?? '';
  return start?.month !== undefined && start.day !== undefined && edtf.length === 10 && start.year > 999
    ? `${start.year}${twoDigits(start.month)}${twoDigits(start.day)}`
    : edtf;
}
