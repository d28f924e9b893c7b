import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { texTable } from '../../scripts/generateTexTable.ts';
import { TEX_NAMES } from '../../src/data/texSymbols.ts';
import { decodeTex, encodeTex } from '../../src/syntax/tex.ts';

describe('data/texSymbols', () => {
  it('is what scripts/generateTexTable.ts writes', () => {
    const stored = readFileSync(new URL('../../src/data/texSymbols.ts', import.meta.url), 'utf8');
    assert.ok(texTable() === stored, 'run npx tsx scripts/generateTexTable.ts');
  });

  it('names characters by commands that read as the same', () => {
    const characters = TEX_NAMES.split(' ').filter((_, at) => at % 2 === 0);
    const others = characters.filter(char => decodeTex(encodeTex(char, { ascii: true })) !== char);
    assert.deepEqual(others, []);
    assert.ok(characters.length > 1500);
  });
});
