import assert from 'node:assert/strict';
import { completions } from '../../src/features/completion.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { symbols } from '../../src/features/symbols.ts';
import { convert } from '../../src/formats/convert.ts';
import { formatOfFile } from '../../src/formats/index.ts';
import { visibleBibliographies } from '../../src/library/visibleBibliographies.ts';
import { FOLDER, finishIndexing, libraryWith, scope, stepsFor } from '../fuzz/exercise.ts';
import { randomFrom } from '../fuzz/random.ts';
import { DEEP_TEXTS } from './deepTexts.ts';
import { HOSTILE_TEXTS } from './hostileTexts.ts';

/** How their cost grows is measured by `npm run bench hostile`. */
describe('Hostile texts, through everything a user can do', () => {
  for (const { title, file, make } of HOSTILE_TEXTS) {
    it(`${file}: ${title}`, () => {
      for (const step of stepsFor({ name: file, text: make(1500) }, randomFrom(1))) {
        // Values of thousands of letters are compared by the fuzzer on real files.
        if (!step.name.startsWith('convert ')) step.run();
      }
    });
  }
});

describe('A hundred thousand in each other', () => {
  for (const { title, file, text } of DEEP_TEXTS) {
    it(title, () => {
      const library = libraryWith([
        { name: file, text },
        { name: 'refs.bib', text: '@book{doe, title = {T}}' },
      ]);
      const uri = `${FOLDER}/${file}`;
      library.openDocument(uri, '', text);
      finishIndexing(library);
      symbols(library, uri);
      diagnostics(library, uri, { scope });
      for (const offset of [text.length - 3, text.length >> 1]) {
        hover(library, uri, offset, { scope });
        completions(library, uri, offset, { scope });
      }
      const from = formatOfFile(file)?.name;
      if (from !== undefined) for (const to of ['bibtex', 'csl-json'] as const) convert(text, { from, to });
      // Behind all of it the document is read again.
      const cited = library.manuscript(uri)?.scanned.groups.flatMap(({ citations }) => citations.map(({ key }) => key));
      assert.ok(from !== undefined || cited?.includes('doe') === !text.startsWith('\\cite'), 'doe is cited');
    });
  }
});

describe('Hostile data', () => {
  const keys = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'a"b',
    "a'b",
    'a<b>',
    'a*_`b',
    'a[b](c)',
    'ключ',
    '😀',
  ];
  for (const key of keys) {
    it(`${key} is a key like any other`, () => {
      const library = libraryWith([
        { name: 'refs.bib', text: `@book{${key}, title = {Good}, __proto__ = {x}, constructor = {y}}` },
        { name: 'paper.tex', text: `\\cite{${key}}` },
      ]);
      finishIndexing(library);
      const uri = `${FOLDER}/paper.tex`;
      assert.equal(completions(library, uri, 6, { scope })?.items[0]?.label, key);
      assert.match(hover(library, uri, 7, { scope })?.markdown ?? '', /Good/u);
      assert.equal(symbols(library, `${FOLDER}/refs.bib`)?.[0]?.name, key);
      const item = convert(library.text(`${FOLDER}/refs.bib`) ?? '', { from: 'biblatex', to: 'csl-json' });
      const [read] = JSON.parse(item.text) as { id: string; title: string }[];
      assert.deepEqual([read?.id, read?.title], [key, 'Good']);
      const back = convert(item.text, { from: 'csl-json', to: 'biblatex' });
      assert.match(back.text, /__proto__ = \{x\}/u);
      assert.match(back.text, /constructor = \{y\}/u);
    });
  }

  const evil = [
    '[run](command:workbench.action.quit)',
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '](javascript:alert(1))',
    '$(gear) `code` **bold** # head',
    '![x](http://e.example/y.png)',
    '\u202egnp.exe\u0000\u0007',
    '&lt;b&gt; &#60;',
  ];
  for (const value of evil) {
    it(`${JSON.stringify(value)} in any field is text`, () => {
      const fields = ['author', 'title', 'journal', 'abstract', 'keywords', 'doi', 'url', 'year', 'note'];
      const library = libraryWith([
        { name: 'refs.bib', text: `@article{k, ${fields.map(name => `${name} = {${value}}`).join(', ')}}` },
        { name: 'paper.tex', text: '\\cite{k}' },
      ]);
      const markdown = hover(library, `${FOLDER}/paper.tex`, 6, { scope })?.markdown ?? '';
      const targets = [...markdown.matchAll(/(?<!\\)\]\(([^)]*)\)/gu)].map(([, target]) => target ?? '');
      assert.ok(targets.length > 0);
      for (const target of targets) assert.match(target, /^(?:https:\/\/doi\.org\/|file:\/\/\/project\/|https?:\/\/)/u);
      assert.doesNotMatch(markdown, /<|(?<!\\)!\[|(?<!\\)\$\(|[\u0000\u0007\u202e]/u);
    });
  }
});

describe('Circles and long chains', () => {
  const length = 3000;
  const chapters = Array.from({ length }, (_, i) => ({
    name: `c${i}.tex`,
    text: i === length - 1 ? '\\addbibresource{refs.bib}\\cite{k}' : `\\input{c${i + 1}}`,
  }));
  const bib = { name: 'refs.bib', text: '@book{k, title = {T}}' };

  it('documents that include each other see the same', () => {
    const library = libraryWith([
      { name: 'a.tex', text: '\\input{b}\\cite{k}' },
      { name: 'b.tex', text: '\\input{a}\\input{b}\\addbibresource{refs.bib}' },
      bib,
    ]);
    for (const name of ['a.tex', 'b.tex'])
      assert.deepEqual(
        visibleBibliographies(library, `${FOLDER}/${name}`, scope).map(one => one.uri),
        [`${FOLDER}/refs.bib`],
      );
  });

  it('a chain of thousands of inclusions, from both ends', () => {
    const library = libraryWith([
      { name: 'main.tex', text: '\\documentclass{x}\\begin{document}\\input{c0}' },
      ...chapters,
      bib,
    ]);
    for (const name of ['main.tex', 'c0.tex', `c${length - 1}.tex`])
      assert.equal(visibleBibliographies(library, `${FOLDER}/${name}`, scope).length, 1);
  });

  it('entries that are their own parents, containers and strings', () => {
    const text = `@string{a = b} @string{b = a # b}
@book{k, crossref = {l}, xdata = {k, l}, title = a # b}
@book{l, crossref = {k}, xdata = {k, l}, note = b}`;
    for (const to of ['bibtex', 'ris', 'csl-json'] as const) {
      assert.equal(convert(text, { from: 'biblatex', to }).count, 2);
    }
  });
});
