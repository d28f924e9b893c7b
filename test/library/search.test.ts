import assert from 'node:assert/strict';
import fc from 'fast-check';
import { search } from '../../src/library/search.ts';
import { SearchIndex } from '../../src/library/searchIndex.ts';
import { SearchedParts } from '../../src/library/searchedParts.ts';
import type { SearchSource } from '../../src/library/searchWords.ts';
import type { SearchedEntry } from '../support/searchedEntry.ts';

interface Shelf {
  readonly entries: SearchedEntry[];
  readonly search: SearchIndex;
  key(entry: number): string;
  searched: SearchSource['searched'];
}

function shelf(entries: SearchedEntry[]): Shelf {
  const parts = new SearchedParts();
  return {
    entries,
    search: new SearchIndex(entries.length),
    key: entry => entries[entry]?.key ?? '',
    searched(entry, visit) {
      const known = entries[entry];
      if (known !== undefined) parts.show(known, visit);
    },
  };
}

function indexed(entries: SearchedEntry[]): Shelf {
  const made = shelf(entries);
  for (const step of made.search.indexing(made)) assert.equal(step, undefined);
  return made;
}

/** `key | names; names | year | title` */
function entry(line: string): SearchedEntry {
  const [key = '', names = '', year = '', title = ''] = line.split('|').map(part => part.trim());
  return { key, names: names === '' ? [] : names.split(';').map(name => name.trim()), year, title };
}

const keys = (shelves: readonly Shelf[], query: string, limit = 100): string[] =>
  search(shelves, query, limit).map(hit => hit.source.key(hit.entry));

const works = `
  058491227277460bac0d80a2d33f51ea | Gillard, Steve; Holley, Jess | 2015 | Introducing new peer worker roles into mental health services in England
  gillard2014 | Gillard, Steve; Edwards, Christine | 2014 | Peer worker roles and risk in mental health services
  peer:2019 | Peer, Shanny | 1998 | France on Display
  muller2013 | Müller, Alexander | 2013 | Tunneling Dynamics of Excitons
  knuth1984 | Donald E. Knuth | 1984 | The TeXbook
  knuth:art3 | Donald E. Knuth | 1998 | Sorting and Searching
  lamport94 | Leslie Lamport | 1994 | LaTeX: A Document Preparation System
  companion | Michel Goossens; Frank Mittelbach; Alexander Samarin | 1994 | The LaTeX Companion
  dijkstra68 | Edsger W. Dijkstra | 1968 | Go To Statement Considered Harmful
  cormen | Thomas H. Cormen; Charles E. Leiserson | 2009 | Introduction to Algorithms
  goldberg | David E. Goldberg | 1989 | Genetic Algorithms in Search, Optimization and Machine Learning
  andrade | Carlos de Andrade | 2006 | Um algoritmo exato
  obrien | Tim O'Brien | 1990 | The Things They Carried
  zhu | 朱熹 | 1190 | 人工智能的发展
  tolstoy | Толстой, Лев | 1869 | Война и мир
  doe:2020/a+b | Jane Doe | 2020 | Plain
  doe:2021 | Jane Doe | 2021 | Plain
  anon |  |  | Untitled
`
  .trim()
  .split('\n')
  .map(entry);

describe('search', () => {
  const first: readonly (readonly [query: string, key: string])[] = [
    ['058', '058491227277460bac0d80a2d33f51ea'],
    ['gillard peer 2015', '058491227277460bac0d80a2d33f51ea'],
    ['2015 peer gillard', '058491227277460bac0d80a2d33f51ea'],
    ['peer worker new', '058491227277460bac0d80a2d33f51ea'],
    ['gill', 'gillard2014'],
    ['peer', 'peer:2019'],
    ['peer worker', 'gillard2014'],
    ['muller', 'muller2013'],
    ['MÜLLER', 'muller2013'],
    ['tunn', 'muller2013'],
    ['knuth art', 'knuth:art3'],
    ['knuth:', 'knuth:art3'],
    ['knuth 1984', 'knuth1984'],
    ['lamport latex', 'lamport94'],
    ['latex companion', 'companion'],
    ['goossens', 'companion'],
    ['samarin', 'companion'],
    ['mittelbach 1994', 'companion'],
    ['dikjstra', 'dijkstra68'],
    ['dijsktra harmful', 'dijkstra68'],
    ['xijkstra', 'dijkstra68'],
    ['gilard 2015', '058491227277460bac0d80a2d33f51ea'],
    ['gilllard 2015', '058491227277460bac0d80a2d33f51ea'],
    ['algorithms', 'cormen'],
    ['leiserson alg', 'cormen'],
    ['genetic', 'goldberg'],
    ['goldberg genetic 1989', 'goldberg'],
    ["o'brien", 'obrien'],
    ['brien', 'obrien'],
    ['brien things', 'obrien'],
    ['智能', 'zhu'],
    ['толст', 'tolstoy'],
    ['толстой война', 'tolstoy'],
    ['doe:2020/a', 'doe:2020/a+b'],
    ['doe', 'doe:2021'],
    ['jane-doe 2020', 'doe:2020/a+b'],
    ['considered 68', 'dijkstra68'],
    ['ijkstra', 'dijkstra68'],
    ['untitled', 'anon'],
    ['{The} {T}e{X}book', 'knuth1984'],
    ['optimizaton', 'goldberg'],
    ['sorting serching', 'knuth:art3'],
    ['lamprot', 'lamport94'],
    ['tunnelling dynamics', 'muller2013'],
    ['mahcine learning', 'goldberg'],
    ['lieserson', 'cormen'],
  ];
  const library = indexed(works);
  for (const [query, key] of first) {
    it(`finds ${key} first by ${query}`, () => {
      assert.equal(keys([library], query)[0], key);
    });
  }

  it('finds a word that only resembles one after all that begin with it', () => {
    assert.deepEqual(keys([library], 'algoritm'), ['andrade', 'cormen', 'goldberg']);
  });

  it('wants every word to match', () => {
    assert.deepEqual(keys([library], 'knuth harmful'), []);
    assert.deepEqual(keys([library], 'qqqqqq'), []);
  });

  it('finds two digits wherever they stand in a word', () => {
    const numbers = indexed([
      entry('smith1999a | Smith | | One'),
      entry('smith99 | Smith | | Two'),
      entry('smith | Smith | | 第99回'),
      entry('smith9 | Smith | | 919'),
    ]);
    assert.deepEqual(keys([numbers], 'smith 99').sort(), ['smith', 'smith1999a', 'smith99']);
  });

  it('law: several words find what each of them finds', () => {
    const word = fc.constantFrom(
      ...works.flatMap(({ key, names, title, year }) => [key, ...names, ...title.split(' '), year]),
    );
    const typed = fc
      .tuple(word, fc.nat({ max: 12 }), fc.nat({ max: 12 }))
      .map(([text, from, length]) => text.slice(from, from + length + 1).replaceAll(' ', ''))
      .filter(text => /[\p{L}\d]/u.test(text));
    fc.assert(
      fc.property(fc.array(typed, { minLength: 2, maxLength: 3 }), words => {
        const found = words.map(one => new Set(keys([library], one)));
        const both = works.map(({ key }) => key).filter(key => found.every(one => one.has(key)));
        assert.deepEqual(keys([library], words.join(' ')).sort(), both.sort());
      }),
    );
  });

  it('forgives no typing error in short words', () => {
    assert.deepEqual(keys([library], 'dxe'), []);
  });

  it('gives all entries for an empty query, the newest first', () => {
    assert.equal(keys([library], '').length, works.length);
    assert.equal(keys([library], ' ')[0], 'doe:2021');
  });

  it('puts the newer one first, then the shorter key, then the order of the files', () => {
    const one = indexed([entry('b1 | Roe | 2000 | A'), entry('c1 | Roe | 2001 | A')]);
    const two = indexed([entry('b22 | Roe | 2000 | A'), entry('b1 | Roe | 2000 | A')]);
    assert.deepEqual(
      search([one, two], 'roe', 9).map(hit => [hit.source === one ? 1 : 2, hit.source.key(hit.entry)]),
      [
        [1, 'c1'],
        [1, 'b1'],
        [2, 'b1'],
        [2, 'b22'],
      ],
    );
  });

  it('prefers the title of which more was typed', () => {
    const titles = indexed([
      entry('a | | 2020 | Peer workers in services of many kinds'),
      entry('b | | 2010 | Peer workers'),
    ]);
    assert.deepEqual(keys([titles], 'peer workers'), ['b', 'a']);
  });

  it('prefers the first author', () => {
    const authors = indexed([entry('a | Doe; Roe | 2020 | A'), entry('b | Roe; Doe | 2010 | B')]);
    assert.deepEqual(keys([authors], 'roe'), ['b', 'a']);
  });

  it('keeps to the limit with the best', () => {
    const many = indexed(
      Array.from({ length: 500 }, (_, index) => entry(`k${String(index)} | Doe | ${String(1000 + index)} | T`)),
    );
    assert.deepEqual(keys([many], 'doe', 3), ['k499', 'k498', 'k497']);
  });

  it('answers by key before anything is indexed, and by all words once it is', () => {
    const many = shelf(Array.from({ length: 1000 }, (_, index) => entry(`key${String(index)} | Doe | 2000 | Unicorn`)));
    assert.equal(many.search.complete, false);
    assert.deepEqual(keys([many], 'key77'), [
      'key77',
      ...Array.from({ length: 10 }, (_, index) => `key77${String(index)}`),
    ]);
    assert.deepEqual(keys([many], 'unicorn'), []);
    const steps = [...many.search.indexing(many)].length;
    assert.ok(steps >= 10, `only ${String(steps)} pauses`);
    assert.equal(many.search.complete, true);
    assert.equal(keys([many], 'unicorn').length, 100);
  });

  it('finds an edited entry at once', () => {
    const many = indexed(Array.from({ length: 300 }, (_, index) => entry(`key${String(index)} | Doe | 2000 | Horse`)));
    many.entries[150] = entry('changed | Roe | 2001 | Unicorn');
    many.search.edit(150, 1, 1);
    assert.deepEqual(keys([many], 'unicorn'), ['changed']);
    assert.equal(keys([many], 'key150').includes('key150'), false);
    assert.equal(keys([many], 'key151')[0], 'key151');
  });

  it('still answers while what is outdated waits to be indexed again', () => {
    const one = indexed([entry('a | Doe | 2000 | Horse')]);
    one.entries[0] = entry('a | Doe | 2000 | Unicorn');
    one.search.outdate();
    assert.deepEqual(keys([one], 'horse'), ['a']);
    assert.equal(one.search.complete, false);
    for (const step of one.search.indexing(one)) assert.equal(step, undefined);
    assert.deepEqual([keys([one], 'horse'), keys([one], 'unicorn')], [[], ['a']]);
  });

  const word = fc.constantFrom(
    'peer',
    'peerless',
    'worker',
    'wörk',
    'gillard',
    'gilard',
    'a',
    'roe',
    '2015',
    'x-ray',
    '人工',
  );
  const anyEntry = fc.record({
    key: fc.oneof(word, fc.string({ maxLength: 6 })),
    names: fc.array(word, { maxLength: 3 }),
    title: fc.array(word, { maxLength: 4 }).map(words => words.join(' ')),
    year: fc.constantFrom('', '1999', '2015', '2016'),
  });
  const anyEdit = fc.record({
    at: fc.nat(),
    removed: fc.nat({ max: 4 }),
    added: fc.array(anyEntry, { maxLength: 70 }),
    steps: fc.nat({ max: 4 }),
  });

  it('law: after any edits, in the middle of indexing too, it finds what an index made anew finds', () => {
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 200 }),
        fc.array(anyEdit, { maxLength: 30 }),
        fc.array(word, { maxLength: 3 }),
        (start, edits, query) => {
          const edited = shelf([...start]);
          let work = edited.search.indexing(edited);
          for (const { at, removed, added, steps } of edits) {
            const first = at % (edited.entries.length + 1);
            const gone = edited.entries.splice(first, removed, ...added).length;
            edited.search.edit(first, gone, added.length);
            for (let step = 0; step < steps; step++)
              if (work.next().done === true) work = edited.search.indexing(edited);
          }
          for (const step of work) assert.equal(step, undefined);
          for (const step of edited.search.indexing(edited)) assert.equal(step, undefined);
          const fresh = indexed([...edited.entries]);
          const places = (made: Shelf): number[] => search([made], query.join(' '), 50).map(hit => hit.entry);
          assert.deepEqual(places(edited), places(fresh));
          assert.equal(edited.search.complete, true);
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('law: every entry is found by its own words, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
        fc.string({ unit: 'binary', maxLength: 20 }),
        (name, title) => {
          const one = indexed([{ key: 'k', names: [name], title, year: '' }]);
          const query = `${name} ${title}`;
          if (/[\p{L}\p{N}]/u.test(query)) assert.deepEqual(keys([one], query), ['k']);
        },
      ),
      { seed: 2 },
    );
  });
});
