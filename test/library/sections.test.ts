import assert from 'node:assert/strict';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { sectionBibliographies } from '../../src/library/sections.ts';
import { scopeIn } from '../../src/library/visibleBibliographies.ts';
import { parseFixture } from '../support/fixture.ts';

const bib = '%! a.bib\n@book{x}\n%! b.bib\n@book{x}\n%! c.bib\n@book{x}\n';

describe('sections with bibliographies of their own', () => {
  const cases: [what: string, fixture: string, expected: string[] | undefined][] = [
    [
      'a file',
      '%! main.tex\n\\addbibresource{a.bib}\\begin{refsection}[b.bib]\\cite{\u2502}\\end{refsection}',
      ['b.bib'],
    ],
    [
      'a label',
      '%! main.tex\n\\addbibresource[label=two]{a.bib}\\addbibresource{b.bib}\\newrefsection[two]\\cite{\u2502}',
      ['a.bib'],
    ],
    [
      'a label of another file, and a file',
      '%! main.tex\n\\input{pre}\\begin{refsection}[two,c.bib]\\cite{\u2502}\n%! pre.tex\n\\addbibresource[label=two]{a.bib}\\addbibresource{b.bib}',
      ['a.bib', 'c.bib'],
    ],
    [
      'the section in which it is included',
      '%! one.tex\n\\cite{\u2502}\n%! main.tex\n\\documentclass{book}\\begin{document}\\addbibresource{a.bib}\\begin{refsection}[b.bib]\\input{one}\\end{refsection}',
      ['b.bib'],
    ],
    ['behind the section', '%! main.tex\n\\begin{refsection}[b.bib]x\\end{refsection}\\cite{\u2502}', undefined],
    [
      'a section without any',
      '%! main.tex\n\\addbibresource{a.bib}\\begin{refsection}\\cite{\u2502}\\end{refsection}',
      undefined,
    ],
    [
      'a label that nobody declares',
      '%! main.tex\n\\addbibresource{a.bib}\\begin{refsection}[two]\\cite{\u2502}\\end{refsection}',
      undefined,
    ],
  ];
  for (const [what, fixture, expected] of cases) {
    it(`know ${what}`, () => {
      const { files } = parseFixture(fixture + '\n' + bib);
      const library = new Library({ formats, languages });
      for (const { uri, text } of files) library.setFile(uri, { text: text.replace('\u2502', '') });
      const [first] = files;
      assert.ok(first);
      const offset = first.text.indexOf('\u2502');
      const scope = scopeIn(library, first.uri, { globalBibliographies: [], folders: ['file:///project'] });
      const found = sectionBibliographies(library, { uri: first.uri, offset }, scope, library.includeGraph());
      assert.deepEqual(found && [...found].map(uri => uri.replace('file:///project/', '')).sort(), expected);
    });
  }
});
