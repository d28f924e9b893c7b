import assert from 'node:assert/strict';
import fc from 'fast-check';
import { biblatex } from '../../src/formats/biblatex.ts';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { Characters } from '../../src/library/characters.ts';
import { Library, entriesWithKey } from '../../src/library/library.ts';
import { search } from '../../src/library/search.ts';
import { splitAtAnd } from '../../src/model/bibtexName.ts';
import { plainTex } from '../../src/syntax/tex.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { inPieces } from '../support/inPieces.ts';
import { searchedEntry, searchedWords } from '../support/searchedEntry.ts';

const BIB = 'file:///p/a.bib';
const RIS = 'file:///p/b.ris';
const TEX = 'file:///p/main.tex';

const newLibrary = (): Library => new Library({ formats, languages });

/** Everything a user could see of a library. */
function picture(library: Library): unknown {
  for (const step of library.indexing()) assert.equal(step, undefined);
  return {
    bibliographies: library.bibliographies().map(bibliography => ({
      uri: bibliography.uri,
      format: bibliography.format.name,
      problem: bibliography.problem,
      duplicates: duplicatesOf(bibliography),
      entries: entriesOf(bibliography),
    })),
    manuscripts: library.manuscripts().map(manuscript => ({ uri: manuscript.uri, scanned: manuscript.scanned })),
    found: ['', 'doe', 'peer', '2015', 'doe 2015', 'gilard'].map(query =>
      search(library.bibliographies(), query, 20).map(hit => [hit.source.uri, hit.entry]),
    ),
  };
}

const duplicatesOf = (bibliography: Bibliography): unknown => [
  ...bibliography.entriesWithKeys(new Set(bibliography.duplicateKeys())),
];

const entriesOf = (bibliography: Bibliography): unknown[] =>
  Array.from({ length: bibliography.entryCount }, (_, entry) => ({
    key: bibliography.key(entry),
    count: bibliography.countOf(bibliography.key(entry)),
    keySpan: bibliography.keySpan(entry),
    span: bibliography.entrySpan(entry),
    summary: bibliography.summary(entry),
    searched: searchedEntry(bibliography, entry),
    problems: bibliography.syntaxProblems(entry),
    reference: bibliography.reference(entry),
    found: bibliography.entriesWithKey(bibliography.key(entry)).includes(entry),
    at: bibliography.entryAt(bibliography.keySpan(entry).start),
  }));

describe('Library', () => {
  it('keeps bibliographies and manuscripts apart, in the order of their addresses', () => {
    const library = newLibrary();
    library.setFile(TEX, { text: '\\cite{doe}' });
    library.setFile(RIS, { text: 'TY  - JOUR\nID  - doe\nER  - \n' });
    library.setFile(BIB, { text: '@book{doe, title={T}}' });
    library.setFile('file:///p/notes.unknown', { text: 'x' });
    library.setFile('file:///p/package.json', { text: '{}' });
    assert.deepEqual(
      library.bibliographies().map(item => [item.uri, item.format.name]),
      [
        [BIB, 'biblatex'],
        [RIS, 'ris'],
      ],
    );
    assert.deepEqual(
      library.manuscripts().map(item => item.uri),
      [TEX],
    );
    assert.deepEqual(
      entriesWithKey(library.bibliographies(), 'doe').map(item => item.bibliography.uri),
      [BIB, RIS],
    );
    assert.equal(library.text('file:///p/notes.unknown'), 'x');
  });

  it('lets an open document shadow the file on disk', () => {
    const library = newLibrary();
    library.setFile(BIB, { text: '@book{disk}' });
    library.openDocument(BIB, 'bibtex', '@book{open}');
    library.setFile(BIB, { text: '@book{disk2}' });
    assert.equal(library.bibliography(BIB)?.key(0), 'open');
    library.editDocument(BIB, [{ span: { start: 6, end: 10 }, newText: 'typed' }]);
    assert.equal(library.bibliography(BIB)?.key(0), 'typed');
    library.closeDocument(BIB);
    assert.equal(library.bibliography(BIB)?.key(0), 'disk2');
    library.setFile(BIB, undefined);
    assert.equal(library.bibliography(BIB), undefined);
    assert.equal(library.has(BIB), false);
  });

  it('keeps a document that was never saved until it is closed', () => {
    const library = newLibrary();
    library.openDocument('untitled:1.bib', 'bibtex', '@book{doe}');
    assert.equal(library.bibliographies().length, 1);
    library.closeDocument('untitled:1.bib');
    assert.equal(library.bibliographies().length, 0);
  });

  it('counts every change', () => {
    const library = newLibrary();
    const before = library.version;
    library.setFile(BIB, { text: '' });
    assert.ok(library.version > before);
  });

  it('goes by the language that the editor names, then by extension', () => {
    const library = newLibrary();
    library.openDocument('file:///p/x.txt', 'latex', '\\cite{doe}');
    library.openDocument('file:///p/y.md', '', '[@doe]');
    assert.deepEqual(
      library.manuscripts().map(item => item.language.id),
      ['latex', 'markdown'],
    );
  });

  const problems: readonly (readonly [name: string, text: string, code: string | undefined])[] = [
    ['an empty file', '', 'empty'],
    ['a file of white space', ' \n\n', 'empty'],
    ['a file without entries', 'Dear diary,', 'no-entries'],
    ['a file with an entry', '@book{doe}', undefined],
  ];
  for (const [name, text, code] of problems) {
    it(`tells what is wrong with ${name}`, () => {
      const library = newLibrary();
      library.setFile(BIB, { text });
      assert.equal(library.bibliography(BIB)?.problem?.code, code);
    });
  }

  it('remembers why a file has no text, until it has one', () => {
    const library = newLibrary();
    library.setFile(BIB, { problem: { code: 'binary' } });
    assert.deepEqual(library.bibliography(BIB)?.problem, { code: 'binary' });
    library.setFile(BIB, { text: '@book{doe}' });
    assert.equal(library.bibliography(BIB)?.problem, undefined);
    assert.equal(library.bibliography(BIB)?.key(0), 'doe');
  });

  it('reads the little it needs as the whole reference would have it', () => {
    const library = newLibrary();
    library.setFile(BIB, {
      text: `@string{dist = "Distant"}
        @article{m, author = {M{\\"u}ller, A. and {The \\emph{Peer} Group} and others}, title = dist # { Stars: {\\'E}toile}, year = 2015, month = nov}
        @inbook{n, editor = "Doe, Jane", booktitle = {Whole}, date = {1999-01/2000}}
        @misc{o}`,
    });
    const bibliography = library.bibliography(BIB);
    assert.deepEqual(bibliography && [0, 1, 2].map(entry => bibliography.summary(entry)), [
      { authors: 'Müller et al.', year: '2015', title: 'Distant Stars: Étoile' },
      { authors: 'Doe', year: '1999', title: 'Whole' },
      { authors: '', year: '', title: '' },
    ]);
    assert.ok(bibliography);
    assert.deepEqual(
      [0, 1].map(entry => searchedEntry(bibliography, entry)),
      [
        { key: 'm', names: ['muller a', 'the peer group', 'others'], title: 'distant stars etoile', year: '2015' },
        { key: 'n', names: ['doe jane'], title: 'whole', year: '1999' },
      ],
    );
  });

  it('law: names with TeX are searched as the reader of TeX has them, one by one', () => {
    const name = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            ...String.raw`M{\"u}ller G\"odel Mart{\'\i}n Gau{\ss} {\AA}berg \'A \o \i{} R\&D \v{S} anders`.split(' '),
          ),
          fc.constantFrom('{A and B}', '{Peer and}', ',', '\n', 'd\u2019', '\u00e9'),
        ),
        { minLength: 1, maxLength: 4 },
      )
      .map(words => words.join(' '));
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 4 }), names => {
        const author = names.join(' and ');
        const characters = new Characters();
        const expected = splitAtAnd(author).map(one => {
          characters.load(plainTex(one));
          return searchedWords(characters.letters, 0, characters.length).join(' ');
        });
        const bibliography = new Bibliography(BIB, biblatex, `@book{k, author = {${author}}}`);
        assert.deepEqual(searchedEntry(bibliography, 0).names, expected, author);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  it('finds by what a string stands for, also after the string has changed', () => {
    const library = newLibrary();
    library.openDocument(BIB, 'bibtex', '@string{who = {Gillard}} @book{a, author = who}');
    for (const step of library.indexing()) assert.equal(step, undefined);
    const found = (query: string): number => search(library.bibliographies(), query, 9).length;
    assert.deepEqual([found('gillard'), found('holley')], [1, 0]);
    library.editDocument(BIB, [{ span: { start: 15, end: 22 }, newText: 'Holley' }]);
    assert.equal(library.isIndexed, false);
    for (const step of library.indexing()) assert.equal(step, undefined);
    assert.deepEqual([found('gillard'), found('holley')], [0, 1]);
  });

  it('gives records without an ID readable keys that give way to written ones', () => {
    const library = newLibrary();
    const record = (id: string): string =>
      `TY  - JOUR\n${id}AU  - Gillard, Steve\nPY  - 2015\nTI  - Introducing peers\nER  - \n`;
    library.openDocument(RIS, 'ris', record('') + record(''));
    const keys = (): string[] => {
      const bibliography = library.bibliography(RIS);
      return bibliography === undefined
        ? []
        : Array.from({ length: bibliography.entryCount }, (_, entry) => bibliography.key(entry));
    };
    assert.deepEqual(keys(), ['gillard2015introducing', 'gillard2015introducinga']);
    library.editDocument(RIS, [{ span: { start: 0, end: 0 }, newText: record('ID  - gillard2015introducinga\n') }]);
    assert.deepEqual(keys(), ['gillard2015introducinga', 'gillard2015introducing', 'gillard2015introducingb']);
    assert.deepEqual(library.bibliography(RIS)?.entriesWithKey('gillard2015introducingb'), [2]);
    assert.deepEqual(library.bibliography(RIS)?.duplicateKeys(), []);
  });

  const pieces = [
    '@article{doe, author = {Doe, Jane}, title = {Peer}, year = 2015}\n',
    '@book{roe,\n title = "Gillard",\n}\n',
    '@string{x = {Peer}}\n',
    '@misc{x, author = x # { and Doe}}\n',
    '@comment{no}\n',
    '@misc{, title = {a}}',
    'TY  - JOUR\nAU  - Doe, J.\nPY  - 2015\nTI  - Peer\nER  - \n',
    'TY  - BOOK\nID  - doe\nT1  - Gillard\nER  - \n\n',
    'ID  - roe\n',
    '\\cite{doe}',
    '[@roe; @doe]',
    '{',
    '}',
    '"',
    ',',
    '@',
    '\n',
    'TY',
    '  - ',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 8 }).map(parts => parts.join(''));
  const uri = fc.constantFrom(BIB, RIS, TEX, 'file:///p/n.md', 'file:///p/c.bib');
  const change = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), uri, text, isInPieces: fc.boolean() }),
    fc.record({ kind: fc.constant('delete' as const), uri }),
    fc.record({ kind: fc.constant('problem' as const), uri }),
    fc.record({ kind: fc.constant('open' as const), uri, text }),
    fc.record({ kind: fc.constant('close' as const), uri }),
    fc.record({
      kind: fc.constant('edit' as const),
      uri,
      edits: fc.array(fc.record({ at: fc.nat(), length: fc.nat({ max: 30 }), text }), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('index' as const), steps: fc.nat({ max: 3 }) }),
    fc.record({ kind: fc.constant('look' as const) }),
  );

  it('law: after any script of changes it is as if made from scratch', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), script => {
        const library = newLibrary();
        const disk = new Map<string, string | undefined>();
        const open = new Map<string, string>();
        let indexing = library.indexing();
        for (const step of script) {
          if (step.kind === 'set') {
            library.setFile(step.uri, { text: step.isInPieces ? inPieces(step.text, 7) : step.text });
            disk.set(step.uri, step.text);
          } else if (step.kind === 'problem') {
            library.setFile(step.uri, { problem: { code: 'binary' } });
            disk.set(step.uri, undefined);
          } else if (step.kind === 'delete') {
            library.setFile(step.uri, undefined);
            disk.delete(step.uri);
          } else if (step.kind === 'open') {
            library.openDocument(step.uri, '', step.text);
            open.set(step.uri, step.text);
          } else if (step.kind === 'close') {
            library.closeDocument(step.uri);
            open.delete(step.uri);
          } else if (step.kind === 'edit') {
            let now = open.get(step.uri);
            if (now === undefined) continue;
            const edits = [];
            for (const { at, length, text: newText } of step.edits) {
              const start = at % (now.length + 1);
              const edit = { span: { start, end: Math.min(now.length, start + length) }, newText };
              now = applyEdits(now, [edit]);
              edits.push(edit);
            }
            library.editDocument(step.uri, edits);
            open.set(step.uri, now);
          } else if (step.kind === 'look') {
            library.bibliographies().forEach(entriesOf);
            library.bibliographies().forEach(duplicatesOf);
          } else {
            for (let count = 0; count < step.steps; count++)
              if (indexing.next().done === true) indexing = library.indexing();
          }
        }
        const fresh = newLibrary();
        for (const [file, content] of disk)
          fresh.setFile(file, content === undefined ? { problem: { code: 'binary' } } : { text: content });
        for (const [file, content] of open) fresh.openDocument(file, '', content);
        assert.deepEqual(picture(library), picture(fresh));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
