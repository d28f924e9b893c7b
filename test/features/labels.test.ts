import assert from 'node:assert/strict';
import { completions } from '../../src/features/completion.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { citationPlace } from '../../src/features/insertCitation.ts';
import { project, projectWithCursor, scope } from './project.ts';

const refs = '\n%! refs.bib\n@book{fig-tides, title={Tides}}\n@book{vid-x, title={Films}}\n@book{doe, title={Peers}}\n';

/** The keys that are offered at the cursor; undefined where none can be. */
function offered(source: string): string[] | undefined {
  const { library, cursor } = projectWithCursor(source + refs);
  return completions(library, cursor.file.uri, cursor.offset, { scope })?.items.map(({ label }) => label);
}

function hasHover(source: string): boolean {
  const { library, cursor } = projectWithCursor(source + refs);
  return hover(library, cursor.file.uri, cursor.offset, { scope }) !== undefined;
}

const quarto = '\n%! _quarto.yml\nproject:\n  type: website\n';
const videos = `${quarto}crossref:\n  custom:\n    - kind: float\n      reference-prefix: Video\n      key: vid\n`;

describe('references to figures and sections', () => {
  it('are citations outside Quarto where the bibliography has the key', () => {
    assert.equal(hasHover('%! a.md\nIn @fig-ti|des'), true);
    assert.deepEqual(offered('%! a.md\nIn @fig-ti|'), ['fig-tides']);
    assert.deepEqual(offered('%! a.md\nIn @fig-|'), ['fig-tides']);
  });

  it('are offered nothing that does not begin so', () => {
    assert.equal(offered('%! a.md\nIn @tbl-|'), undefined);
    assert.equal(offered('%! a.md\nIn @fig-peers|'), undefined);
    assert.equal(offered('%! a.md\nIn @fig:|'), undefined);
    assert.deepEqual(offered('%! a.md\nIn @fig|')?.[0], 'fig-tides');
  });

  it('are never citations in Quarto', () => {
    for (const source of [
      '%! a.qmd\nIn @fig-ti|des',
      `%! a.md\nIn @fig-ti|des${quarto}`,
      `%! sub/a.md\n[@fig-ti|des]${quarto}`,
    ]) {
      assert.equal(hasHover(source), false, source);
      assert.equal(offered(source), undefined, source);
    }
    assert.deepEqual(offered('%! a.qmd\n[@fig-tides; @do|]'), ['doe']);
  });

  it('have kinds of the project’s own', () => {
    for (const source of [
      `%! a.qmd\nIn @vid-|x${videos}`,
      `%! sub/a.md\nIn [@Vid-|x]${videos}`,
      '%! a.qmd\n---\ncrossref:\n  custom:\n    - {kind: float, key: vid}\n---\nIn @vid-|x',
      `%! sub/a.qmd\nIn @vid-|x${quarto}\n%! sub/_metadata.yml\ncrossref: {custom: [{key: vid}]}\n`,
    ]) {
      assert.equal(hasHover(source), false, source);
      assert.equal(offered(source), undefined, source);
    }
    assert.equal(offered(`%! a.qmd\nIn @vid-|${videos}`), undefined);
    assert.equal(hasHover(`%! a.qmd\nIn @vid-|x${quarto}`), true);
    assert.deepEqual(offered(`%! a.qmd\n[@vid-x; @do|]${videos}`), ['doe']);
    assert.deepEqual(offered(`%! a.qmd\n@vi|${videos}`)?.[0], 'vid-x');
  });

  it('take no further keys', () => {
    const { library, cursor } = projectWithCursor(`%! a.md\nIn @fig-o|ne${refs}`);
    const document = library.manuscript(cursor.file.uri);
    assert.ok(document);
    assert.equal(citationPlace(document, cursor.offset, () => false).kind, 'new');
  });
});

describe('labels of other files', () => {
  const projects: [language: string, source: string][] = [
    ['Typst', '%! a.typ\n#include "b.typ"\nSee @my-lab|el and @doe.\n%! b.typ\n= Title <my-label>\n'],
    ['MyST', '%! a.md\nSee @my-lab|el and @doe.\n%! b.md\n(my-label)=\n# Title\n%! myst.yml\nversion: 1\n'],
    ['Org', '%! a.org\n#+include: b.org\nSee [[my-lab|el]] and [cite:@doe].\n%! b.org\n<<my-label>>\n'],
    ['AsciiDoc', '%! a.adoc\ninclude::b.adoc[]\n\nSee <<my-lab|el>> and cite:[doe].\n%! b.adoc\n[[my-label]]\n== T\n'],
    ['reStructuredText', '%! a.rst\n.. include:: b.rst\n\nSee my-lab|el_ and :cite:`doe`.\n%! b.rst\n.. _my-label:\n'],
  ];
  for (const [language, source] of projects) {
    it(`are neither missed nor offered in ${language}`, () => {
      const { library, cursor } = projectWithCursor(source + refs);
      const { uri } = cursor.file;
      const problems = diagnostics(library, uri, { scope }).filter(({ code }) => code !== 'unnamed-bibliography');
      assert.deepEqual(problems, []);
      assert.equal(hover(library, uri, cursor.offset, { scope }), undefined);
      const keys = completions(library, uri, cursor.offset, { scope })?.items.map(({ label }) => label) ?? [];
      assert.equal(keys.includes('my-label'), false);
    });
  }
});

describe('Markdown of a project', () => {
  const written = (files: string): [language: string | undefined, keys: string[] | undefined] => {
    const { library, file } = project(`%! docs/a.md\n(sec)=\n# Title\n@sec {cite}\`doe\`\n${files}`);
    const document = library.manuscript(file('docs/a.md').uri);
    return [document?.language.id, document?.scanned.groups.flatMap(group => group.citations.map(({ key }) => key))];
  };
  const myst: [what: string, files: string][] = [
    ['mystmd', '%! myst.yml\nversion: 1\n'],
    ['Jupyter Book', '%! docs/_toc.yml\nformat: jb-book\nroot: a\n'],
    ['Jupyter Book without a table of contents', '%! docs/_config.yml\ntitle: x\nsphinx:\n  config: {}\n'],
    ['Sphinx with MyST', "%! docs/conf.py\nextensions = ['myst_parser']\n"],
    ['Sphinx with MyST that was off', "%! docs/conf.py\n# x = ['myst_parser']\nextensions = ['myst_nb']\n"],
    ['Sphinx with notebooks', '%! docs/conf.py\nextensions = [\n  "sphinxcontrib.bibtex", "myst_nb"]\n'],
  ];
  for (const [what, files] of myst) {
    it(`is MyST in ${what}`, () => {
      assert.deepEqual(written(files), ['myst', ['doe']]);
    });
  }

  const others: [what: string, files: string][] = [
    ['no project', ''],
    ['a site of Jekyll', '%! _config.yml\ntitle: x\nscholar:\n  source: b\n'],
    ['another table of contents', '%! docs/_toc.yml\nformat: other\n'],
    ['Sphinx alone', "%! docs/conf.py\n# extensions = ['myst_parser']\nextensions = []\n"],
    ['Quarto below MyST', '%! docs/_quarto.yml\nproject: {}\n%! myst.yml\nversion: 1\n'],
  ];
  for (const [what, files] of others) {
    it(`is Pandoc’s in ${what}`, () => {
      assert.deepEqual(written(files), ['markdown', ['sec', 'doe']]);
    });
  }

  it('changes with the project', () => {
    const { library, file } = project('%! a.md\n@fig-one\n%! other.md\n@fig-two\n');
    const { uri } = file('a.md');
    const read = (): unknown => {
      const document = library.manuscript(uri);
      return [document?.language.id, document?.scanned.groups.length];
    };
    assert.deepEqual(read(), ['markdown', 1]);
    library.setFile('file:///project/_quarto.yml', { text: '' });
    assert.deepEqual(read(), ['markdown', 0]);
    library.setFile('file:///project/_quarto.yml', undefined);
    library.setFile('file:///project/myst.yml', { text: '' });
    assert.deepEqual(read(), ['myst', 1]);
    library.openDocument(uri, 'quarto', '@fig-one');
    library.setFile('file:///project/myst.yml', undefined);
    assert.deepEqual(read(), ['markdown', 0]);
  });

  it('sees the bibliographies that Sphinx names', () => {
    const source = "%! docs/a.md\n[@do|]\n%! docs/conf.py\nextensions = ['myst_parser']\nbibtex_bibfiles = ['b.bib']\n";
    assert.deepEqual(offered(`${source}%! docs/b.bib\n@book{dorn}\n`)?.slice(0, 1), ['dorn']);
  });
});
