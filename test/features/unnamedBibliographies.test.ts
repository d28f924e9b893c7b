import assert from 'node:assert/strict';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { ownNaming, unnamedSource } from '../../src/features/unnamedBibliographies.ts';
import { folderOf } from '../../src/library/paths.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectWithCursor, scope } from './project.ts';

const doe = '@book{doe, title = {Forests}}\n';

describe('Bibliographies that a document does not name', () => {
  /** What is offered at the cursor: `bibliography → file that would name it`, and what that file is then. */
  function offers(source: string, options = scope): { readonly titles: string[]; readonly after: string[] } {
    const { library, cursor } = projectWithCursor(source);
    const document = library.manuscript(cursor.file.uri);
    assert.ok(document, 'the file with the cursor is no document');
    const { remedies = [] } = unnamedSource(library, document, cursor.offset, options) ?? {};
    const short = (uri: string): string => decodeURIComponent(uri.replace('file:///project/', ''));
    return {
      titles: remedies.map(
        ({ source: { bibliography }, declarations }) =>
          `${short(bibliography.uri)} → ${declarations.map(({ uri }) => short(uri)).join(', ')}`,
      ),
      after: (remedies[0]?.declarations ?? []).map(({ uri, edits }) => applyEdits(library.text(uri) ?? '', edits)),
    };
  }

  const cases: [what: string, source: string, title: string, ...after: string[]][] = [
    [
      'BibTeX',
      '%! main.tex\n\\documentclass{article}\n\\begin{document}\n\\cite{d|oe}\n\\end{document}\n%! refs.bib\n' + doe,
      'refs.bib → main.tex',
      '\\documentclass{article}\n\\begin{document}\n\\cite{doe}\n\\bibliographystyle{plain}\n\\bibliography{refs}\n\\end{document}',
    ],
    [
      'BibLaTeX, in the document that includes this one',
      '%! ch/one.tex\n\\cite{d|oe}\n%! main.tex\n\\documentclass{article}\n\\usepackage{biblatex}\n\\begin{document}\n\\input{ch/one}\n\\end{document}\n%! lib/my 5% refs.bib\n' +
        doe,
      'lib/my 5% refs.bib → main.tex',
      '\\documentclass{article}\n\\usepackage{biblatex}\n\\addbibresource{lib/my 5\\% refs.bib}\n\\begin{document}\n\\input{ch/one}\n\\end{document}',
    ],
    [
      'Pandoc',
      '%! notes/a.md\n# T\n\n[@d|oe]\n%! refs.bib\n' + doe,
      'refs.bib → notes/a.md',
      '---\nbibliography: ../refs.bib\n---\n\n# T\n\n[@doe]',
    ],
    [
      'metadata that are there, and a path that is no plain word of YAML',
      '%! a.md\n---\ntitle: T\n---\n[@d|oe]\n%! refs: #1.bib\n' + doe,
      'refs: #1.bib → a.md',
      '---\ntitle: T\nbibliography: "refs: #1.bib"\n---\n[@doe]',
    ],
    [
      'Typst',
      '%! main.typ\n@d|oe\n%! my "refs".bib\n' + doe,
      'my "refs".bib → main.typ',
      '@doe\n\n#bibliography("my \\"refs\\".bib")\n',
    ],
    [
      'Org',
      '%! a.org\n[cite:@d|oe]\n%! refs.bib\n' + doe,
      'refs.bib → a.org',
      '#+bibliography: refs.bib\n[cite:@doe]\n\n#+print_bibliography:\n',
    ],
    [
      'AsciiDoc',
      '%! a.adoc\n= T\n\ncite:[d|oe]\n%! refs.bib\n' + doe,
      'refs.bib → a.adoc',
      '= T\n:bibtex-file: refs.bib\n\ncite:[doe]\n\nbibliography::[]\n',
    ],
    [
      'Sphinx, in its configuration',
      '%! docs/a.rst\n:cite:p:`d|oe`\n%! docs/conf.py\nextensions = []\n%! refs.bib\n' + doe,
      'refs.bib → docs/a.rst, docs/conf.py',
      ':cite:p:`doe`\n\n.. bibliography::\n',
      'extensions = ["sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["../refs.bib"]\n',
    ],
  ];
  for (const [what, source, title, ...after] of cases) {
    it(`are named in the way of ${what}`, () => {
      const found = offers(source);
      assert.deepEqual(found.titles, [title]);
      assert.deepEqual(found.after, after);
    });
  }

  it('can be several, those that are read by the processor only', () => {
    assert.deepEqual(offers(`%! a.md\n[@d|oe]\n%! x.bib\n${doe}%! y.bib\n${doe}%! z/z.bib\n${doe}`).titles, [
      'x.bib → a.md',
      'y.bib → a.md',
      'z/z.bib → a.md',
    ]);
    assert.deepEqual(offers('%! a.tex\n\\cite{d|oe}\n%! x.ris\nTY  - BOOK\nID  - doe\nER  - \n').titles, []);
  });

  it('are offered where others are named that lack the entry', () => {
    const found = offers(`%! a.md\n---\nbibliography: a.bib\n---\n[@d|oe]\n%! a.bib\n@book{roe}\n%! b.bib\n${doe}`);
    assert.deepEqual(found, {
      titles: ['b.bib → a.md'],
      after: ['---\nbibliography: [a.bib, b.bib]\n---\n[@doe]'],
    });
  });

  const silent: [what: string, source: string][] = [
    ['one that is named', `%! a.md\n---\nbibliography: b.bib\n---\n[@d|oe]\n%! b.bib\n${doe}%! c.bib\n${doe}`],
    [
      'one that a Makefile names',
      `%! a.md\n[@d|oe]\n%! Makefile\nall:\n\tpandoc --bibliography=b.bib\n%! b.bib\n${doe}`,
    ],
    [
      'entries in the document itself',
      '%! a.tex\n\\cite{d|oe}\\begin{thebibliography}{9}\\bibitem{doe} D.\\end{thebibliography}',
    ],
    ['those of a project that takes its folder', `%! a.md\n[@d|oe]\n%! myst.yml\nproject: {}\n%! b.bib\n${doe}`],
    ['a key that nothing has', `%! a.md\n[@r|oe]\n%! b.bib\n${doe}`],
    ['what is no citation', `%! a.md\n[@doe] T|\n%! b.bib\n${doe}`],
    ['Sphinx without a configuration', `%! a.rst\n:cite:p:\`d|oe\`\n%! b.bib\n${doe}`],
  ];
  for (const [what, source] of silent) {
    it(`are not offered for ${what}`, () => {
      assert.deepEqual(offers(source).titles, []);
    });
  }

  it('are not offered for what the user keeps for all documents, where the processor can be told of it', () => {
    const all = (name: string) => ({ ...scope, globalBibliographies: [`${folderOf('file:///project/x')}/${name}`] });
    assert.deepEqual(offers(`%! a.md\n[@d|oe]\n%! b.bib\n${doe}`, all('b.bib')).titles, []);
    assert.deepEqual(offers(`%! a.typ\n@d|oe\n%! b.bib\n${doe}`, all('b.bib')).titles, ['b.bib → a.typ']);
  });

  /** The files in which a document would name its own bibliography, once an entry went into that. */
  function ownNamed(source: string): string[] {
    const { library, cursor } = projectWithCursor(source);
    const document = library.manuscript(cursor.file.uri);
    assert.ok(document, 'the file with the cursor is no document');
    return ownNaming(library, document, 'file:///project/b.bib', scope).map(({ uri }) => uri.replace(/^.*\//, ''));
  }

  it('are named once an entry went into them, where the document names none', () => {
    const whole = '\\documentclass{article}\\begin{document}|\\end{document}';
    assert.deepEqual(ownNamed(`%! a.tex\n${whole}\n%! b.bib\n${doe}`), ['a.tex']);
    assert.deepEqual(ownNamed(`%! a.md\nText|\n%! b.bib\n${doe}`), ['a.md']);
    assert.deepEqual(ownNamed(`%! a.rst\nText|\n%! conf.py\n\n%! b.bib\n${doe}`), ['a.rst', 'conf.py']);
    assert.deepEqual(ownNamed(`%! a.rst\nText|\n%! b.bib\n${doe}`), []);
    assert.deepEqual(ownNamed(`%! a.tex\nText|\n%! b.bib\n${doe}`), []);
    assert.deepEqual(ownNamed(`%! a.tex\n${whole.replace('|', '|\\bibliography{b}')}\n%! b.bib\n${doe}`), []);
    assert.deepEqual(ownNamed(`%! a.adoc\nText|\n%! b.bib\n${doe}`), []);
  });

  /** Where it is told that the document names none. */
  function told(source: string): string[] {
    const { library, cursor } = projectWithCursor(source);
    return diagnostics(library, cursor.file.uri, { scope })
      .filter(({ code }) => code === 'unnamed-bibliography')
      .map(({ span, values }) => `${cursor.file.text.slice(span.start, span.end)} ${values.join(' ')}`);
  }

  it('are told of once, at the first citation that is found', () => {
    const text = '\\documentclass{article}\\begin{document}\\cite{roe,doe}|\\cite{doe}\\end{document}';
    assert.deepEqual(told(`%! a.tex\n${text}\n%! b.bib\n${doe}`), ['doe doe b.bib']);
    assert.deepEqual(told(`%! a.typ\n@roe @doe|\n%! b.bib\n${doe}`), ['doe doe b.bib']);
    assert.deepEqual(told(`%! ch.tex\n\\cite{doe}|\n%! a.tex\n${text.replace('|', '\\input{ch}')}\n%! b.bib\n${doe}`), [
      'doe doe b.bib',
    ]);
  });

  it('are not told of where they may be named elsewhere', () => {
    // A part of a document that is not known, and processors that are told on their command line.
    assert.deepEqual(told(`%! a.tex\n\\cite{doe}|\n%! b.bib\n${doe}`), []);
    assert.deepEqual(told(`%! a.md\n[@doe]|\n%! b.bib\n${doe}`), []);
    assert.deepEqual(told(`%! a.org\n[cite:@doe]|\n%! b.bib\n${doe}`), []);
    // A part that is missing.
    assert.deepEqual(
      told(
        `%! a.tex\n\\documentclass{article}\\begin{document}\\input{gone}\\cite{doe}|\\end{document}\n%! b.bib\n${doe}`,
      ),
      [],
    );
    // Processors that take what lies beside the document.
    assert.deepEqual(told(`%! a.adoc\ncite:[doe]|\n%! b.bib\n${doe}`), []);
    assert.deepEqual(told(`%! a.myst\n{cite:p}\`doe\`|\n%! b.bib\n${doe}`), []);
    assert.deepEqual(told(`%! a.typ\n@doe #bibliography("none.bib")|\n%! b.bib\n${doe}`), []);
  });
});
