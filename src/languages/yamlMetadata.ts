import { append } from '../base/append.ts';
import { isMap, isScalar, isSeq } from 'yaml';
import type { Node, Scalar } from 'yaml';
import { parseYaml } from '../syntax/yamlParser.ts';
import type { Span } from '../text/span.ts';
import type { BibliographyDeclaration, Declarations, EmbeddedEntries, Include } from './language.ts';

/** What YAML metadata says: bibliographies, further metadata files, and where text with citations stands. */
export interface Metadata extends Declarations {
  /** Values of `nocite`. */
  readonly nocite: readonly Span[];
  /** Values that are running text ("abstract"). */
  readonly texts: readonly Span[];
  /** `references`. */
  readonly embedded: readonly EmbeddedEntries[];
  /** Kinds of figures of the author's own. */
  readonly labelPrefixes: readonly string[];
}

/**
 * Reads the metadata in a stretch of text. Only the fields of interest go through the YAML parser: the cost of the others,
 * a list of a thousand references among them, is that of finding where they end.
 */
export function readMetadata(text: string, inside: Span): Metadata {
  const found: Found = { declarations: [], includes: [], nocite: [], texts: [], embedded: [], labelPrefixes: [] };
  let budget = mostCharacters;
  for (const field of topFields(text, inside)) {
    if (field.name === 'nocite') found.nocite.push(field.value);
    else if (field.name === 'references') found.embedded.push({ format: 'csl-yaml', span: field.span });
    else if (runningText.has(field.name)) found.texts.push(field.value);
    else if (parsed.has(field.name) || isBibliography(field.name) || nesting.has(field.name)) {
      const cost = field.span.end - field.span.start + perField;
      // One field that is too long does not cost those behind it.
      if (cost > budget) continue;
      budget -= cost;
      readField(text, field, found);
    }
  }
  return found;
}

/** What goes through the YAML parser at most, which happens with every key that is typed: more is no list of files. */
const mostCharacters = 50_000;
const perField = 300;
/** The same for a file of metadata alone, which is seldom edited. */
const longestValue = 200_000;

interface Found {
  readonly declarations: BibliographyDeclaration[];
  readonly includes: Include[];
  readonly nocite: Span[];
  readonly texts: Span[];
  readonly embedded: EmbeddedEntries[];
  readonly labelPrefixes: string[];
}

interface Field {
  readonly name: string;
  /** From the name to the end of the value. */
  readonly span: Span;
  readonly value: Span;
}

/** `bibliography`, and `bibliography_software` as filters for several lists have it; Jupyter Book has `bibtex_bibfiles`. */
const isBibliography = (name: string): boolean =>
  name === 'bibliography' || name === 'bibtex_bibfiles' || name.startsWith('bibliography_');

const runningText: ReadonlySet<string> = new Set(
  'title subtitle abstract summary description thanks acknowledgements acknowledgments header-includes'.split(' '),
);

const parsed: ReadonlySet<string> = new Set(['metadata-files', 'crossref']);

/** Fields whose maps hold a bibliography at most this many levels below. */
const nesting: ReadonlyMap<string, number> = new Map([
  ['format', 2],
  ['book', 1],
  ['website', 1],
  ['metadata', 1],
  ['project', 1],
]);

/** The fields at the beginning of a line; what follows, indented or a list item, belongs to the field above it. */
function topFields(text: string, inside: Span): Field[] {
  const fields: Field[] = [];
  let name: string | undefined;
  let start = 0;
  let valueStart = 0;
  const close = (end: number): void => {
    if (name !== undefined) fields.push({ name, span: { start, end }, value: { start: valueStart, end } });
    name = undefined;
  };
  for (let at = inside.start; at < inside.end;) {
    const lineFeed = text.indexOf('\n', at);
    const end = lineFeed < 0 || lineFeed >= inside.end ? inside.end : lineFeed + 1;
    if (!' \t\r\n-#]}'.includes(text[at] ?? ' ')) {
      close(at);
      const head = /^["']?([\w.-]{1,80})["']?[ \t]*:(?=\s|$)/.exec(text.slice(at, Math.min(end, at + 100)));
      name = head?.[1];
      start = at;
      valueStart = at + (head?.[0].length ?? 0);
    }
    at = end;
  }
  close(inside.end);
  return fields;
}

function readField(text: string, field: Field, found: Found): void {
  const value = valueOf(text, field);
  if (value === undefined) return;
  if (field.name === 'crossref') {
    append(found.labelPrefixes, customKinds(value.node));
    return;
  }
  const levels = nesting.get(field.name);
  const lists = levels === undefined ? [value.node] : nestedBibliographies(value.node, levels);
  for (const scalar of lists.flatMap(scalars)) {
    const place = value.place(scalar);
    if (place === undefined) continue;
    if (field.name === 'metadata-files') found.includes.push({ ...place, impliedExtensions: [] });
    else found.declarations.push(declarationAt(place));
  }
}

/** `crossref: custom: - key: vid` makes `@vid-x` a reference to a video (Quarto, "Custom Float Cross-References"). */
function customKinds(crossref: Node): string[] {
  const custom = entryOf(crossref, 'custom');
  const kinds = isSeq<Node>(custom) ? custom.items.map(kind => entryOf(kind, 'key')) : [];
  return kinds.flatMap(key => (isScalar(key) && typeof key.value === 'string' ? key.value : [])).slice(0, mostKinds);
}

/** More kinds of figures are none. */
const mostKinds = 100;

/** A path, and where it stands. */
export interface YamlPlace {
  readonly target: string;
  readonly span: Span;
}

/** The value of a field. */
export interface YamlValue {
  readonly node: Node;
  /** Path and place of a scalar in it; undefined for one that only a program could tell. */
  place(scalar: Scalar): YamlPlace | undefined;
}

/** The value of the first field of that name at the beginning of a line. */
export function yamlValue(text: string, name: string): YamlValue | undefined {
  const field = topFields(text, { start: 0, end: text.length }).find(one => one.name === name);
  return field && field.span.end - field.span.start < longestValue ? valueOf(text, field) : undefined;
}

/** The value of a key of a map; undefined where there is none. */
export function entryOf(node: Node | undefined, key: string): Node | undefined {
  if (!isMap<unknown, Node | null>(node)) return undefined;
  return node.items.find(item => isScalar(item.key) && item.key.value === key)?.value ?? undefined;
}

/** A bibliography in a file or on the net. */
export const declarationAt = (place: YamlPlace): BibliographyDeclaration => ({
  ...place,
  kind: /^https?:\/\//i.test(place.target) ? 'url' : 'file',
  impliedExtensions: [],
});

function valueOf(text: string, { span }: Field): YamlValue | undefined {
  const source = text.slice(span.start, span.end);
  const node = parseValue(source);
  return node && { node, place: scalar => target(source, scalar, span.start) };
}

function parseValue(source: string): Node | undefined {
  if (isTooDeep(source)) return undefined;
  const contents = parseYaml(source, 'core').document?.contents;
  return isMap<unknown, Node | null>(contents) ? (contents.items[0]?.value ?? undefined) : undefined;
}

/** Nobody means lists this deep as bibliographies. */
const deepest = 200;

/**
 * Whether there may be lists in lists so deep that the parser, which recurses, exhausts the stack. That cannot be caught: a regular
 * expression that is compiled just then ends the whole process. Without brackets, every level takes a column, or a colon in its line,
 * which is no YAML and takes the parser long to find out.
 */
function isTooDeep(source: string): boolean {
  let brackets = 0;
  let columns = 0;
  let colons = 0;
  let previous = '';
  let isIndent = true;
  for (const char of source) {
    if (char === '\n' || char === '\r') {
      columns = 0;
      colons = 0;
      isIndent = true;
    } else if (isIndent && ' \t-?:'.includes(char)) columns++;
    else isIndent = false;
    if (previous === ':' && char === ' ') colons++;
    previous = char;
    if (char === '[' || char === '{') brackets++;
    else if ((char === ']' || char === '}') && brackets > 0) brackets--;
    if (brackets > deepest || columns > deepest || colons > deepest) return true;
  }
  return false;
}

function nestedBibliographies(value: Node, levels: number): Node[] {
  const found: Node[] = [];
  let level: Node[] = [value];
  for (let depth = 0; depth < levels; depth++) {
    const next: Node[] = [];
    for (const node of level) {
      if (!isMap<unknown, Node | null>(node)) continue;
      for (const { key, value: child } of node.items) {
        if (child === null) continue;
        if (isScalar(key) && typeof key.value === 'string' && isBibliography(key.value)) found.push(child);
        else next.push(child);
      }
    }
    level = next;
  }
  return found;
}

/** A value, those of a list, or those of a map and of the lists in it. */
export function scalars(node: Node): Scalar[] {
  if (isScalar(node)) return [node];
  if (isSeq<Node>(node)) return node.items.filter(item => isScalar(item));
  if (!isMap<unknown, Node | null>(node)) return [];
  return node.items.flatMap(({ value }) => {
    if (isSeq<Node>(value)) return value.items.filter(item => isScalar(item));
    return isScalar(value) ? [value] : [];
  });
}

/** Path and place of a value; undefined for one that only a program could tell (`!expr`, `${USERDATA}`). */
function target(source: string, scalar: Scalar, offset: number): YamlPlace | undefined {
  const { value, range, type, tag } = scalar;
  if (typeof value !== 'string' || !range || (tag !== undefined && tag !== '!' && !tag.startsWith('tag:yaml')))
    return undefined;
  const path = value.trim();
  const known = path.replace(/^\$\{\.\}\//, './').replace(/^\$\{HOME\}\//, '~/');
  if (path === '' || /^`r |\$\{|\{\{</.test(known)) return undefined;
  const isQuoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
  const written = source.slice(range[0], range[1]);
  // In a block (`>-`) the text stands below its sign.
  const shift = isQuoted ? 1 : Math.max(0, written.indexOf(path));
  const length = isQuoted ? Math.max(0, written.length - 2) : Math.min(path.length, written.length);
  const start = offset + range[0] + shift;
  return { target: known, span: { start, end: start + length } };
}
