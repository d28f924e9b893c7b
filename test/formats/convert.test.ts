import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { convert, convertInSteps } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed, formatOfFile, recogniseFormat, writableFormats } from '../../src/formats/index.ts';
import { valueText } from '../../src/model/describe.ts';
import type { Reference } from '../../src/model/reference.ts';
import { parse } from '../../src/core.ts';

const names = writableFormats.map(format => format.name);

const readAll = (text: string, name: FormatName): Reference[] => {
  const format = formatNamed(name);
  assert.ok(format);
  const blocks = format.scan(text);
  return Array.from({ length: blocks.entryCount }, (_, entry) => format.read(text, blocks, entry));
};

const facts = (reference: Reference): Record<string, string> => ({
  key: reference.key,
  '@': reference.type,
  ...Object.fromEntries(
    [...reference.fields].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => [name, valueText(value)]),
  ),
});

/** One reference of each usual type, in plain words. */
const shared = `@article{gillard2015,
  author = {Gillard, Steve and van der Berg, Jan and {World Health Organization}},
  title = {Peer Workers & Services},
  journaltitle = {Administration and Policy},
  date = {2015-11},
  volume = {42},
  number = {6},
  pages = {682--694},
  doi = {10.1007/s10488-014-0603-z},
  url = {https://example.org/a_b?c=1&d=%20#e},
  issn = {0894-587X},
  abstract = {Two words.},
  keywords = {peer support, mental health},
  langid = {english},
}

@book{knuth1984,
  author = {Knuth, Donald E.},
  title = {The TeXbook},
  publisher = {Addison-Wesley},
  location = {Reading},
  date = {1984},
  edition = {2},
  isbn = {0-201-13447-0},
}

@incollection{smith2001,
  author = {Smith, Ann},
  editor = {Jones, Bob},
  title = {A Chapter},
  booktitle = {A Collection},
  date = {2001},
  pages = {1--20},
  publisher = {Press},
}

@inproceedings{lee2010,
  author = {Lee, Kim},
  title = {A Paper},
  booktitle = {Proceedings of Things},
  date = {2010-05-03},
  pages = {5--9},
}

@thesis{doe1999,
  author = {Doe, Jane},
  title = {A Thesis},
  type = {phdthesis},
  institution = {MIT},
  date = {1999},
}

@report{roe2005,
  author = {Roe, Richard},
  title = {A Report},
  number = {TR-5},
  institution = {Lab},
  date = {2005},
}

@online{site2020,
  author = {Poe, Edgar},
  title = {A Site},
  url = {https://example.org/},
  urldate = {2020-02-03},
  date = {2020},
}
`.replace('Workers & Services', 'Workers \\& Services');

describe('formats/convert: every pair of formats', () => {
  const original = readAll(shared, 'biblatex').map(facts);

  // MEDLINE has no place for an address or a thesis but the notes.
  const inNotes = (to: FormatName) => (to === 'pubmed' ? { lossless: true } : {});

  for (const from of names) {
    const source = convert(shared, { from: 'biblatex', to: from, ...inNotes(from) });
    for (const to of names) {
      it(`${from} to ${to} and back to BibLaTeX keeps every fact`, () => {
        const there = convert(source.text, { from, to, ...inNotes(to) });
        assert.equal(there.count, original.length);
        const isKeyword = (field: string): boolean => /^(?:kw?|ot|mh|%k|keywords?)$/iu.test(field);
        const losses = there.losses.filter(loss => !(to === 'hayagriva' && isKeyword(loss.field)));
        assert.deepEqual(losses, []);
        const back = convert(there.text, { from: to, to: 'biblatex' });
        // Hayagriva has no keywords.
        const lacksKeywords = from === 'hayagriva' || to === 'hayagriva';
        const expected = original.map(fact =>
          Object.fromEntries(Object.entries(fact).filter(([name]) => name !== 'keywords' || !lacksKeywords)),
        );
        assert.deepEqual(readAll(back.text, 'biblatex').map(facts), expected);
      });
    }
  }
});

describe('formats/convert', () => {
  it('says what it could not carry, for which key and where', () => {
    const bib = '@book{a, title = {A}}\n\n@book{b, title = {B}, langidopts = {x=y}, Owner = "me"}';
    const { losses } = convert(bib, { from: 'biblatex', to: 'csl-json', lossless: false });
    assert.deepEqual(losses, [
      { key: 'b', field: 'langidopts', value: '{x=y}', reason: 'no-slot', offset: 23 },
      { key: 'b', field: 'Owner', value: '"me"', reason: 'no-slot', offset: 23 },
    ]);
  });

  it('counts the values that travel beside the fields', () => {
    const bib = '@book{a, title = {bib:x: y}}\n@book{b, title = {B}, pubstate = {submitted}, sortkey = {b}}';
    const carried = (to: FormatName, lossless: boolean) => convert(bib, { from: 'biblatex', to, lossless }).carried;
    for (const to of ['ris', 'csl-json', 'csl-yaml', 'pubmed'] as const) {
      assert.ok((carried(to, true) ?? 0) >= 1, to);
      assert.equal(carried(to, false), undefined);
    }
    assert.equal(carried('bibtex', true), undefined);
  });

  it('tells a text that is no bibliography', () => {
    assert.deepEqual(convert('Dear all,\nno records here.', { to: 'ris' }), {
      text: '',
      count: 0,
      losses: [],
      problem: 'no-references',
    });
    assert.equal(convert('', { from: 'ris', to: 'biblatex' }).problem, 'no-references');
    assert.equal(convert('%PDF-1.4 \u0000\u0001', { to: 'ris' }).problem, 'no-references');
  });

  it('recognises the format by content, and by name where content leaves it open', () => {
    const cases: [text: string, fileName: string | undefined, format: FormatName | undefined][] = [
      ['@article{a, journal={J}}', undefined, 'bibtex'],
      ['@article{a, journaltitle={J}}', undefined, 'biblatex'],
      ['TY  - JOUR\nTI  - X\nER  - \n', undefined, 'ris'],
      ['[{"id": "a", "type": "book"}]', undefined, 'csl-json'],
      ['{"name": "x", "version": "1"}', undefined, undefined],
      ['', 'refs.ris', 'ris'],
      ['plain', undefined, undefined],
    ];
    for (const [text, fileName, name] of cases) {
      assert.equal(recogniseFormat(text, fileName)?.name, name, text);
    }
    assert.equal(formatOfFile('/a/B.BIB')?.name, 'biblatex');
    assert.equal(formatOfFile('a.txt'), undefined);
  });

  it('gives progress and parts that make up the text', () => {
    const bib = Array.from({ length: 250 }, (_, index) => `@book{k${String(index)}, title = {T}}\n`).join('');
    for (const to of names) {
      const steps = [...convertInSteps(bib, { from: 'biblatex', to })];
      assert.equal(steps.at(-1)?.done, 250);
      assert.equal(steps.map(step => step.part).join(''), convert(bib, { from: 'biblatex', to }).text);
      assert.ok(to === 'biblatex' || steps.length >= 3);
    }
  });

  it('gives a text in its own format back untouched', () => {
    const text = '\uFEFF% hi\r\n@book{a,title={x}}\r\n';
    assert.equal(convert(text, { from: 'bibtex', to: 'bibtex' }).text, text);
  });

  it('is what the library parses', () => {
    const parsed = parse('x @book{key, title = {A}}');
    assert.equal(parsed.format, 'bibtex');
    assert.deepEqual(parsed.references, [
      {
        key: 'key',
        type: 'book',
        fields: { title: { kind: 'text', text: 'A' } },
        span: { start: 2, end: 25 },
        keySpan: { start: 8, end: 11 },
      },
    ]);
    assert.deepEqual(parse('nothing'), { format: undefined, references: [] });
  });
});

describe('formats/convert: laws', () => {
  const word = fc.stringMatching(/^[A-Za-z0-9]{3,9}$/);
  const fieldNames =
    'title subtitle titleaddon journaltitle booktitle maintitle volume number issue series edition eid note addendum annotation abstract language langid publisher institution organization location venue eventtitle howpublished url doi isbn issn eprint eprinttype eprintclass pages chapter part pagetotal volumes version type entrysubtype pubstate shorttitle shortjournal label shorthand library keywords author editor translator editora editoratype bookauthor holder foreword date urldate origdate eventdate origtitle usera crossref mine comment langidopts sortkey'.split(
      ' ',
    );
  const dates = fc.integer({ min: 1000, max: 2999 }).map(String);
  const valueOf = (name: string): fc.Arbitrary<string> =>
    name.endsWith('date')
      ? dates
      : fc
          .array(word, { minLength: 1, maxLength: 3 })
          .map(words => words.join(name === 'keywords' ? ', ' : name === 'date' ? '' : ' '));
  const field = fc.constantFrom(...fieldNames).chain(name => valueOf(name).map(value => [name, value] as const));
  const type = fc.constantFrom(
    'article',
    'book',
    'inbook',
    'incollection',
    'inproceedings',
    'thesis',
    'report',
    'online',
    'misc',
    'patent',
    'manual',
    'unpublished',
    'odd',
  );
  const entry = fc
    .tuple(type, fc.uniqueArray(field, { selector: ([name]) => name, maxLength: 12 }))
    .map(([kind, fields]) => ({
      kind,
      fields,
      text: `@${kind}{key1,\n${fields.map(([name, value]) => `  ${name} = {${value}},\n`).join('')}}\n`,
    }));

  for (const to of ['csl-json', 'ris', 'bibtex', 'pubmed', 'refer'] as const) {
    it(`every source value is in ${to} or among the losses`, () => {
      fc.assert(
        fc.property(entry, fc.boolean(), ({ fields, text }, lossless) => {
          const { text: output, losses } = convert(text, { from: 'biblatex', to, lossless });
          const lost = new Set(losses.map(loss => loss.field));
          const flat = output.replace(/\n {6,}|\s/g, ' ');
          for (const [name, value] of fields) {
            for (const part of value.split(/[, ]+/)) {
              assert.ok(
                flat.includes(part) || lost.has(name) || flat.toLowerCase().includes(part.toLowerCase()),
                `${name} = ${part} in\n${output}`,
              );
            }
          }
        }),
        { seed: 5, numRuns: 300 },
      );
    });
  }

  for (const via of ['csl-json', 'bibtex'] as const) {
    it(`BibLaTeX to ${via} and back gives every fact back`, () => {
      fc.assert(
        fc.property(entry, ({ text }) => {
          const there = convert(text, { from: 'biblatex', to: via });
          const back = convert(there.text, { from: via, to: 'biblatex' });
          assert.deepEqual(readAll(back.text, 'biblatex').map(facts), readAll(text, 'biblatex').map(facts), there.text);
        }),
        { seed: 6, numRuns: 300 },
      );
    });
  }

  it('any text converts to anything without throwing', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '@book{',
        'TY  - ',
        '\nER  - \n',
        '[{"id":',
        'title = {',
        '}',
        '"',
        '\n',
        ' and ',
        ',',
        'date = {',
        '\\',
        '{',
        '$',
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom(...names),
        fc.constantFrom(...names),
        (pieces, from, to) => {
          convert(pieces.join(''), { from, to });
          convert(pieces.join(''), { to });
        },
      ),
      { seed: 7, numRuns: 500 },
    );
  });
});

describe('formats/convert: real entries', () => {
  const folder = '../shared/data/conversion';
  const units = (name: string): { id: string; text: string }[] =>
    readFileSync(`${folder}/${name}`, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { id: string; text: string });

  it('come back with every fact through CSL-JSON', function () {
    if (!existsSync(folder)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    let wrong = 0;
    for (const { text } of units('bibtex-entries.jsonl')) {
      const there = convert(text, { from: 'biblatex', to: 'csl-json' });
      const back = convert(there.text, { from: 'csl-json', to: 'biblatex' });
      const before = readAll(text, 'biblatex').map(facts);
      const after = readAll(back.text, 'biblatex').map(facts);
      wrong += JSON.stringify(before) === JSON.stringify(after) ? 0 : 1;
    }
    // Roles that BibLaTeX has no field for, and dates that are none.
    assert.ok(wrong <= 4, `${String(wrong)} entries differ`);
  });
});
