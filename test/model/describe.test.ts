import assert from 'node:assert/strict';
import { makeCitationKey, uniqueKeys } from '../../src/model/citationKey.ts';
import {
  authorsOf,
  bareDoi,
  containerOf,
  doiOf,
  keywordsOf,
  shortAuthors,
  titleOf,
  yearOf,
} from '../../src/model/describe.ts';
import { groupByWork } from '../../src/model/duplicates.ts';
import type { Reference, Value } from '../../src/model/reference.ts';

const text = (value: string): Value => ({ kind: 'text', text: value });
const names = (...families: string[]): Value => ({
  kind: 'names',
  names: families.map(family => ({ family })),
  others: false,
});
const year = (number: number): Value => ({ kind: 'date', date: { start: { year: number } } });
const reference = (key: string, fields: Record<string, Value>, type = 'article'): Reference => ({
  key,
  type,
  fields: new Map(Object.entries(fields)),
  source: { format: 'biblatex', type, fields: [] },
});

describe('model/describe', () => {
  it('tells title, container, year and authors without markup', () => {
    const paper = reference('a', {
      title: text('The <i>Escherichia</i> of <span class="nocase">NATO</span>'),
      subtitle: text('1 < 2'),
      author: names('Gillard', 'Holley', 'Gibson'),
      date: year(2015),
      journaltitle: text('Mind'),
      keywords: { kind: 'keywords', items: ['peer support', 'x'] },
      doi: { kind: 'verbatim', text: 'https://doi.org/10.1007/S1' },
    });
    assert.equal(titleOf(paper), 'The Escherichia of NATO: 1 < 2');
    assert.equal(shortAuthors(paper), 'Gillard et al.');
    assert.equal(authorsOf(paper).length, 3);
    assert.equal(yearOf(paper), '2015');
    assert.equal(containerOf(paper), 'Mind');
    assert.deepEqual(keywordsOf(paper), ['peer support', 'x']);
    assert.equal(doiOf(paper), '10.1007/S1');
  });

  it('falls back on the editor, on two names, on a date that is no year', () => {
    assert.equal(shortAuthors(reference('a', { editor: names('A', 'B') })), 'A & B');
    assert.equal(shortAuthors(reference('a', {})), undefined);
    assert.equal(yearOf(reference('a', { date: { kind: 'date', date: { literal: 'in press' } } })), 'in press');
  });

  it('takes addresses and prefixes off a DOI', () => {
    for (const form of ['10.1/a', 'doi:10.1/a', 'DOI: 10.1/a', 'https://doi.org/10.1/a', 'http://dx.doi.org/10.1/a']) {
      assert.equal(bareDoi(form), '10.1/a');
    }
  });
});

describe('model/citationKey', () => {
  it('is author, year and the first telling word in ASCII', () => {
    const paper = reference('', {
      author: names('Müller-Straße'),
      date: year(2020),
      title: text('The Æsthetics of Ø'),
    });
    assert.equal(makeCitationKey(paper), 'mullerstrasse2020aesthetics');
    assert.equal(makeCitationKey(reference('', {})), 'reference');
  });

  it('gets a letter where it is taken, never one that another has', () => {
    assert.deepEqual(uniqueKeys(['x', 'x', 'xa', 'x', 'y']), ['x', 'xb', 'xa', 'xc', 'y']);
    assert.equal(uniqueKeys(Array.from({ length: 30 }, () => 'k')).at(-1), 'kac');
    assert.equal(new Set(uniqueKeys(Array.from({ length: 5000 }, () => 'k'))).size, 5000);
  });
});

describe('model/duplicates', () => {
  const doi = (value: string): Value => ({ kind: 'verbatim', text: value });

  it('groups by DOI in any form, else by title, year and first author', () => {
    const groups = groupByWork([
      reference('a', { doi: doi('10.1/X'), title: text('One') }),
      reference('b', { doi: doi('https://doi.org/10.1/x'), title: text('Another title') }),
      reference('c', { title: text('Same: title'), date: year(2000), author: names('Doe') }),
      reference('d', { title: text('same title'), date: year(2000), author: names('Doe') }),
      reference('e', { title: text('same title'), date: year(2001), author: names('Doe') }),
    ]);
    assert.deepEqual(
      groups.map(group => group.map(one => one.key)),
      [['a', 'b'], ['c', 'd'], ['e']],
    );
  });

  it('keeps works with different DOIs apart whatever their titles', () => {
    const groups = groupByWork([
      reference('a', { doi: doi('10.1/x'), title: text('Editorial') }),
      reference('b', { doi: doi('10.1/y'), title: text('Editorial') }),
    ]);
    assert.equal(groups.length, 2);
  });
});
