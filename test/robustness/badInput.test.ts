import assert from 'node:assert/strict';
import { completionDocumentation, completions } from '../../src/features/completion.ts';
import { atOnce } from '../../src/base/atOnce.ts';
import { recogniseSource } from '../../src/features/convert.ts';
import { definition } from '../../src/features/definition.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { symbols } from '../../src/features/symbols.ts';
import { convert } from '../../src/formats/convert.ts';
import type { Library } from '../../src/library/library.ts';
import { decode } from '../../src/text/decode.ts';
import { FOLDER, finishIndexing, libraryWith, scope, type Subject } from '../fuzz/exercise.ts';

const BIB = `${FOLDER}/refs.bib`;
const TEX = `${FOLDER}/paper.tex`;
const MD = `${FOLDER}/notes.md`;

/** A workspace with a bibliography and a document in each language that cites `key`. */
function workspace(bibliography: string, key = 'good', others: readonly Subject[] = []): Library {
  const library = libraryWith([
    { name: 'refs.bib', text: bibliography },
    { name: 'paper.tex', text: `\\cite{${key}}` },
    { name: 'notes.md', text: `[@${key}]` },
    ...others,
  ]);
  finishIndexing(library);
  return library;
}

const offered = (library: Library, uri: string): string[] =>
  (completions(library, uri, uri === TEX ? 6 : 2, { scope })?.items ?? []).map(item => item.label);

const codes = (library: Library, uri: string): string[] =>
  diagnostics(library, uri, { scope }).map(found => found.code);

/** Completion, hover and definition of the reference that both documents cite. */
function assertCitable(library: Library, key = 'good'): void {
  for (const [uri, place] of [
    [TEX, 7],
    [MD, 3],
  ] as const) {
    assert.ok(offered(library, uri).includes(key), `${key} is offered in ${uri}`);
    assert.ok(hover(library, uri, place, { scope }), `${key} has a card in ${uri}`);
    assert.equal(definition(library, uri, place, { scope })?.targets.length, 1);
  }
}

const GOOD = '@book{good, author = {Doe, Jane}, title = {Good}, year = 2001}\n';

describe('Bad input', () => {
  describe('an entry next to damage stays', () => {
    const damages: readonly (readonly [what: string, before: string, after: string])[] = [
      ['an entry cut off at the end of the file', '', '@book{cut, title = {T'],
      ['an entry cut off in its key', '', '@book{cu'],
      ['an entry cut off in its type', '', '@boo'],
      ['braces that are never closed', '@book{a, title = {{{{T},\n', ''],
      ['a quote that is never closed', '@book{a, title = "T,\n year = 2000\n}\n', ''],
      ['fields without commas', '@book{a title = {T} year = 2000}\n', ''],
      ['fields without equals signs', '@book{a, title {T}, year 2000}\n', ''],
      ['text between entries', 'some words { with a brace\n', 'and "more'],
      ['an at sign in a value', '@book{a, title = {x @ y @book z}}\n', ''],
      ['an at sign between entries', '@ @@ @123\n', '@'],
      ['NULs and lone surrogates', '\0\0\ud800\n', '\udc00\0'],
      ['ten thousand braces', `@book{a, title = ${'{'.repeat(10_000)}\n`, '{'.repeat(10_000)],
      ['a million characters of braces', `@book{a, title = ${'{'.repeat(1_000_000)}\n`, ''],
    ];
    for (const [what, before, after] of damages) {
      it(what, () => {
        const library = workspace(before + GOOD + after);
        assertCitable(library);
        assert.ok(symbols(library, BIB)?.some(symbol => symbol.name === 'good'));
        const { text } = convert(before + GOOD + after, { from: 'biblatex', to: 'ris' });
        assert.match(text, /ID {2}- good\nTI {2}- Good\nAU {2}- Doe, Jane\n/u);
      });
    }
  });

  it('a bibliography that does not exist is reported where it is named, once per name', () => {
    const library = libraryWith([
      { name: 'paper.tex', text: '\\bibliography{gone,refs}' },
      { name: 'notes.md', text: '---\nbibliography: [gone.bib, refs.bib]\n---\n[@good]' },
      { name: 'refs.bib', text: GOOD },
    ]);
    const inTex = diagnostics(library, TEX, { scope });
    assert.deepEqual(
      inTex.map(({ code, span }) => [code, span]),
      [['missing-bibliography', { start: 14, end: 18 }]],
    );
    const inMarkdown = diagnostics(library, MD, { scope });
    assert.deepEqual(
      inMarkdown.map(({ code, span }) => [code, span]),
      [['missing-bibliography', { start: 19, end: 27 }]],
    );
  });

  it('a path out of the workspace is only a path', () => {
    for (const target of ['../../etc/passwd', '/etc/passwd', 'file:///etc/passwd', '~/x.bib', 'con.bib']) {
      const library = libraryWith([{ name: 'paper.tex', text: `\\addbibresource{${target}}\\cite{}` }]);
      assert.deepEqual(codes(library, TEX), ['missing-bibliography'], target);
    }
  });

  it('bytes that are no text are told from text', () => {
    const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
    assert.equal(decode(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d)), undefined);
    assert.equal(decode(bytes(0x40, 0, 1, 2, 3, 4, 0, 9)), undefined);
    assert.equal(decode(bytes(0x40, 0x61, 0xff, 0xfe, 0x7b))?.encoding, 'windows-1252');
    assert.equal(decode(Buffer.from(GOOD, 'utf16le'))?.text, GOOD);
    assert.equal(decode(bytes())?.text, '');
    assert.equal(atOnce(recogniseSource({ text: '%PDF-1.7 \u0001\u0002', fileName: 'a.bib' })).kind, 'none');
  });

  it('a bibliography that cannot be read costs the others nothing', () => {
    const library = workspace(GOOD);
    library.setFile(`${FOLDER}/binary.bib`, { problem: { code: 'binary' } });
    library.setFile(`${FOLDER}/odd.bib`, { problem: { code: 'undecodable' } });
    library.setFile(`${FOLDER}/empty.bib`, { text: '' });
    library.setFile(`${FOLDER}/blank.ris`, { text: ' \n' });
    finishIndexing(library);
    assertCitable(library);
    assert.deepEqual(codes(library, BIB), []);
    assert.deepEqual(symbols(library, `${FOLDER}/empty.bib`), []);
  });

  it('one key in several entries and files: all are offered, told apart by file, in completion, card and definition', () => {
    const library = workspace(GOOD + GOOD, 'good', [
      { name: 'more.ris', text: 'TY  - BOOK\nID  - good\nTI  - Other\nER  - \n' },
    ]);
    const items = completions(library, TEX, 7, { scope })?.items ?? [];
    assert.deepEqual(items.map(item => item.detail.split(' ').at(-1)).sort(), ['more.ris', 'refs.bib', 'refs.bib']);
    const cards = items.map(item => completionDocumentation(library, item.data, {}) ?? '');
    assert.equal(cards.filter(card => card.includes('Other')).length, 1);
    assert.match(
      hover(library, TEX, 7, { scope })?.markdown ?? '',
      /Same key: .*refs\\\.bib.*refs\\\.bib|Same key: .*more\\\.ris.*refs\\\.bib|Same key: .*refs\\\.bib/u,
    );
    assert.equal(definition(library, TEX, 7, { scope })?.targets.length, 3);
    assert.ok(codes(library, BIB).includes('duplicate-key'));
    assert.ok(codes(library, BIB).includes('duplicate-key-elsewhere'));
  });

  it('a value of five megabytes', () => {
    const library = workspace(
      `@book{good, author = {Doe, Jane}, title = {Good ${'long {words} '.repeat(400_000)}}}\n@book{next}`,
    );
    assertCitable(library);
    assert.equal(symbols(library, BIB)?.length, 2);
    assert.deepEqual(codes(library, BIB), []);
    // What an editor is sent stays small.
    const shown = [symbols(library, BIB), completions(library, TEX, 7, { scope }), hover(library, TEX, 7, { scope })];
    assert.ok(shown.every(answer => JSON.stringify(answer).length < 20_000));
    assert.match(
      convert(library.text(BIB) ?? '', { from: 'biblatex', to: 'csl-json' }).text,
      /"title": "Good long <span class=/u,
    );
  });

  it('an abstract of five megabytes', () => {
    const library = workspace(`@book{good, title = {Good}, abstract = {${'words '.repeat(800_000)}}}`);
    assert.ok((hover(library, TEX, 7, { scope })?.markdown.length ?? 0) < 60_000);
  });

  describe('RIS of other tools', () => {
    const dialects: readonly (readonly [what: string, text: string])[] = [
      ['one space', 'TY - JOUR\nID - good\nAU - Doe, Jane\nTI - Good\nER -'],
      ['lower case', 'ty  - JOUR\nid  - good\nau  - Doe, Jane\nti  - Good\ner  -\n'],
      ['blank lines', '\n\nTY  - JOUR\n\nID  - good\n\nAU  - Doe, Jane\n\nTI  - Good\n\n\nER  - \n'],
      ['lone carriage returns', 'TY  - JOUR\rID  - good\rAU  - Doe, Jane\rTI  - Good\rER  - \r'],
      ['no end of record', 'TY  - JOUR\nID  - good\nAU  - Doe, Jane\nTI  - Good\nTY  - BOOK\nTI  - Next\n'],
      [
        'header lines',
        'Provider: Someone\nContent: text/plain\n\nTY  - JOUR\nID  - good\nAU  - Doe, Jane\nTI  - Good\nER  - \n',
      ],
      ['A1 and T1', 'TY  - JOUR\nID  - good\nA1  - Doe, Jane\nT1  - Good\nER  - \n'],
      ['unknown tags and text', 'TY  - JOUR\nID  - good\nX9  - ?\nfree text\nAU  - Doe, Jane\nTI  - Good\nER  - \n'],
    ];
    for (const [what, text] of dialects) {
      it(what, () => {
        const library = libraryWith([
          { name: 'refs.ris', text },
          { name: 'paper.tex', text: '\\cite{good}' },
          { name: 'notes.md', text: '[@good]' },
        ]);
        finishIndexing(library);
        assertCitable(library);
        assert.match(hover(library, TEX, 7, { scope })?.markdown ?? '', /Doe\b.*Good/u);
        assert.ok(convert(text, { to: 'bibtex' }).count > 0);
      });
    }
  });

  describe('ten thousand nested', () => {
    const depth = 10_000;
    const nested = (open: string, close: string): string => open.repeat(depth) + 'x' + close.repeat(depth);
    for (const [what, entry] of [
      ['braces in a title', `@book{good, title = {${nested('{', '}')}}}`],
      ['braces in names', `@book{good, author = {${nested('{', '}')}}, title = {T}}`],
      ['braces in a list', `@book{good, publisher = {${nested('{', '}')}}, keywords = {${nested('{', '}')}}}`],
      ['braces in a date', `@book{good, date = {${nested('{', '}')}}, pages = {${nested('{', '}')}}}`],
      ['commands', `@book{good, title = {${nested('\\textbf{', '}')}}}`],
      ['indices', `@book{good, title = {$x${nested('_{', '}')}$}}`],
      ['fractions', `@book{good, title = {$${nested('\\frac{', '}{}')}$}}`],
      ['accents', `@book{good, title = {${nested("\\'{", '}')}}}`],
      ['tags', `@book{good, title = {${nested('<i>', '</i>')}}}`],
      ['groups never closed', `@book{good, title = "${'\\emph{'.repeat(depth)}"}`],
    ] as const) {
      it(what, () => {
        const library = workspace(`${entry}\n@book{next}`);
        assertCitable(library);
        for (const to of ['bibtex', 'ris', 'csl-json'] as const) {
          const { count, text } = convert(entry, { from: 'biblatex', to });
          assert.equal(count, 1);
          assert.ok(text.includes('good'));
        }
      });
    }

    for (const [what, name, text] of [
      ['arguments of LaTeX', 'paper.tex', `${'\\emph{'.repeat(depth)}\\cite{good}${'}'.repeat(depth)}`],
      ['braces in a citation', 'paper.tex', `\\cite{${nested('{', '}')}} \\cite{good}`],
      ['optional arguments', 'paper.tex', `\\cite${'['.repeat(depth)}${']'.repeat(depth)}{x} \\cite{good}`],
      ['definitions', 'paper.tex', `${nested('\\newcommand{\\x}{', '}')} \\cite{good}`],
      ['brackets of Markdown', 'notes.md', `${nested('[', ']')} [@good]`],
      ['quotes of Markdown', 'notes.md', `${'> '.repeat(depth)}x\n\n[@good]`],
      ['lists of Markdown', 'notes.md', `${'- '.repeat(depth)}x\n\n[@good]`],
      ['emphases of Markdown', 'notes.md', `${nested('*', '*')} [@good]`],
    ] as const) {
      it(what, () => {
        const library = libraryWith([
          { name: 'refs.bib', text: GOOD },
          { name, text },
        ]);
        const place = text.lastIndexOf('good') + 1;
        assert.ok(hover(library, `${FOLDER}/${name}`, place, { scope }));
      });
    }
  });
});
