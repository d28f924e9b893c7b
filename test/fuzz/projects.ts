import assert from 'node:assert/strict';
import { completions } from '../../src/features/completion.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { foldings } from '../../src/features/folding.ts';
import { hover } from '../../src/features/hover.ts';
import { languages } from '../../src/languages/index.ts';
import type { ProjectFile } from '../../src/languages/language.ts';
import { checkSpans, finishIndexing, FOLDER, libraryWith, scope, type Step, type Subject } from './exercise.ts';
import type { Random } from './random.ts';

const YAML = `project:
  type: book
  output-dir: _book
  render: ["*.qmd", "!drafts/"]
format:
  pdf: {cite-method: biblatex, documentclass: scrbook}
metadata-files: [_shared.yml]
bibliography: [refs.bib, "more/refs two.bib", https://x.org/r.bib]
csl: apa.csl
nocite: |
  @*
crossref: {custom: [{kind: float, key: vid, reference-prefix: Video}]}
plugins:
  - search
  - bibtex: {bib_file: "refs.bib", bib_dir: docs/refs}
  - table-reader
scholar: {source: ./_bibliography, bibliography: references.bib, style: apa}
sphinx: {config: {bibtex_bibfiles: [a.bib, b.bib]}, extra_extensions: [sphinxcontrib.bibtex]}
bibtex_bibfiles: [refs.bib]
execute: {execute_notebooks: off}
rmd_files: ["index.Rmd", 'a.Rmd']
bookdown::gitbook:
  pandoc_args: ["--citeproc", '--bibliography=refs.bib', -M, bibliography=x.bib]
`;

const MAKE = `BIB = refs.bib
paper.pdf: paper.md $(BIB)
\tpandoc --citeproc --bibliography=$(BIB) --bibliography "my refs.bib" -M bibliography=c.bib \\
\t  --metadata-file=meta.yml -d defaults -o $@ $< # not --bibliography=no.bib
`;

/** Files that speak for the documents of a project, by name. */
export const PROJECT_TEXTS: Readonly<Record<string, string>> = {
  ...{ '_quarto.yml': YAML, '_metadata.yml': YAML, '_bookdown.yml': YAML, '_output.yml': YAML, 'mkdocs.yml': YAML },
  ...{ 'myst.yml': YAML, '_config.yml': YAML, '_toc.yml': `format: jb-book\nroot: intro\n${YAML}` },
  ...{ Makefile: MAKE, justfile: MAKE },
  'conf.py': `extensions = ["sphinxcontrib.bibtex", 'myst_parser']
root_doc = "index"
here = "refs/"
bibtex_bibfiles: list[str] = ['refs.bib', "a" + ".bib", f'{here}x.bib', r"b.bib"]  # 'no.bib'
bibtex_bibfiles.append("c.bib")
bibtex_bibfiles += glob("*.bib")
bibtex_bibfiles.extend(["""d.bib""", 'e\\x2ebib'])
`,
  '.latexmkrc': `# root
@default_files = ('main.tex', "other.tex"); $out_dir = 'build';
$ENV{'BIBINPUTS'} = './refs//:' . $ENV{'BIBINPUTS'};
ensure_path('TEXINPUTS', "./styles//", './more');
`,
  'Tectonic.toml': `[doc]
name = "paper"
[[output]]
name = 'default'
type = "pdf"
preamble = "_pre.tex"
index = "index.tex"
inputs = ["a.tex", 'b.tex', { inline = "x" }]
extra_paths = ["refs", "../shared"]
`,
  '.dir-locals.el': `;;; Directory variables
((org-mode . ((org-cite-global-bibliography . ("refs.bib" "~/b.bib")) (reftex-default-bibliography . '("c.bib"))))
 (latex-mode . ((TeX-master . "main.tex") (eval . (setq x "\\"y")))) (nil . ((fill-column . 80))))
`,
  'typst.toml':
    '[package]\nname = "x"\nversion = "0.1.0"\nentrypoint = "src/lib.typ"\n[template]\nentrypoint="main.typ"\n',
  '.asciidoctorconfig':
    '// attributes\n:bibtex-file: refs.bib\n:docs: {asciidoctorconfigdir}/docs\n:bibtex-style: {docs}/apa\n',
  'antora.yml': 'name: x\nasciidoc:\n  attributes:\n    bibtex-file: "refs.bib"\n    bibtex-style@: apa\n',
};

const DOCUMENTS = [
  { name: 'a.tex', text: '\\cite{doe}' },
  { name: 'a.md', text: '[@doe]' },
  { name: 'a.rst', text: ':cite:`doe`' },
  { name: 'a.org', text: '[cite:@doe]' },
  { name: 'a.typ', text: '@doe' },
  { name: 'a.adoc', text: 'cite:[doe]' },
];

/** A file of a project: read alone, and beside a document of each language that asks what it says. */
export function* projectSteps(subject: Subject, file: ProjectFile, random: Random): Generator<Step> {
  const readers = [file, ...languages.flatMap(one => one.projectFiles).filter(one => one.name === file.name)];
  for (const one of new Set(readers)) {
    yield {
      name: `${file.name}: laws`,
      run: () => {
        assertProjectLaws(one, subject.text);
      },
    };
  }
  const document = random.pick(DOCUMENTS);
  const start = random.below(subject.text.length + 1);
  yield {
    name: `${file.name}: beside a document`,
    run: () => {
      const library = libraryWith([
        subject,
        document,
        { name: 'refs.bib', text: '@book{doe, title = {T}}' },
        { name: 'docs/refs/refs.bib', text: '@book{roe, title = {T}}' },
      ]);
      finishIndexing(library);
      const uri = `${FOLDER}/${subject.name}`;
      useDocument(`${FOLDER}/${document.name}`);
      library.openDocument(uri, '', subject.text);
      library.editDocument(uri, [{ span: { start, end: start }, newText: ' ' }]);
      useDocument(`${FOLDER}/${document.name}`);
      useDocument(uri);

      function useDocument(one: string): void {
        const shown = library.text(one) ?? '';
        checkSpans(
          diagnostics(library, one, { scope }).map(problem => problem.span),
          shown,
        );
        checkSpans(foldings(library, one), shown);
        for (const offset of [0, start, shown.length >> 1, shown.length - 2]) {
          hover(library, one, offset, { scope });
          completions(library, one, offset, { scope });
        }
      }
    },
  };
}

/** What must hold for the reading of any text as any file of a project. */
export function assertProjectLaws(file: ProjectFile, text: string): void {
  const { declarations, includes, roots = [] } = file.scan(text);
  for (const { span, target } of [...declarations, ...includes, ...roots]) {
    assert.ok(target !== '', 'what is named has a name');
    checkSpans([span], text);
  }
}
