import { atOnce } from '../../src/base/atOnce.ts';
import * as assert from 'node:assert/strict';
import { completionDocumentation, completions } from '../../src/features/completion.ts';
import { convertSource, recogniseSource } from '../../src/features/convert.ts';
import { definition } from '../../src/features/definition.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { foldings } from '../../src/features/folding.ts';
import { hover } from '../../src/features/hover.ts';
import { symbols } from '../../src/features/symbols.ts';
import { formats, writableFormats } from '../../src/formats/index.ts';
import { languages, projectFileOf } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { search } from '../../src/library/search.ts';
import { applyEdits, type TextEdit } from '../../src/text/edit.ts';
import type { Span } from '../../src/text/span.ts';
import { assertLaws } from '../languages/manuscriptLaws.ts';
import { citingSteps, pasteSteps } from './citing.ts';
import { conversionSteps } from './conversions.ts';
import { projectSteps } from './projects.ts';
import type { Random } from './random.ts';
import { syntaxSteps } from './syntaxLaws.ts';

/** A file as a user has it; its name tells what it is. */
export interface Subject {
  readonly name: string;
  readonly text: string;
}

/** Something that is done with a file: it must neither throw nor take longer than its size allows. */
export interface Step {
  readonly name: string;
  readonly run: () => void;
}

export const FOLDER = 'file:///project';
export const scope = { globalBibliographies: [], folders: [FOLDER] };

/** Everything a user can do with a file, and the laws that must hold for it. `random` chooses places and edits. */
export function* stepsFor(subject: Subject, random: Random): Generator<Step> {
  const projectFile = projectFileOf(subject.name);
  if (projectFile !== undefined) {
    yield* projectSteps(subject, projectFile, random);
    return;
  }
  const isDocument = languages.some(one => one.extensions.some(extension => subject.name.endsWith(extension)));
  if (isDocument) yield* documentSteps(subject, random);
  else yield* bibliographySteps(subject, random);
}

function* bibliographySteps(subject: Subject, random: Random): Generator<Step> {
  yield* syntaxSteps(subject, random);
  yield* conversionSteps(subject);
  yield* selectionSteps(subject, random);
  yield* pasteSteps(subject, PASTED, random);
  const uri = `${FOLDER}/${subject.name}`;
  const library = libraryWith([subject, { name: 'paper.tex', text: '\\cite{}' }, { name: 'notes.md', text: '[@]' }]);
  yield {
    name: 'library: index',
    run: () => {
      finishIndexing(library);
    },
  };
  yield* fileFeatureSteps(library, uri, random);
  yield {
    name: 'library: documents that cite',
    run: () => {
      citeEntries(library, uri, random);
    },
  };
  const edit = randomEdit(subject.text, random);
  yield {
    name: 'library: edit',
    run: () => {
      checkEdit(subject, edit);
    },
  };
}

function* documentSteps(subject: Subject, random: Random): Generator<Step> {
  const language = languages.find(one => one.extensions.some(extension => subject.name.endsWith(extension)));
  assert.ok(language);
  const offsets = Array.from({ length: 20 }, () => random.below(subject.text.length + 1));
  yield {
    name: `${language.id}: laws`,
    run: () => {
      assertLaws(language, subject.text, offsets);
    },
  };
  const library = libraryWith([subject, { name: 'refs.bib', text: REFERENCES }]);
  yield* fileFeatureSteps(library, `${FOLDER}/${subject.name}`, random);
  yield* citingSteps(subject, random);
}

const REFERENCES = '@article{doe, author={Doe, Jane}, title={A}}\n@book{doe, title={B}}\n@book{roe2001, title={C}}\n';

const PASTED = '@book{doe, title = {T}, xdata = {x}}\n@xdata{x, publisher = {P}}\n@book{Doe, crossref = {doe}}\n';

/** All features at random places, and where something stands. */
function* fileFeatureSteps(library: Library, uri: string, random: Random): Generator<Step> {
  const text = library.text(uri) ?? '';
  const manuscript = library.manuscript(uri)?.scanned;
  const bibliography = library.bibliography(uri);
  const cited = manuscript?.groups.flatMap(group => group.citations.map(citation => citation.span.start)) ?? [];
  const keys = Array.from(
    { length: bibliography?.entryCount ?? 0 },
    (_, entry) => bibliography?.keySpan(entry).start ?? 0,
  );
  const telling = [...cited, ...keys];
  const places = Array.from({ length: 12 }, () =>
    telling.length > 0 && random.once(2) ? random.pick(telling) : random.below(text.length + 1),
  );
  yield {
    name: 'symbols',
    run: () => {
      checkSpans(
        symbols(library, uri)?.flatMap(one => [one.span, one.selectionSpan]),
        text,
      );
    },
  };
  yield {
    name: 'folding',
    run: () => {
      checkSpans(foldings(library, uri), text);
    },
  };
  yield {
    name: 'diagnostics',
    run: () => {
      checkSpans(
        diagnostics(library, uri, { scope }).map(one => one.span),
        text,
      );
    },
  };
  yield {
    name: 'hover',
    run: () => {
      for (const place of places) hover(library, uri, place, { scope });
    },
  };
  yield {
    name: 'definition',
    run: () => {
      for (const place of places) definition(library, uri, place, { scope });
    },
  };
  yield {
    name: 'completion',
    run: () => {
      for (const place of places) completeAt(library, uri, place);
    },
  };
}

/** What a document that cites the first entries and a random one shows of them. */
function citeEntries(library: Library, uri: string, random: Random): void {
  const bibliography = library.bibliography(uri);
  if (bibliography === undefined || bibliography.entryCount === 0) return;
  const entry = random.below(bibliography.entryCount);
  const key = bibliography.key(entry);
  const { title } = bibliography.summary(entry);
  for (const query of ['', key.slice(0, 3), key, title.slice(0, 12)]) {
    const hits = search(library.bibliographies(), query, 20);
    for (const hit of hits) assert.ok(hit.entry < hit.source.entryCount, 'a hit is an entry');
  }
  const written = library.manuscript(`${FOLDER}/paper.tex`)?.language.writeKey(key) ?? key;
  for (const [name, before, after] of [
    ['paper.tex', '\\cite{', '}'],
    ['notes.md', '[@', ']'],
  ] as const) {
    const document = `${FOLDER}/${name}`;
    library.openDocument(document, '', before + written + after);
    hover(library, document, before.length, { scope });
    definition(library, document, before.length, { scope });
    completeAt(library, document, before.length + Math.min(3, written.length));
    completeAt(library, document, before.length);
  }
}

function completeAt(library: Library, uri: string, offset: number): void {
  const text = library.text(uri) ?? '';
  const list = completions(library, uri, offset, { scope });
  if (list === undefined) return;
  checkSpans(
    list.items.map(item => item.replace),
    text,
  );
  for (const item of list.items.slice(0, 3)) {
    assert.notEqual(item.label, '');
    assert.notEqual(completionDocumentation(library, item.data, {}), undefined, 'an item has its card');
  }
}

export function checkSpans(spans: readonly Span[] | undefined, text: string): void {
  for (const { start, end } of spans ?? []) {
    assert.ok(0 <= start && start <= end && end <= text.length, 'a span lies in its text');
  }
}

/** A file that was edited shows what a file with the text that came of it shows. */
function checkEdit(subject: Subject, edit: TextEdit): void {
  const uri = `${FOLDER}/${subject.name}`;
  const library = libraryWith([subject]);
  library.openDocument(uri, '', subject.text);
  finishIndexing(library);
  diagnostics(library, uri, { scope });
  library.editDocument(uri, [edit]);
  finishIndexing(library);
  const text = applyEdits(subject.text, [edit]);
  const fresh = libraryWith([{ name: subject.name, text }]);
  finishIndexing(fresh);
  // A file of JSON, YAML or XML that stops looking like a bibliography stays one as long as it is open.
  if (fresh.bibliography(uri) === undefined) return;
  assert.deepEqual(shown(library, uri), shown(fresh, uri));
}

function shown(library: Library, uri: string): unknown {
  return {
    symbols: symbols(library, uri),
    problems: diagnostics(library, uri, { scope }),
    found: ['', 'a', 'the', '2015'].map(query => search(library.bibliographies(), query, 50).map(hit => hit.entry)),
  };
}

/** A selection is converted as the entries that it touches. */
function* selectionSteps(subject: Subject, random: Random): Generator<Step> {
  const ends = [random.below(subject.text.length + 1), random.below(subject.text.length + 1)];
  const selection = { start: Math.min(...ends), end: Math.max(...ends) };
  for (const to of writableFormats) {
    const output = random.once(2) ? 'edits' : 'text';
    yield {
      name: `convert selection to ${to.name}`,
      run: () => {
        const source = atOnce(recogniseSource({ text: subject.text, fileName: subject.name, selection }));
        atOnce(convertSource({ text: subject.text, source, to, sameWorks: 'merge', output }));
      },
    };
  }
  yield {
    name: 'paste as a page',
    run: () => {
      atOnce(recogniseSource({ text: subject.text, selection }));
    },
  };
}

export function libraryWith(files: readonly Subject[]): Library {
  const library = new Library({ formats, languages });
  for (const { name, text } of files) library.setFile(`${FOLDER}/${name}`, { text });
  return library;
}

export function finishIndexing(library: Library): void {
  atOnce(library.indexing());
}

export function randomEdit(text: string, random: Random): TextEdit {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + (random.once(2) ? 0 : random.below(12)));
  const newText = random.pick([
    '',
    '{',
    '}',
    '"',
    '@',
    ',',
    '\n',
    '@book{x,\n',
    '\nER  - \n',
    'TY  - BOOK\n',
    'ID  - k\n',
    '%',
    '\\',
    'word',
  ]);
  return { span: { start, end }, newText };
}
