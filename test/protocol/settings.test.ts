import assert from 'node:assert/strict';
import { readOptions } from '../../src/protocol/settings.ts';

describe('the settings as an editor sends them', () => {
  const insert = new Map([
    ['latex', '\\cite'],
    ['typst', '@key'],
    ['restructuredText', ':cite:p:'],
  ]);
  const defaults = {
    completion: new Map(),
    insert,
    bibliographies: [],
    citationStyle: 'apa',
    citationCommands: [],
    rootDocument: '',
    lossless: undefined,
  };

  it('has the defaults where nothing was sent', () => {
    for (const section of [undefined, null, {}, 'nonsense', []]) assert.deepEqual(readOptions(section), defaults);
  });

  it('reads nested and flat keys', () => {
    assert.equal(readOptions({ convert: { lossless: 'always' } }).lossless, true);
    assert.equal(readOptions({ 'convert.lossless': 'never' }).lossless, false);
    assert.deepEqual(readOptions({ latex: { citationCommands: ['see', 3] } }).citationCommands, ['see']);
    assert.equal(readOptions({ 'latex.rootDocument': ' ch/main.tex ' }).rootDocument, 'ch/main.tex');
    assert.equal(readOptions({ latex: { rootDocument: 7 } }).rootDocument, '');
  });

  it('knows how each language inserts citations', () => {
    const options = readOptions({ insert: { latex: '\\autocite', markdown: '@key', org: 'nonsense', typst: 7 } });
    assert.deepEqual(
      [...options.insert],
      [
        ['latex', '\\autocite'],
        ['markdown', '@key'],
        ['myst', '@key'],
        ['percent-script', '@key'],
        ['typst', '@key'],
        ['restructuredText', ':cite:p:'],
      ],
    );
  });

  it('knows for each language whether references are offered', () => {
    const options = readOptions({ completion: { typst: 'on', markdown: 'off', latex: 'auto', org: 'nonsense' } });
    assert.deepEqual(
      [...options.completion],
      [
        ['markdown', 'off'],
        ['rmd', 'off'],
        ['pandoc', 'off'],
        ['raw', 'off'],
        ['typst', 'on'],
      ],
    );
  });

  it('takes the default for a value of a wrong type', () => {
    const options = readOptions({ bibliographies: 'refs.bib', citationStyle: 'chicago', convert: 7 });
    assert.deepEqual(options, defaults);
    assert.deepEqual(readOptions({ bibliographies: ['a.bib', 3, ' '] }).bibliographies, ['a.bib']);
  });
});
