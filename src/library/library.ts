import type { Format } from '../formats/format.ts';
import { formatOfFile } from '../formats/index.ts';
import { projectFileOf } from '../languages/index.ts';
import type { Declarations, Language } from '../languages/language.ts';
import { mayHoldAnything } from '../protocol/documents.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import { wholeText, type FileText } from '../text/fileText.ts';
import { Bibliography, type BibliographyProblem } from './bibliography.ts';
import { asTaken } from './entryReader.ts';
import { EmbeddedBibliographies, type EmbeddedBibliography } from './embeddedBibliographies.ts';
import { IncludeGraph } from './includeGraph.ts';
import { knownCommands, type KnownCommands } from './knownCommands.ts';
import { ManuscriptDocument } from './manuscriptDocument.ts';
import type { ScopeSource } from './scopeSource.ts';
import { projectDialect } from './projectDialect.ts';
import type { SearchPlace } from './searchPlaces.ts';

/** What is known of a file: its text, or why it has none. */
export type FileContent = { readonly text: FileText } | { readonly problem: BibliographyProblem };

/** What a library can read. */
export interface LibraryOptions {
  readonly formats: readonly Format[];
  readonly languages: readonly Language[];
}

/** An entry of a bibliography; its number holds until the bibliography changes. */
export interface LibraryEntry {
  readonly bibliography: Bibliography;
  readonly entry: number;
}

/** All files together, by address. What is open in an editor shadows what is on disk. */
export class Library implements ScopeSource {
  readonly #options: LibraryOptions;
  readonly #files = new Map<string, File>();
  /** Both in the order of their addresses. */
  #bibliographies: readonly Bibliography[] = [];
  #documents: readonly ManuscriptDocument[] = [];
  #version = 0;
  readonly #embedded = new EmbeddedBibliographies();
  readonly #metadata = new WeakMap<File, Declarations>();
  readonly #graph = new IncludeGraph(this);
  #namedCommands: readonly string[] = [];
  #documentPlaces: readonly SearchPlace[] = [];
  #chosenRoots: readonly string[] = [];
  /** With the version that they are of. */
  #commands: { readonly version: number; readonly known: KnownCommands } | undefined;
  /** Files that the graph has not been told of yet. */
  readonly #changed = new Set<string>();

  constructor(options: LibraryOptions) {
    this.#options = options;
  }

  /** Grows with every change of any file. */
  get version(): number {
    return this.#version;
  }

  /** Tells what is on disk; undefined: the file is gone. */
  setFile(uri: string, content: FileContent | undefined): void {
    const { open } = this.#files.get(uri) ?? {};
    this.#put(uri, { ...(content && { disk: content }), ...(open && { open }) });
  }

  /** The same for a text, in steps, so that others can work in between; until the last one all is as before. */
  *settingFile(uri: string, source: FileText): Generator<undefined, void> {
    const before = this.#files.get(uri);
    const format = bibliographyFormat(uri, source, this.#options.formats);
    const text = asTaken(format, source);
    const isNew = before?.item === undefined && before?.open === undefined;
    if (format === undefined || !isNew) {
      this.setFile(uri, { text });
      yield;
      // A document is scanned now, not all together when somebody first asks what belongs together.
      this.includeGraph();
      return;
    }
    const item = yield* Bibliography.reading(uri, format, text);
    if (this.#files.get(uri) === before) this.#put(uri, { disk: { text } }, item);
    else this.setFile(uri, { text });
  }

  /** A document is open in an editor, with the whole of its text. `languageId` is the editor's, empty where unknown. */
  openDocument(uri: string, languageId: string, text: string): void {
    const { disk } = this.#files.get(uri) ?? {};
    this.#put(uri, { ...(disk && { disk }), open: { languageId, text } });
  }

  /**
   * The user typed: edits in the order of their making, each in the text that the one before has left. `after` is the text with all of
   * them made, if the caller has it.
   */
  editDocument(uri: string, edits: readonly TextEdit[], after?: string): void {
    const file = this.#files.get(uri);
    if (file?.open === undefined) return;
    let { text } = file.open;
    edits.forEach((edit, index) => {
      text = (index === edits.length - 1 ? after : undefined) ?? applyEdits(text, [edit]);
      if (file.item instanceof Bibliography) file.item.edit(edit, text);
    });
    this.#put(uri, { ...(file.disk && { disk: file.disk }), open: { languageId: file.open.languageId, text } });
  }

  closeDocument(uri: string): void {
    const { disk } = this.#files.get(uri) ?? {};
    this.#put(uri, { ...(disk && { disk }) });
  }

  /** Whether there is such a file, on disk or in an editor, of whatever kind. */
  has(uri: string): boolean {
    return this.#files.has(uri);
  }

  /** The present text of a file of whatever kind. */
  text(uri: string): string | undefined {
    const file = this.#files.get(uri);
    const text = file && textOf(file);
    return text === undefined ? undefined : wholeText(text);
  }

  bibliography(uri: string): Bibliography | undefined {
    const item = this.#files.get(uri)?.item;
    return item instanceof Bibliography ? item : undefined;
  }

  /** The bibliographies that stand in a document, in the order of their places. */
  embeddedIn(uri: string): readonly EmbeddedBibliography[] {
    const document = this.document(uri);
    if (document !== undefined) return this.#embedded.in(document);
    this.#embedded.forget(uri);
    return [];
  }

  /** The bibliography of that address, or those that stand in the document of that address. */
  bibliographiesAt(uri: string): readonly Bibliography[] {
    const own = this.bibliography(uri);
    return own === undefined ? this.embeddedIn(uri).map(({ bibliography }) => bibliography) : [own];
  }

  /** Scanned with all that its manuscript and its project know. */
  manuscript(uri: string): ManuscriptDocument | undefined {
    const document = this.document(uri);
    if (document === undefined) return undefined;
    const graph = this.includeGraph();
    if (this.#commands?.version !== this.#version)
      this.#commands = { version: this.#version, known: knownCommands(this, graph, this.#namedCommands) };
    const dialect = projectDialect(this, uri, {
      own: document.ownLanguage,
      isQuarto: this.#files.get(uri)?.open?.languageId === 'quarto',
      languages: this.#options.languages,
    });
    const keyPrefixes = document.ownLanguage.id === 'restructuredText' ? this.#keyPrefixes(uri) : [];
    document.know({ commands: this.#commands.known.of(uri), keyPrefixes, ...dialect });
    return document;
  }

  /** What keys are written with in the documents that are processed together with one. */
  #keyPrefixes(uri: string): readonly string[] {
    const graph = this.includeGraph();
    const found = new Set<string>();
    for (const root of graph.rootsOf(uri))
      for (const part of graph.treeOf(root, root))
        for (const prefix of this.document(part)?.ownKeyPrefixes ?? []) found.add(prefix);
    return [...found];
  }

  /** Commands of LaTeX that cite in every document, with or without backslash. */
  set namedCommands(names: readonly string[]) {
    if (names.join() === this.#namedCommands.join()) return;
    this.#namedCommands = names;
    this.#version++;
  }

  /** Where TeX looks for documents besides their own folders. */
  get documentPlaces(): readonly SearchPlace[] {
    return this.#documentPlaces;
  }

  set documentPlaces(places: readonly SearchPlace[]) {
    this.#documentPlaces = places;
    this.#graph.placesChanged();
    this.#version++;
  }

  /** Documents that the user says are processed, where a document does not say so itself. */
  get chosenRoots(): readonly string[] {
    return this.#chosenRoots;
  }

  set chosenRoots(uris: readonly string[]) {
    if (uris.join() === this.#chosenRoots.join()) return;
    this.#chosenRoots = uris;
    this.#version++;
  }

  /** In the order of their addresses. */
  bibliographies(): readonly Bibliography[] {
    return this.#bibliographies;
  }

  /** In the order of their addresses. */
  manuscripts(): readonly ManuscriptDocument[] {
    return this.#documents.flatMap(({ uri }) => this.manuscript(uri) ?? []);
  }

  /** As scope asks for it: commands of other files may not count yet, which changes nothing of what it declares and includes. */
  document(uri: string): ManuscriptDocument | undefined {
    const item = this.#files.get(uri)?.item;
    return item instanceof ManuscriptDocument ? item : undefined;
  }

  documentUris(): Iterable<string> {
    return this.#documents.map(manuscript => manuscript.uri);
  }

  bibliographyUris(): Iterable<string> {
    return this.bibliographies().map(bibliography => bibliography.uri);
  }

  /** What a file of metadata declares: a project file, or a YAML file that one names. */
  metadata(uri: string): Declarations | undefined {
    const file = this.#files.get(uri);
    const reader = projectFileOf(uri) ?? (/\.ya?ml$/iu.test(uri) ? projectFileOf('_quarto.yml') : undefined);
    if (file === undefined || reader === undefined) return undefined;
    let declarations = this.#metadata.get(file);
    if (declarations === undefined) {
      declarations = reader.scan(wholeText(textOf(file) ?? ''));
      this.#metadata.set(file, declarations);
    }
    return declarations;
  }

  /** Which documents belong together. */
  includeGraph(): IncludeGraph {
    for (const uri of this.#changed) this.#graph.changed(uri);
    this.#changed.clear();
    return this.#graph;
  }

  /** Whether all entries can be found by all their words. */
  get isIndexed(): boolean {
    return this.bibliographies().every(bibliography => bibliography.search.complete);
  }

  /** Makes everything searchable, in small steps; between two of them the library may change. Ends when all is indexed. */
  *indexing(): Generator<undefined, void> {
    for (let next = this.#firstUnindexed(); next !== undefined; next = this.#firstUnindexed()) {
      const steps = next.indexing();
      while (this.bibliographiesAt(next.uri).includes(next) && steps.next().done !== true) yield;
    }
  }

  #firstUnindexed(): Bibliography | undefined {
    const isWaiting = (bibliography: Bibliography): boolean => !bibliography.search.complete;
    return (
      this.bibliographies().find(isWaiting) ??
      this.#embedded.all().find(one => isWaiting(one) && this.bibliographiesAt(one.uri).includes(one))
    );
  }

  /** `known` is the item, where it has been made already. */
  #put(uri: string, sources: Pick<File, 'disk' | 'open'>, known?: Bibliography): void {
    const before = this.#files.get(uri);
    this.#version++;
    const isGone = sources.disk === undefined && sources.open === undefined;
    if (isGone && before === undefined) return;
    const item = isGone ? undefined : (known ?? this.#item(uri, sources, before?.item));
    if (isGone) this.#files.delete(uri);
    else this.#files.set(uri, { ...sources, item });
    if (item !== undefined && item === before?.item) return;
    this.#changed.add(uri);
    this.#bibliographies = replaced(this.#bibliographies, uri, item instanceof Bibliography ? item : undefined);
    this.#documents = replaced(this.#documents, uri, item instanceof ManuscriptDocument ? item : undefined);
  }

  /** The item as it was, brought up to date, where the file is still of the same kind. */
  #item(uri: string, sources: Pick<File, 'disk' | 'open'>, before: File['item']): File['item'] {
    const text = textOf(sources) ?? '';
    // While somebody types, a text may for a moment look like nothing.
    const known = sources.open !== undefined && before instanceof Bibliography ? before.format : undefined;
    const format = known ?? bibliographyFormat(uri, text, this.#options.formats);
    if (format !== undefined) {
      const problem =
        sources.open === undefined && sources.disk !== undefined && 'problem' in sources.disk
          ? sources.disk.problem
          : undefined;
      if (problem === undefined && before instanceof Bibliography && before.format === format && !before.isUnreadable) {
        before.replaceText(text);
        return before;
      }
      return new Bibliography(uri, format, text, { problem });
    }
    const language = languageOf(uri, sources.open?.languageId ?? '', this.#options.languages);
    if (language === undefined) return undefined;
    const earlier = before instanceof ManuscriptDocument ? before : undefined;
    const whole = wholeText(text);
    if (earlier?.ownLanguage === language && earlier.text === whole) return earlier;
    return new ManuscriptDocument(uri, language, whole, earlier);
  }
}

interface File {
  readonly disk?: FileContent;
  readonly open?: { readonly languageId: string; readonly text: string };
  readonly item?: Bibliography | ManuscriptDocument | undefined;
}

function textOf(file: Pick<File, 'disk' | 'open'>): FileText | undefined {
  if (file.open !== undefined) return file.open.text;
  return file.disk !== undefined && 'text' in file.disk ? file.disk.text : undefined;
}

/** A sorted list with another item for an address, or none; the same list where nothing of it changes. */
function replaced<T extends { readonly uri: string }>(
  items: readonly T[],
  uri: string,
  item: T | undefined,
): readonly T[] {
  let low = 0;
  for (let high = items.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.uri ?? '') < uri) low = middle + 1;
    else high = middle;
  }
  const isThere = items[low]?.uri === uri;
  if (item === undefined && !isThere) return items;
  return items.toSpliced(low, isThere ? 1 : 0, ...(item === undefined ? [] : [item]));
}

/** By extension; files whose extension anything may have must say by their content that they are bibliographies. */
function bibliographyFormat(uri: string, text: FileText, formats: readonly Format[]): Format | undefined {
  if (!mayHoldAnything(uri)) {
    const format = formatOfFile(uri);
    return format !== undefined && formats.includes(format) ? format : undefined;
  }
  const scores = formats
    .filter(format => format.extensions.some(extension => uri.toLowerCase().endsWith(extension)))
    .map(format => ({ format, score: format.recognise(wholeText(text)) }));
  const best = scores.reduce((most, { score }) => Math.max(most, score), 0);
  return best === 0 ? undefined : scores.find(({ score }) => score === best)?.format;
}

/** What the editor says counts more than the extension. */
function languageOf(uri: string, languageId: string, languages: readonly Language[]): Language | undefined {
  const extension = extensionOf(uri);
  return (
    languages.find(language => language.languageIds.includes(languageId)) ??
    languages.find(language => language.extensions.includes(extension))
  );
}

/** With the dot, in lower case; empty where the name has none. */
function extensionOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot).toLowerCase();
}

/** All entries with a key, in the order of the bibliographies. */
export function entriesWithKey(bibliographies: readonly Bibliography[], key: string): LibraryEntry[] {
  return bibliographies.flatMap(bibliography =>
    bibliography.entriesWithKey(key).map(entry => ({ bibliography, entry })),
  );
}
