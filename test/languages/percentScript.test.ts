import assert from 'node:assert/strict';
import { percentScript } from '../../src/languages/percentScript.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { parseCursor } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] =>
  percentScript.scan(text).groups.flatMap(group =>
    group.citations.map(({ key, span }) => {
      assert.equal(text.slice(span.start, span.end), key);
      return key;
    }),
  );

describe('percent scripts', () => {
  const forms: [text: string, keys: string[]][] = [
    ['# %% [markdown]\n# See @doe.\n# %%\nprint("@roe") # @poe\n', ['doe']],
    ['#%% [markdown]\n#See [@doe;\n#@roe]\n', ['doe', 'roe']],
    ['# %% Title [md]\r\n# @doe\r\n#\r\n# @roe\r\n', ['doe', 'roe']],
    ['# %% [markdown]\n"""\n@doe\n"""\n@property\n', ['doe']],
    ["# %% [markdown]\nr'''\n@doe\n'''\n# %%\n'''\n@roe\n'''\n", ['doe']],
    ['# %% [markdown]\n# ```\n# @doe\n# ```\n#\n#     @roe\n# @poe\n', ['poe']],
    ['@doe\n# %% [markdown]\n# # Title @roe\n', ['roe']],
    ['# %%\n# @doe\n', []],
    ['# @doe\nx = 1\n', []],
    ['', []],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('declare bibliographies in a raw cell', () => {
    const text = '# %% [raw]\n# ---\n# title: x\n# bibliography: refs.bib\n# ---\n\n# %%\n';
    const [declaration, ...others] = percentScript.scan(text).declarations;
    assert.equal(declaration?.target, 'refs.bib');
    assert.equal(text.slice(declaration.span.start, declaration.span.end), 'refs.bib');
    assert.deepEqual(others, []);
    assert.equal(percentScript.scan(text.replaceAll('\n', '\r\n')).declarations[0]?.target, 'refs.bib');
  });

  it('complete in the text of a cell only', () => {
    const site = (source: string): string | undefined => {
      const { text, offset } = parseCursor(source);
      return percentScript.citationSite(text, percentScript.scan(text), offset)?.query;
    };
    assert.equal(site('# %% [markdown]\n# See [@gil|]\n'), 'gil');
    assert.equal(site('# %% [markdown]\n# @gil|\n# more\n'), 'gil');
    assert.equal(site('# %% [markdown]\n# See\n# %%\n@gil|\n'), undefined);
  });

  it('keep the laws', () => {
    const fragments = '# %% %%\n [markdown] [raw] """ @doe [@a ] ` --- bibliography:'.split(' ');
    checkLaws(percentScript, [...fragments, ' ', '\n', '\n# ', '\r\n# ', '# %% [markdown]\n', '\n# %%\n']);
  });

  it('come to an end whatever they hold', () => {
    const count = 100_000;
    assert.equal(percentScript.scan(`# %% [markdown]\n${'# @doe\n'.repeat(count)}`).groups.length, count);
    assert.equal(percentScript.scan('# %% '.repeat(count)).groups.length, 0);
  });

  const declared: [what: string, text: string, after: string][] = [
    [
      'a cell of its own in front of the others',
      '#!/usr/bin/env python3\n# %% [markdown]\n# See @doe\n',
      '#!/usr/bin/env python3\n# %% [raw]\n# ---\n# bibliography: "a: b.bib"\n# ---\n\n# %% [markdown]\n# See @doe\n',
    ],
    [
      'the metadata that are there',
      'import os\n# %% [raw]\n# ---\n# title: T\n# ---\n# %% [markdown]\n# See @doe\n',
      'import os\n# %% [raw]\n# ---\n# title: T\n# bibliography: "a: b.bib"\n# ---\n# %% [markdown]\n# See @doe\n',
    ],
    [
      'the bibliography that is there',
      '# %% [raw]\n# ---\n# bibliography: x.bib\n# ---\n',
      '# %% [raw]\n# ---\n# bibliography: [x.bib, "a: b.bib"]\n# ---\n',
    ],
    [
      'the list that is there',
      '# %% [raw]\n# ---\n# bibliography:\n#   - x.bib\n# ---\n',
      '# %% [raw]\n# ---\n# bibliography:\n#   - x.bib\n#   - "a: b.bib"\n# ---\n',
    ],
  ];
  for (const [what, text, after] of declared) {
    it(`name a bibliography in ${what}`, () => {
      const declare = (script: string, path: string): string =>
        applyEdits(script, percentScript.processor.declare(script, percentScript.scan(script), path));
      assert.equal(declare(text, 'a: b.bib'), after);
      const paths = percentScript.scan(after).declarations.map(({ target }) => target);
      assert.deepEqual(paths.at(-1), 'a: b.bib');
    });
  }
});
