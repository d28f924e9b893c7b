import assert from 'node:assert/strict';
import { BIBLATEX_TYPES, GENERIC_FIELDS, biblatexType } from '../../src/data/biblatexTypes.ts';
import { BIBTEX_TYPES, bibtexType } from '../../src/data/bibtexTypes.ts';

describe('data/biblatexTypes', () => {
  it('has every type of the manual once', () => {
    const names = BIBLATEX_TYPES.map(type => type.name);
    assert.equal(new Set(names).size, names.length);
    // 30 regular types and custom[a-f], six aliases, fifteen without a driver.
    assert.equal(names.length, 30 + 6 + 6 + 15);
  });

  it('relates only to types that exist', () => {
    for (const type of BIBLATEX_TYPES) {
      for (const other of [type.aliasOf, type.formattedAs]) {
        if (other !== undefined) assert.ok(biblatexType(other), `${type.name} -> ${other}`);
      }
    }
  });

  it('lists no field twice for a type', () => {
    for (const type of [...BIBLATEX_TYPES, ...BIBTEX_TYPES]) {
      const fields = [...type.required.flat(), ...type.optional];
      assert.deepEqual(fields.length, new Set(fields).size, type.name);
    }
    assert.equal(new Set(GENERIC_FIELDS).size, GENERIC_FIELDS.length);
  });

  it('keeps alternatives and omissible fields apart', () => {
    assert.deepEqual(biblatexType('article')?.required, [['author'], ['title'], ['journaltitle'], ['date', 'year']]);
    assert.deepEqual(biblatexType('online')?.omissible, ['author', 'editor', 'date', 'year']);
    assert.deepEqual(biblatexType('online')?.required.at(-1), ['url', 'doi', 'eprint']);
    assert.deepEqual(biblatexType('thesis')?.omissible, []);
    assert.ok(biblatexType('phdthesis')?.optional.includes('type'));
    assert.equal(biblatexType('nosuch'), undefined);
  });
});

describe('data/bibtexTypes', () => {
  it('has the fourteen types of the standard styles', () => {
    assert.equal(new Set(BIBTEX_TYPES.map(type => type.name)).size, 14);
    assert.deepEqual(bibtexType('inbook')?.required, [
      ['author', 'editor'],
      ['title'],
      ['chapter', 'pages'],
      ['publisher'],
      ['year'],
    ]);
    assert.deepEqual(bibtexType('misc')?.required, []);
  });
});
