import * as assert from 'node:assert/strict';
import { atOnce } from '../../src/base/atOnce.ts';
import { adopting } from '../../src/features/adoption.ts';
import { findReferences } from '../../src/features/findReferences.ts';
import { citationPlace, insertCitation } from '../../src/features/insertCitation.ts';
import { pasteEntries } from '../../src/features/paste.ts';
import { makeKeysFresh, TakenKeys } from '../../src/features/pasteKeys.ts';
import { convert } from '../../src/formats/convert.ts';
import { formatOfFile } from '../../src/formats/index.ts';
import type { Library } from '../../src/library/library.ts';
import { reachOf } from '../../src/library/reach.ts';
import { applyEdits, type TextEdit } from '../../src/text/edit.ts';
import { checkSpans, FOLDER, finishIndexing, libraryWith, scope, type Step, type Subject } from './exercise.ts';
import type { Random } from './random.ts';

/** A reference that no document below can read as it is. */
const ELSEWHERE: Subject = {
  name: 'elsewhere.nbib',
  text: 'PMID- 1234\nFAU - Doe, Jane\nTI  - Forests of the north\nJT  - Trees\nDP  - 2001 May\n\nPMID- 1235\nTI  - Lakes\n',
};
const NEAR: Subject = {
  name: 'refs.bib',
  text: '@article{doe, author={Doe, Jane}, title={A}}\n@book{roe, title={B}}\n',
};

/** Inserting citations into a document: of what it can cite, of what has to be copied first, and with a bibliography that has to be made. */
export function* citingSteps(subject: Subject, random: Random): Generator<Step> {
  const offsets = Array.from({ length: 4 }, () => random.below(subject.text.length + 1));
  const query = random.pick(['', 'doe', 'forests', 'jane 2001', '{', '@']);
  for (const files of [
    [subject, NEAR, ELSEWHERE],
    [subject, ELSEWHERE],
  ]) {
    const title = files.length === 3 ? '' : ', no bibliography';
    yield {
      name: `insert citation${title}`,
      run: () => {
        const library = libraryWith(files);
        finishIndexing(library);
        for (const offset of offsets) insertAt(library, `${FOLDER}/${subject.name}`, { offset, query });
      },
    };
    yield {
      name: `copy entries${title}`,
      run: () => {
        copyInto(files, subject);
      },
    };
  }
}

function insertAt(library: Library, uri: string, { offset, query }: { offset: number; query: string }): void {
  const document = library.manuscript(uri);
  assert.ok(document);
  const { text, language } = document;
  const found = findReferences(reachOf(library, document, scope), query);
  const keys = [...new Set(found.slice(0, 2).map(one => one.key))];
  citationPlace(document, offset, () => false);
  for (const { name } of language.writing.forms(text).slice(0, 3)) {
    for (const isQuery of [() => false, () => true]) {
      const choice = { keys, form: name, affixes: { prefix: 'see', locator: 'p. 7' } };
      const selections = [{ start: offset, end: offset }];
      const { edits, cursors } = insertCitation(document, selections, choice, isQuery);
      checkSpans(
        edits.map(edit => edit.span),
        text,
      );
      const after = applyEdits(text, edits);
      for (const cursor of cursors) assert.ok(0 <= cursor && cursor <= after.length, 'a cursor stands in the text');
      language.scan(after);
    }
  }
}

/** What has to be copied is in the bibliography afterwards, under the promised keys. */
function copyInto(files: readonly Subject[], subject: Subject): void {
  const library = libraryWith(files);
  finishIndexing(library);
  const document = library.manuscript(`${FOLDER}/${subject.name}`);
  const bibliography = library.bibliography(`${FOLDER}/${ELSEWHERE.name}`);
  assert.ok(document && bibliography);
  const references = [0, 1].map(entry => ({ bibliography, entry }));
  const { addition, keys } = atOnce(adopting(library, document, references, { scope }));
  assert.equal(keys.length, references.length, 'each reference has a key');
  if (addition === undefined || addition.kind === 'impossible') return;
  const declared =
    addition.kind === 'create' && addition.creation.kind === 'possible' ? addition.creation.declarations : [];
  for (const { uri, edits } of declared) applied(library, uri, edits);
  const { uri, edits } = addition.copy;
  const format = formatOfFile(uri);
  // A bibliography that the document names may be any of its files.
  if (format === undefined || library.manuscript(uri) !== undefined) return;
  const after = applied(library, uri, edits);
  const blocks = format.scan(after);
  const there = new Set(Array.from({ length: blocks.entryCount }, (_, entry) => blocks.key(entry)));
  for (const key of addition.copy.keys) assert.ok(there.has(key), 'a copied entry has the key that was promised');
}

function applied(library: Library, uri: string, edits: readonly TextEdit[]): string {
  const text = library.text(uri) ?? '';
  checkSpans(
    edits.map(edit => edit.span),
    text,
  );
  return applyEdits(text, edits);
}

/** Pasting entries of another file: with keys that are free, behind the entry that the cursor stands in. */
export function* pasteSteps({ name, text }: Subject, other: string, random: Random): Generator<Step> {
  const format = formatOfFile(name);
  if (format?.write === undefined) return;
  const ends = [random.below(text.length + 1), random.below(text.length + 1)];
  const selection = { start: Math.min(...ends), end: random.once(2) ? Math.max(...ends) : Math.min(...ends) };
  yield {
    name: `paste into ${format.name}`,
    run: () => {
      const blocks = format.scan(text);
      const own = Array.from({ length: blocks.entryCount }, (_, entry) => blocks.key(entry));
      const converted = convert(other, { to: format.name });
      if (converted.count === 0) return;
      const fresh = makeKeysFresh(converted.text, format, new TakenKeys(own));
      const pasted = format.scan(fresh.text);
      const taken = new Set(own.map(key => key.toLowerCase()));
      for (let entry = 0; entry < pasted.entryCount; entry++) {
        const key = pasted.key(entry).toLowerCase();
        assert.ok(key === '' || !taken.has(key), 'a pasted key is free');
        taken.add(key);
      }
      const edit = pasteEntries({ text, selection, blocks }, fresh.text, format.name);
      checkSpans([edit.span], text);
      format.scan(applyEdits(text, [edit]));
    },
  };
}
