import assert from 'node:assert/strict';
import fc from 'fast-check';
import { languages } from '../../src/languages/index.ts';
import { applyEdits } from '../../src/text/edit.ts';

/** What documents of each language begin with, consist of, and end with. */
const parts: Readonly<
  Record<string, { readonly heads: string[]; readonly bodies: string[]; readonly tails: string[] }>
> = {
  latex: {
    heads: [
      '',
      '% \\begin{document}\n',
      '\\documentclass{article}\n\\begin{document}\n',
      '\\usepackage{biblatex}\n\\begin{document}\n',
    ],
    bodies: [
      'Text \\cite{doe} 5\\,\\%.\n',
      '\\section{T}\n',
      '% \\end{document}\n',
      '\\bibliographystyle{alpha}\n',
      '\\bibliography{own}\n',
    ],
    tails: ['', '\\end{document}', '\\end{document}\n'],
  },
  '.dtx': {
    heads: [
      '',
      '% \\iffalse\n%<*driver>\n\\documentclass{ltxdoc}\n\\begin{document}\n\\DocInput{a.dtx}\n\\end{document}\n%</driver>\n% \\fi\n',
    ],
    bodies: [
      '% Text \\cite{doe}.\n',
      '% \\section{T}\n',
      '% \\begin{macrocode}\n\\cite{x}\n% \\end{macrocode}\n',
      '% \\bibliographystyle{alpha}\n',
    ],
    tails: ['', '% \\Finale\n\\endinput\n'],
  },
  markdown: {
    heads: [
      '',
      '\uFEFF',
      '---\ntitle: T\n---\n',
      '---\nbibliography: own.bib\n---\n',
      '---\nbibliography: [own.bib, "b c.bib"]\nlang: de\n...\n',
      '---\nbibliography:\n- own.bib\n---\n',
      '---\nbibliography:\n  - "own.bib"\ntitle: T\n---\n',
    ],
    bodies: ['Text [@doe].\n', '# T\n', '\n', '```\n---\n```\n', '- a\n- b\n'],
    tails: ['', 'end'],
  },
  myst: {
    heads: ['', '---\ntitle: T\n---\n', '---\nbibliography: own.bib\n---\n'],
    bodies: ['Text {cite:p}`doe`.\n', '# T\n', '\n', '```{note}\nText\n```\n'],
    tails: ['', 'end'],
  },
  typst: {
    heads: ['', '#set page()\n', '#import "a.typ": *\n'],
    bodies: ['Text @doe.\n', '= T\n', '```\n#\n```\n', '// no\n', '#bibliography("own.bib")\n'],
    tails: ['', 'end'],
  },
  org: {
    heads: ['', '#+title: T\n', '#+title: T\n#+bibliography: own.bib\n'],
    bodies: ['Text [cite:@doe].\n', '* T\n', '#+begin_src\n#+x\n#+end_src\n', '#+print_bibliography:\n'],
    tails: ['', 'end'],
  },
  asciidoc: {
    heads: ['', '= T\n', '= T\n:toc:\n\n', ':toc:\n\n', '= T\nA. Uthor\n\n', '// no\n= T\n'],
    bodies: ['Text cite:[doe].\n', '== T\n', '\n', '----\n:x: y\n----\n', 'bibliography::[]\n'],
    tails: ['', 'end'],
  },
  'percent-script': {
    heads: [
      '# %% [markdown]\n',
      '#!/bin/x\n# %% [raw]\n# ---\n# title: T\n# ---\n# %% [markdown]\n',
      '# %% [raw]\n# ---\n# bibliography: own.bib\n# ---\n# %%\n',
    ],
    bodies: ['# Text @doe.\n', '# %% [markdown]\n', '# %%\nx = 1\n'],
    tails: ['', 'x = 2'],
  },
};

const paths = ['refs.bib', '../lib/my-refs.bib', 'ä/b.bib'];

describe('Documents that are made to name a bibliography', () => {
  for (const language of languages) {
    const { id, extensions, processor } = language;
    const own = parts[extensions[0] ?? ''] ?? parts[id];
    if (own === undefined) continue;
    it(`name it then, and what they named before, in ${extensions[0] ?? id}`, () => {
      const text = fc
        .tuple(
          fc.constantFrom(...own.heads),
          fc.array(fc.constantFrom(...own.bodies), { maxLength: 6 }),
          fc.constantFrom(...own.tails),
          fc.constantFrom('\n', '\r\n'),
        )
        .map(([head, body, tail, end]) => (head + body.join('') + tail).replaceAll('\n', end));
      fc.assert(
        fc.property(text, fc.constantFrom(...paths), (before, path) => {
          const named = (source: string): string[] => language.scan(source).declarations.map(({ target }) => target);
          const after = applyEdits(before, processor.declare(before, language.scan(before), path));
          const stem = id === 'latex' && !before.includes('biblatex') ? path.replace(/\.bib$/, '') : path;
          assert.deepEqual(named(after).sort(), [...named(before), stem].sort(), after);
          assert.deepEqual(
            language.scan(after).groups.map(group => group.command),
            language.scan(before).groups.map(group => group.command),
          );
        }),
        { seed: 11, numRuns: 1000 },
      );
    });
  }
});
