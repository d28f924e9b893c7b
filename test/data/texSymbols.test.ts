import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { texTable } from '../../scripts/generateTexTable.ts';
import { TEX_SYMBOLS } from '../../src/data/texSymbols.ts';

describe('the table of TeX symbols', () => {
  it('is what its script writes', () => {
    assert.equal(readFileSync(join(import.meta.dirname, '../../src/data/texSymbols.ts'), 'utf8'), texTable());
  });

  it('has composed characters only, as other programs write and search them', () => {
    assert.equal(TEX_SYMBOLS, TEX_SYMBOLS.normalize('NFC'));
    assert.match(TEX_SYMBOLS, / aa \u00e5 /);
  });
});
