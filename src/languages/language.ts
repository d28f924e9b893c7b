import type { FormatName } from '../formats/format.ts';
import type { CitationForm } from '../protocol/citing.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import type { CitationCommands } from './texCommands.ts';

/** One document language. To add one is one file and one line in `index.ts`. */
export interface Language {
  readonly id: string;
  /** Ids under which editors know it ("latex", "quarto"). */
  readonly languageIds: readonly string[];
  /** With the dot, for documents whose id says nothing. */
  readonly extensions: readonly string[];
  /** Characters after which an editor should ask for completion. */
  readonly triggerCharacters: readonly string[];
  /** Files in a document's folder and the folders above that speak for it, too. */
  readonly projectFiles: readonly ProjectFile[];
  /**
   * Boils a document down to what it cites and declares. Linear, cannot fail. `commands` are known from elsewhere: defined in other files
   * of the manuscript, or named by the user; what a document declares and includes does not depend on them.
   */
  scan(text: string, commands?: CitationCommands): Manuscript;
  /** The place at `offset` where a citation key is or could be written; undefined in prose, code and comments. */
  citationSite(text: string, manuscript: Manuscript, offset: number): CitationSite | undefined;
  /**
   * How a key is written at a site of this language: `key` itself, or `{key}` where it needs braces around an odd one. Without a
   * site: as in running text.
   */
  writeKey(key: string, site?: CitationSite): string;
  /** How whole citations are written. */
  readonly writing: CitationWriting;
  /** What the program does that makes the list of references. */
  readonly processor: Processor;
}

/** What somebody writes before and behind the keys of a citation: "see", "p. 7". Empty: nothing. */
export interface Affixes {
  readonly prefix: string;
  readonly locator: string;
}

/** Writes the citations of one language. */
export interface CitationWriting {
  /** The ways to cite, the usual one first. `text` is the document with what it is part of: it may load packages. */
  forms(text: string): readonly CitationForm[];
  /** Whether the setting may name another form than those listed; it is the name of one that the user defined. */
  readonly takesOthers: boolean;
  /** A new citation. Every key is cited; `affixes` go before the first and behind the last. */
  write(keys: readonly string[], form: string, affixes: Affixes): string;
  /**
   * A new citation as it has to stand at a place, kept apart from signs beside it that would change what is read; only the blanks between
   * it and words are put there anyway. Absent: as it was written.
   */
  fit?(written: string, place: CitationSurroundings): string;
  /** Keys at a site where one was begun, or none yet: what replaces the site. */
  fill(keys: readonly string[], place: JoinedCitation & { readonly site: CitationSite }): string;
  /** Keys for a citation that has some; the cursor stands at `offset` in it. */
  join(keys: readonly string[], place: JoinedCitation & { readonly offset: number }): TextEdit;
}

/** What a new citation takes the place of. */
export interface CitationSurroundings {
  readonly text: string;
  readonly span: Span;
}

/** A citation that takes further keys. */
export interface JoinedCitation {
  readonly text: string;
  readonly group: CitationGroup;
}

/** What makes the list of references: BibTeX, Pandoc, Typst … */
export interface Processor {
  /** Formats of bibliographies that it reads. */
  readonly reads: readonly FormatName[];
  /** Those that it reads besides where a document names them; `text` is the document with what it is part of. */
  alsoReads?(text: string): readonly FormatName[];
  /** Whether it can be told of bibliographies elsewhere than in the document and its project, on its command line for example. */
  readonly isToldElsewhere: boolean;
  /** Whether it takes a bibliography that nothing names because it lies beside the document. */
  readonly takesBeside?: true;
  /** The dialect of `.bib` files that it wants; `text` is the document with what it is part of. */
  dialect(text: string): 'bibtex' | 'biblatex';
  /** Edits that make a document name a bibliography. */
  declare(text: string, manuscript: Manuscript, path: string): readonly TextEdit[];
  /** A file of the project that has to name it, too. */
  readonly project?: {
    readonly name: string;
    readonly declare: (text: string, path: string) => readonly TextEdit[];
  };
}

/** What a file says about bibliographies; every list is sorted by place. */
export interface Declarations {
  readonly declarations: readonly BibliographyDeclaration[];
  readonly includes: readonly Include[];
  /** Documents that are processed, as a project file names them from its own folder. */
  readonly roots?: readonly Include[];
  /** Where else files are looked for, as a project file says. */
  readonly searchFolders?: readonly SearchFolder[];
  /** Whether the documents of a project cite from every `.bib` file in the folder of its file and below. */
  readonly takesFolder?: true;
  /** In which kind of Markdown the documents of a project are written, as its file says. */
  readonly dialect?: Dialect;
  /** `@vid-x` refers to something else than literature where "vid" is one of these. */
  readonly labelPrefixes?: readonly string[];
}

/** `@fig-x` always refers to a figure in Quarto; in MyST any label of the project is referred to so. */
export type Dialect = 'quarto' | 'myst';

/** A folder in which TeX looks for files, relative to the file that names it. */
export interface SearchFolder {
  readonly path: string;
  /** Whether all folders below it are meant, too: a trailing `//`. */
  readonly isTree: boolean;
  readonly holds: 'bibliographies' | 'documents';
}

/** All that Colophon knows of a document; every list is sorted by place. */
export interface Manuscript extends Declarations {
  readonly groups: readonly CitationGroup[];
  /** Works that links name by their DOI (the key): shown and led to, but no citations. */
  readonly works?: readonly Citation[];
  /** A root document named by a magic comment or a `subfiles` class, as written. */
  readonly root?: Include;
  /** One that Emacs keeps in its file variables, which counts where no other document includes this one. */
  readonly emacsRoot?: Include;
  /** Whether the document can stand alone (LaTeX: `\documentclass` and `\begin{document}`). */
  readonly standalone: boolean;
  /** Commands of the document's own by name without backslash; an empty place for one that is no citation, whatever its name. */
  readonly commands?: CitationCommands;
  /** What macros stand for that may be parts of paths, by name without backslash. */
  readonly macros?: ReadonlyMap<string, string>;
  /** Suffixes of citation commands and bibliographies (multibib). */
  readonly suffixes?: ReadonlySet<string>;
  /** Stretches with bibliographies of their own (`refsection` of BibLaTeX). */
  readonly sections?: readonly BibliographySection[];
  /** What keys are written with that the bibliographies of the document list, one for each of them, empty where it asks for none. */
  readonly keyPrefixes?: readonly string[];
  /** Bibliographies that stand in the document itself. */
  readonly embedded?: readonly EmbeddedEntries[];
}

/** A stretch of a document that holds entries. */
export interface EmbeddedEntries {
  readonly format: FormatName;
  readonly span: Span;
  /** The file that is made of them when the document is processed (`filecontents`). */
  readonly fileName?: string;
}

/** A stretch that cites from bibliographies of its own. */
export interface BibliographySection {
  readonly span: Span;
  /** Targets or labels of declarations. */
  readonly names: readonly string[];
}

/** Keys that stand together: `\cite{a,b}`, `[@a; @b]`, a lone `@a`. */
export interface CitationGroup {
  /** The whole construct. */
  readonly span: Span;
  /** The command as written without backslash ("parencite"), or the form ("@", "[@"). */
  readonly command: string;
  /** Empty while nothing but the frame has been typed (`\cite{}`, `[@]`). */
  readonly citations: readonly Citation[];
  /** Where keys stand or can be written: the inside of each pair of braces, what follows each `@`. */
  readonly slots: readonly Span[];
}

export interface Citation {
  /** As written, without braces. `*` of `\nocite{*}` and `@*` is a citation with the key `*`. */
  readonly key: string;
  /** Exactly the key. */
  readonly span: Span;
  /** Written as a figure or section is referred to, which it is unless a bibliography has the key. */
  readonly isLabelLike?: true;
}

export interface BibliographyDeclaration {
  /** The path or address as written, unquoted and unescaped. */
  readonly target: string;
  /** Exactly the target in the text. */
  readonly span: Span;
  /** Whether macros stand in the target that are defined elsewhere, if anywhere (`\main/refs`). */
  readonly hasMacros?: true;
  /** Counts only where a document of the manuscript defines this suffix (`\newcites{sec}{…}` for `\bibliographysec`). */
  readonly suffix?: string;
  /** Whether it may mean something else: then nobody is told that there is no such file. */
  readonly isUncertain?: true;
  /** Another name under which a section may ask for it. */
  readonly label?: string;
  /** A pattern (`glob`) has `*`, `?` and `[…]` for parts of file names. */
  readonly kind: 'file' | 'url' | 'glob';
  /** Extensions to try, in order, when the target as written has none: `\bibliography{a}` means a.bib. */
  readonly impliedExtensions: readonly string[];
}

/** Another document that belongs to this one (`\input`, `\include`, `metadata-files`). */
export interface Include {
  readonly target: string;
  readonly span: Span;
  /**
   * Whether the path begins at the folder of this document, and never at that of the document that is processed; with a leading `/` at
   * that of the project, which is one of those above.
   */
  readonly isFromHere?: true;
  /** Whether macros stand in the target that are defined elsewhere, if anywhere. */
  readonly hasMacros?: true;
  readonly impliedExtensions: readonly string[];
}

/** A file that speaks for all documents in its folder and below ("_quarto.yml"). */
export interface ProjectFile {
  readonly name: string;
  /** Whether its folder is the root of a project: the way upwards ends there, and there a path with a leading `/` begins. */
  readonly isRoot: boolean;
  scan(text: string): Declarations;
}

/** Where a key is to be inserted and what the user has typed of it, spaces between search words included. */
export interface CitationSite {
  /** What has been typed from the beginning of the item to the cursor: "gillard peer 20". */
  readonly query: string;
  /** What accepting a key replaces: the whole item, also the part behind the cursor. May begin before the query (`@{gil`). */
  readonly replace: Span;
  /** Keys already in the same group, the one under the cursor not among them. */
  readonly taken: readonly string[];
  /**
   * Whether the words after the first might be prose (`@smith said`): then the list is offered only when the first word is no key
   * that exists and every word matches.
   */
  readonly maybeProse: boolean;
  /** It may become a reference to a figure or section: only keys that begin as typed are offered. */
  readonly isLabelLike?: true;
  /** Which of several ways of writing a key fits here, where a language has several; for its own `writeKey`. */
  readonly form?: string;
}
