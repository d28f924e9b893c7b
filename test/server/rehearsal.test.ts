import assert from 'node:assert/strict';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { isWorthRehearsing, rehearsing } from '../../src/server/rehearsal.ts';

const entry = (number: number): string =>
  `@article{smith${String(number)}, author = {Smith, Anne}, title = {Analysis of Graphs}, year = 2010}\n`;

const entries = (count: number): string => Array.from({ length: count }, (_, number) => entry(number)).join('');

function libraryWith(files: Readonly<Record<string, string>>): Library {
  const library = new Library({ formats, languages });
  for (const [name, text] of Object.entries(files)) library.setFile(`file:///${name}`, { text });
  for (const steps = library.indexing(); steps.next().done !== true;);
  return library;
}

function stepsOf(library: Library): number {
  let count = 0;
  for (const steps = rehearsing(library); steps.next().done !== true;) count++;
  return count;
}

describe('rehearsal', () => {
  it('is worth it in a large library only', () => {
    assert.equal(isWorthRehearsing(libraryWith({ 'a.bib': entries(999) })), false);
    assert.equal(isWorthRehearsing(libraryWith({ 'a.bib': entries(600), 'b.bib': entries(400) })), true);
  });

  it('runs in many steps and leaves the library as it is', () => {
    const library = libraryWith({ 'a.bib': entries(1000) });
    const { version } = library;
    assert.ok(stepsOf(library) > 50);
    assert.equal(library.version, version);
    assert.deepEqual(
      library.bibliographies().map(({ uri }) => uri),
      ['file:///a.bib'],
    );
  });

  // Lists of nothing would rehearse nothing.
  it('finds something at nearly every keystroke', () => {
    const found = [...rehearsing(libraryWith({ 'a.bib': entries(1000) }))].filter(count => count !== undefined);
    assert.ok(found.length > 150);
    assert.ok(found.filter(count => count > 0).length > 0.9 * found.length);
    // Of the last word typed, which is mistyped, too.
    assert.equal(found.at(-1), 100);
  });

  it('goes on while the library changes', () => {
    const library = libraryWith({ 'a.bib': entries(1000) });
    const steps = rehearsing(library);
    for (let count = 0; steps.next().done !== true; count++) {
      if (count === 100) library.setFile('file:///a.bib', { text: entry(1) });
      if (count === 200) library.setFile('file:///a.bib', undefined);
    }
  });

  for (const [name, text] of [
    ['nothing', {}],
    ['no entry', { 'a.bib': 'text' }],
    ['an entry without fields', { 'a.bib': '@misc{a}' }],
    ['RIS', { 'a.ris': 'TY  - JOUR\nTI  - Analysis\nER  - \n' }],
    ['JSON that is cut off', { 'a.json': '[{"id": "a", "type": "book", "title": "Analysis' }],
  ] as const)
    it(`ends in a library of ${name}`, () => {
      stepsOf(libraryWith(text));
    });
});
