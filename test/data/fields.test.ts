import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { canonicalFieldName, fieldNamed, fields } from '../../src/data/fields.ts';
import { babelName, languageTag } from '../../src/data/languages.ts';
import { monthNumber } from '../../src/data/months.ts';
import {
  canonicalType,
  risTypesOnlyRead,
  rowOfCslType,
  rowOfRisType,
  rowOfType,
  typeRows,
} from '../../src/data/types.ts';

const schemaFile = '../shared/data/conversion/csl-data.schema.json';

describe('data/fields', () => {
  it('names every field once', () => {
    assert.equal(new Set(fields.map(field => field.name)).size, fields.length);
  });

  it('gives every CSL variable to one field only', () => {
    const variables = fields.flatMap(field => field.csl ?? []);
    assert.equal(new Set(variables).size, variables.length);
  });

  it('knows only variables and types of CSL 1.0.2', function () {
    if (!existsSync(schemaFile)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as {
      items: { properties: Record<string, { enum?: string[] }> };
    };
    const known = new Set(Object.keys(schema.items.properties));
    assert.deepEqual(
      fields.flatMap(field => field.csl ?? []).filter(name => !known.has(name)),
      [],
    );
    const types = schema.items.properties['type']?.enum ?? [];
    assert.deepEqual(
      types.filter(type => rowOfCslType(type) === undefined),
      [],
    );
    assert.deepEqual(
      typeRows.map(row => row.csl).filter(type => !types.includes(type)),
      [],
    );
  });

  const names: [written: string, name: string][] = [
    ['journal', 'journaltitle'],
    ['ADDRESS', 'location'],
    ['school', 'institution'],
    ['annote', 'annotation'],
    ['archivePrefix', 'eprinttype'],
    ['Title', 'title'],
    ['x-mine', 'x-mine'],
    ['constructor', 'constructor'],
  ];
  for (const [written, name] of names) {
    it(`${written} is ${name}`, () => {
      assert.equal(canonicalFieldName(written), name);
    });
  }

  it('tells kinds', () => {
    assert.equal(fieldNamed('author')?.kind, 'names');
    assert.equal(fieldNamed('hasOwnProperty'), undefined);
    assert.equal(fieldNamed('director')?.biblatex, false);
  });
});

describe('data/types', () => {
  it('leads every RIS type to a type and back to a RIS type', () => {
    const all = [...typeRows.map(row => row.ris), ...Object.keys(risTypesOnlyRead)];
    assert.deepEqual(
      all.filter(type => rowOfRisType(type) === undefined),
      [],
    );
  });

  const rows: [csl: string, biblatex: string, subtype?: string][] = [
    ['article-journal', 'article'],
    ['article-magazine', 'article', 'magazine'],
    ['chapter', 'incollection'],
    ['paper-conference', 'inproceedings'],
    ['motion_picture', 'movie'],
    ['song', 'audio'],
    ['webpage', 'online'],
    ['document', 'misc'],
  ];
  for (const [csl, biblatex, subtype] of rows) {
    it(`${csl} is ${biblatex}`, () => {
      const row = rowOfCslType(csl);
      assert.deepEqual([row?.biblatex, row?.subtype], [biblatex, subtype]);
      assert.equal(rowOfType(biblatex, subtype)?.csl, csl);
    });
  }

  it('resolves aliases and what they imply', () => {
    assert.deepEqual(canonicalType('MastersThesis'), { type: 'thesis', typeField: 'mathesis' });
    assert.deepEqual(canonicalType('www'), { type: 'online' });
    assert.deepEqual(canonicalType('toString'), { type: 'tostring' });
  });
});

describe('data/languages', () => {
  const cases: [text: string, tag: string | undefined, babel: string | undefined][] = [
    ['ngerman', 'de', 'german'],
    ['american', 'en-US', 'american'],
    ['british', 'en-GB', 'british'],
    ['English', 'en', 'english'],
    ['eng', 'en', 'english'],
    ['ger', 'de', 'german'],
    ['en_US', 'en-US', 'american'],
    ['de-DE', 'de-DE', 'german'],
    ['klingon', undefined, undefined],
  ];
  for (const [text, tag, babel] of cases) {
    it(`${text} is ${String(tag)}`, () => {
      assert.equal(languageTag(text), tag);
      assert.equal(babelName(text), babel);
    });
  }
});

describe('data/months', () => {
  const cases: [word: string, month: number | undefined][] = [
    ['jan', 1],
    ['Sept', 9],
    ['MAY', 5],
    ['März', 3],
    ['Maj', undefined],
    ['décembre', 12],
    ['ma', undefined],
    ['Easter', undefined],
  ];
  for (const [word, month] of cases) {
    it(`${word} is ${String(month)}`, () => {
      assert.equal(monthNumber(word), month);
    });
  }
});
