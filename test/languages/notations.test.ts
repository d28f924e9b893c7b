import assert from 'node:assert/strict';
import { asciidoc } from '../../src/languages/asciidoc.ts';
import { projectFileOf } from '../../src/languages/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { markdown } from '../../src/languages/markdown.ts';
import { org } from '../../src/languages/org.ts';
import { percentScript } from '../../src/languages/percentScript.ts';
import { restructuredText } from '../../src/languages/restructuredText.ts';

/*
 * Every notation that the manuals of the processors have, one after the other: what it cites and what it declares. Odd writings, positions
 * and unfinished text are in the tests of each language.
 */

/** A text with the keys that it cites, then the bibliographies that it declares. */
type Notation = readonly [text: string, keys: string, declared?: string];

const words = (text: string): string[] => text.split(' ').filter(word => word !== '');

function checkNotations(language: Language, notations: readonly Notation[]): void {
  for (const [text, keys, declared = ''] of notations) {
    it(JSON.stringify(text), () => {
      const { groups, declarations } = language.scan(text);
      assert.deepEqual(
        groups.flatMap(group => group.citations.map(({ key }) => key)),
        words(keys),
      );
      assert.deepEqual(
        declarations.map(({ target }) => target),
        words(declared),
      );
    });
  }
}

const declaredIn = (name: string, text: string): string[] | undefined =>
  projectFileOf(name)
    ?.scan(text)
    .declarations.map(({ target }) => target);

/** `:cite:p:` and its sisters (sphinxcontrib-bibtex, "Roles and Directives"). */
const citeRoles = words(
  'p ps t ts ct cts alp alps label labelpar year yearpar author authors authorpar authorpars',
).concat(words('cauthor cauthors empty'));

describe('notations of reStructuredText', () => {
  checkNotations(restructuredText, [
    [':cite:`doe`', 'doe'],
    [':cite:p:`a,b`', 'a b'],
    ...citeRoles.map((role): Notation => [`:cite:${role}:\`doe\``, 'doe']),
    [':footcite:`doe`', 'doe'],
    ...words('p ps t ts ct cts').map((role): Notation => [`:footcite:${role}:\`doe\``, 'doe']),
    [':cite:p:`{see}doe{p. 1}`', 'doe'],
    // Docutils' own citations are defined in the document.
    ['As [doe]_ says.\n\n.. [doe] Jane Doe, *Peers*.', ''],
    ['.. bibliography:: a.bib b.bib', '', 'a.bib b.bib'],
    ['.. bibliography::', ''],
    ...['all', 'cited', 'notcited'].map((option): Notation => [`.. bibliography::\n   :${option}:`, '']),
    ['.. bibliography::\n   :filter: docname in docnames and author % "Doe"', ''],
    ['.. bibliography::\n   :style: plain\n   :list: enumerated\n   :enumtype: upperroman\n   :start: continue', ''],
    ['.. bibliography::\n   :labelprefix: A', ''],
    ['.. bibliography::\n   :keyprefix: x-\n\n:cite:`x-doe`', 'doe'],
    ['.. bibliography::\n\n   doe\n   roe', 'doe roe'],
    ['.. footbibliography::', ''],
    ['``:cite:`doe``` :code:`doe` :ref:`doe` `doe`_ `doe <https://a.org>`_ doe_ |doe|', ''],
    ['Code::\n\n   :cite:`doe`', ''],
    ['.. A comment :cite:`doe`', ''],
  ]);

  const configurations: [python: string, declared: string][] = [
    ["bibtex_bibfiles = ['refs.bib', 'sub/b.bib']", 'refs.bib sub/b.bib'],
    ["bibtex_encoding = 'utf-8-sig'\nbibtex_default_style = 'plain'\nbibtex_reference_style = 'author_year'", ''],
    ["bibtex_foot_reference_style = 'foot'\nextensions = ['sphinxcontrib.bibtex']", ''],
  ];
  for (const [python, declared] of configurations) {
    it(`conf.py: ${JSON.stringify(python)}`, () => {
      assert.deepEqual(declaredIn('conf.py', python), words(declared));
    });
  }
});

describe('notations of AsciiDoc', () => {
  const ribose = words(
    'fullcite citet citet* citealt citealt* citep citep* citealp citealp* citeauthor citeauthor* citeyear',
  );
  checkNotations(asciidoc, [
    // asciidoctor-bibtex
    ['cite:[doe]', 'doe'],
    ['citenp:[doe]', 'doe'],
    ['cite:[a(12-14), b]', 'a b'],
    ['cite:[a(page 3)]', 'a'],
    ['cite:see[doe]', 'doe'],
    ['bibitem:[doe]', 'doe'],
    ['bibliography::[]', ''],
    ['bibliography::refs.bib[apa, de]', '', 'refs.bib'],
    [':bibtex-file: refs.bib', '', 'refs.bib'],
    [':bibtex-style: ieee\n:bibtex-order: appearance\n:bibtex-order: alphabetical', ''],
    [':bibtex-format: asciidoc\n:bibtex-format: biblatex\n:bibtex-locale: en-US\n:bibtex-throw: true', ''],
    [':bibtex-citation-template: [$id]', ''],
    // asciidoctor-bibliography
    ['cite:[doe, page=3, prefix="see ", suffix=" ff.", locator=x, text="{cite}"]', 'doe'],
    ['cite:[a]+[b]', 'a b'],
    ['cite:foo[a]+bar[b]', 'a b'],
    ...[...ribose, 'citeyearpar', 'nocite'].map((macro): Notation => [`${macro}:[doe]`, 'doe']),
    ['bibliography::foo[]', ''],
    [':bibliography-database: db1.bib db2.bib ../dbs/*.bibtex', '', 'db1.bib db2.bib ../dbs/*.bibtex'],
    [':bibliography-style: apa\n:bibliography-tex-style: plain\n:bibliography-locale: en-US', ''],
    [':bibliography-sort: title asc\n:bibliography-hyperlinks: true', ''],
    // AsciiDoc's own bibliographies stand in the document.
    ['[bibliography]\n* [[[doe]]] Jane Doe.\n* [[[roe,1]]] Ann Roe.\n\nAs <<doe>> and <<roe>> say.', ''],
    [':bibtex-file: {docdir}/refs.bib', '', 'refs.bib'],
    ['// cite:[doe]\n----\ncite:[doe]\n----\n`+cite:[doe]+`', ''],
    ['jane@example.org xref:doe[] link:doe[cite] mailto:doe[x]', ''],
  ]);

  it('.asciidoctorconfig and antora.yml', () => {
    assert.deepEqual(declaredIn('.asciidoctorconfig', ':bibtex-file: a.bib\n'), ['a.bib']);
    assert.deepEqual(declaredIn('antora.yml', 'asciidoc:\n  attributes:\n    bibtex-file: a.bib\n'), ['a.bib']);
  });
});

describe('notations of Org', () => {
  const styles = words('t text a author n na nt noauthor ft nocite y year l locators title bibentry');
  const variants = words('b c f bc bf cf bcf bare caps full');
  const links = words(
    'cite citet citep citealt citealp citeauthor citeyear citeyearpar citenum Citet Citep textcite parencite footcite autocite ' +
      'fullcite supercite smartcite Textcite Parencite citetitle citedate nocite footfullcite',
  );
  checkNotations(org, [
    ['[cite:@doe]', 'doe'],
    ['[cite/style/variant:global prefix;pre @a suf;pre @b suf;global suffix]', 'a b'],
    ...styles.map((style): Notation => [`[cite/${style}:@doe]`, 'doe']),
    ...variants.map((variant): Notation => [`[cite/t/${variant}:@doe]`, 'doe']),
    // org-ref 3
    ['cite:&a;&b', 'a b'],
    ['[[cite:pre;pre &doe post;post]]', 'doe'],
    // org-ref 2
    ['cite:a,b', 'a b'],
    ['[[cite:a][pre::post]]', 'a'],
    ...links.map((link): Notation => [`${link}:doe`, 'doe']),
    ...links.map((link): Notation => [`${link}:&doe`, 'doe']),
    ['nocite:&*', '*'],
    ['\\cite{a,b} and \\parencite[3]{c}', 'a b c'],
    ['#+bibliography: file.bib\n#+bibliography: "b.bib"', '', 'file.bib b.bib'],
    ['#+cite_export: csl x.csl\n#+print_bibliography:', ''],
    ['bibliography:a.bib,b.bib', '', 'a.bib b.bib'],
    ['nobibliography:a.bib', '', 'a.bib'],
    ['[[bibliography:a.bib]]', '', 'a.bib'],
    ['bibliographystyle:plain bibstyle:plain', ''],
    ['nobibliography*:a.bib', '', 'a.bib'],
    ['\\addbibresource{x.bib}', '', 'x.bib'],
    ['addbibresource:x.bib', '', 'x.bib'],
    ['#+latex_header: \\addbibresource{x.bib}', '', 'x.bib'],
    ['# [cite:@doe]\n=[cite:@doe]= ~cite:doe~ jane@example.org @doe [[doe]] [fn:doe] <<doe>>', ''],
    ['#+begin_src org\n[cite:@doe]\n#+end_src\n#+begin_example\ncite:doe\n#+end_example', ''],
  ]);

  it('#+SETUPFILE', () => {
    assert.deepEqual(
      org.scan('#+SETUPFILE: setup.org').includes.map(({ target }) => target),
      ['setup.org'],
    );
  });

  const variables =
    'org-cite-global-bibliography bibtex-completion-bibliography citar-bibliography reftex-default-bibliography';
  for (const variable of words(variables)) {
    it(`.dir-locals.el: ${variable}`, () => {
      assert.deepEqual(declaredIn('.dir-locals.el', `((org-mode . ((${variable} . ("a.bib" "b.bib")))))`), [
        'a.bib',
        'b.bib',
      ]);
    });
  }
});

describe('notations of notebooks', () => {
  checkNotations(markdown, [
    ['@doe [@doe, p. 3] [-@roe]', 'doe doe roe'],
    ['{cite:p}`a,b`', 'a b'],
    ['\\cite{doe}', 'doe'],
    ['<cite data-cite="doe">(Granger, 2013)</cite>', 'doe'],
    ['<strong data-cite="doe">Granger</strong>', 'doe'],
    ['<cite data-cite="a,b">(Granger, 2013)</cite>', 'a b'],
    ["<cite data-cite='doe'/> <a href='x' data-cite='roe'>x</a>", 'doe roe'],
    // cite2c and the citation manager of JupyterLab keep their works in the metadata of the notebook.
    ['<cite data-cite="1234567/ABCDEF"/>', '1234567/ABCDEF'],
    ['<cite id="cite-1">(Granger, 2013)</cite>', ''],
    ['---\nbibliography: refs.bib\n---', '', 'refs.bib'],
    ['`<cite data-cite="doe">`\n\n```python\n@doe\n```\n\n$@doe$ <!-- @doe -->', ''],
  ]);

  it('projects', () => {
    assert.deepEqual(declaredIn('myst.yml', 'project:\n  bibliography: [a.bib]\n'), ['a.bib']);
    assert.deepEqual(declaredIn('_quarto.yml', 'bibliography: a.bib\n'), ['a.bib']);
    assert.deepEqual(declaredIn('_config.yml', 'bibtex_bibfiles: [a.bib]\n'), ['a.bib']);
  });
});

describe('notations of scripts with cells', () => {
  checkNotations(percentScript, [
    ['# %% [markdown]\n# As [@doe] and {cite}`roe` say.\n# %%\nx@y\n', 'doe roe'],
    ['# %% [raw]\n# ---\n# bibliography: refs.bib\n# ---\n', '', 'refs.bib'],
    ['# As @doe says.\nx = a@b\n', ''],
  ]);
});
