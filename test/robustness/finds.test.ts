import assert from 'node:assert/strict';
import { parseDocument } from 'yaml';
import { completionDocumentation, completions } from '../../src/features/completion.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { convert } from '../../src/formats/convert.ts';
import { formatNamed, writableFormats } from '../../src/formats/index.ts';
import { FOLDER, finishIndexing, libraryWith, scope } from '../fuzz/exercise.ts';
import { parse } from '../../src/core.ts';
import { missingFacts } from '../formats/lossLaw.ts';
import { readYaml, writeYaml, yamlProblem } from '../../src/syntax/yaml.ts';

/** What the fuzzer and hostile texts have found. */
describe('Finds', () => {
  it('a path with half of a pair of surrogates leads nowhere', () => {
    const library = libraryWith([
      { name: 'a.tex', text: '\\addbibresource{a\ud800.bib}\\usepackage{\udc00}\\input{\udc00}' },
    ]);
    const found = diagnostics(library, `${FOLDER}/a.tex`, { scope });
    assert.deepEqual(
      found.map(problem => problem.code),
      ['missing-bibliography'],
    );
  });

  it('a second year or month is not taken for a part of the date', () => {
    const { text } = convert('@book{k, year = {2001}, year = {1999}, month = {5}, month = {6}}', {
      from: 'bibtex',
      to: 'biblatex',
    });
    assert.match(text, /date = \{2001-05\}/u);
    assert.match(text, /year = \{1999\}/u);
    assert.match(text, /month = \{6\}/u);
  });

  it('strings that name each other twice do not fill the memory', () => {
    const strings = Array.from({ length: 60 }, (_, i) => `@string{s${i + 1} = s${i} # s${i} # "x"}\n`).join('');
    const { references } = parse(`${strings}@book{k, title = s5 # "!", note = s60}`, { from: 'biblatex' });
    const title = references[0]?.fields['title'];
    assert.ok(title?.kind === 'text' && /^s0s0x.*x!$/u.test(title.text));
    assert.ok(JSON.stringify(references[0]?.fields).length < 20_000);
  });

  it('data containers that name hundreds of others are read as far as a library can mean it', () => {
    const keys = Array.from({ length: 300 }, (_, i) => `x${i}`);
    const containers = keys.map(key => `@xdata{${key}, f${key} = {1}, xdata = {${keys.join(',')}}}\n`).join('');
    const { references } = parse(`@book{k, xdata = {${keys.join(',')}}}\n${containers}`, { from: 'biblatex' });
    const found = Object.keys(references[0]?.fields ?? {});
    assert.ok(found.includes('fx0') && found.length < 100);
  });

  it('each of many fields with one name is kept', () => {
    const fields = Array.from({ length: 5000 }, (_, i) => `title = {T${i}}`);
    const { references } = parse(`@book{k, ${fields.join(', ')}}`, { from: 'biblatex' });
    const names = Object.keys(references[0]?.fields ?? {});
    assert.equal(names.length, 5000);
    assert.deepEqual(names.slice(0, 3), ['title', 'title+2', 'title+3']);
  });

  it('a key of thousands of entries is answered with some of them', () => {
    const library = libraryWith([
      { name: 'a.tex', text: '\\cite{same}' },
      { name: 'a.bib', text: '@book{same, title = {T}}\n'.repeat(5000) },
      { name: 'b.bib', text: '@book{same, title = {Other}}\n'.repeat(5000) },
    ]);
    finishIndexing(library);
    const card = hover(library, `${FOLDER}/a.tex`, 7, { scope });
    assert.ok((card?.markdown.length ?? 0) < 5000);
    const items = completions(library, `${FOLDER}/a.tex`, 7, { scope })?.items ?? [];
    assert.equal(items.length, 100);
    assert.equal(new Set(items.map(item => `${item.data.uri} ${item.data.index}`)).size, 100);
    for (const item of items) assert.notEqual(completionDocumentation(library, item.data, {}), undefined);
    const problems = diagnostics(library, `${FOLDER}/a.bib`, { scope });
    assert.equal(problems.length, 5020);
    assert.ok(problems.every(problem => problem.related.length === 20));
  });

  it('two libraries with the same keys know of each other', () => {
    const entries = (title: string): string =>
      Array.from({ length: 10_000 }, (_, i) => `@book{key${i}, title = {${title}}}\n`).join('');
    const library = libraryWith([
      { name: 'a.bib', text: entries('One') },
      { name: 'copy.bib', text: entries('Another') },
    ]);
    const problems = diagnostics(library, `${FOLDER}/a.bib`, { scope });
    assert.equal(problems.length, 10_000);
    assert.deepEqual(problems[9999]?.values, ['key9999', 'copy.bib']);
    assert.deepEqual(problems[9999].related, [
      { uri: `${FOLDER}/copy.bib`, span: library.bibliography(`${FOLDER}/copy.bib`)?.keySpan(9999) },
    ]);
  });

  it('fields with the names of what every object has are fields in every format', () => {
    for (const to of writableFormats) {
      const { count } = convert('@book{k, constructor = {M}, toString = {N}, __proto__ = {O}, title = {T}}', {
        from: 'biblatex',
        to: to.name,
      });
      assert.equal(count, 1, to.name);
    }
  });

  it('a second date stays as it is in BibTeX', () => {
    const { text } = convert('@book{k, date = {2001-02}, date = {2002-03}}', { from: 'biblatex', to: 'bibtex' });
    assert.match(text, /year = ?\{2001\}, month = feb, date = ?\{2002-03\}/u);
  });

  it('a first date counts as told where its parts stand beside a second one', () => {
    const [from, to] = [formatNamed('biblatex'), formatNamed('bibtex')];
    assert.ok(from !== undefined && to !== undefined);
    for (const date of ['2009-', '2009-01', '2009-01-30']) {
      const text = `@book{k, date = {${date}}, date = {2006-9-13`;
      assert.deepEqual(
        missingFacts(text, { from, to, lossless: true }, () => []),
        [],
      );
    }
  });

  it('a range of seasons, or one that is not certain, comes back from RIS', () => {
    for (const date of ['1983-24/1984-21', '1983-24~', '1983-24?/1984-22', '1983-24/..']) {
      const { text } = convert(`@book{k, date = {${date}}}`, { from: 'biblatex', to: 'ris', lossless: false });
      const back = convert(text, { from: 'ris', to: 'biblatex', lossless: false }).text;
      assert.ok(back.includes(`date = {${date}}`), text);
    }
  });

  it('the spelling of a language stays where the language was deleted beside a carried record', () => {
    const record = 'TY  - BOOK\nID  - k\nTI  - T\nLA  - Deutsch\nER  - \n';
    const item = convert(record, { from: 'ris', to: 'csl-json' }).text;
    const written = (text: string): string => convert(text, { from: 'csl-json', to: 'ris' }).text.trim();
    assert.equal(written(item), record.trim());
    const edited = item.replace('"title": "T"', '"title": "New"');
    assert.equal(written(edited), record.replace('TI  - T', 'TI  - New').trim());
    const deleted = item.replace(/"language": "[^"]*",?/u, '');
    assert.match(written(deleted), /^LA {2}- Deutsch$/mu);
  });

  it('addresses with braces that do not match, or with entries in them, come back from BibTeX', () => {
    const record = 'TY  - JOUR\nID  - k\nDO  - 10.1/e{g\nUR  - http://a/}x{y\nL1  - 1\n@e{{}}{}\n@C{}\nER  - \n';
    const { text, count } = convert(record, { from: 'ris', to: 'biblatex' });
    const { references } = parse(text, { from: 'biblatex' });
    assert.equal(count, 1);
    assert.equal(references.length, 1);
    const { fields } = references[0] ?? { fields: undefined };
    assert.deepEqual(fields?.['doi'], { kind: 'verbatim', text: '10.1/e{g' });
    assert.deepEqual(fields['url'], { kind: 'verbatim', text: 'http://a/}x{y' });
    assert.deepEqual(fields['file'], { kind: 'verbatim', text: '1 @e{{}}{} @C{}' });
  });

  it('a name that ends with the word "and" stays one name among others', () => {
    const { text } = convert('%0 Book\n%A Doe, and\n%A Roe, Jane\n', { from: 'refer', to: 'bibtex' });
    const { references } = parse(text, { from: 'bibtex' });
    const author = references[0]?.fields['author'];
    assert.ok(author?.kind === 'names');
    assert.deepEqual(author.names, [
      { family: 'Doe', given: 'and' },
      { family: 'Roe', given: 'Jane' },
    ]);
  });

  it('the name of a file in RIS comes back from BibTeX as it was', () => {
    const { text } = convert('TY  - BOOK\nL4  - n`@g_1\nER  - \n', { from: 'ris', to: 'biblatex', lossless: true });
    const value = parse(text, { from: 'biblatex' }).references[0]?.fields['ris-l4'];
    assert.deepEqual(value, { kind: 'verbatim', text: 'n`@g_1' });
  });

  it('the entries of a citation file are in order, also where the work stands behind its references', () => {
    const { references } = parse('references:\n- title: A\n- title: B\ntitle: T\n', { from: 'cff' });
    assert.deepEqual(
      references.map(one => one.span.start),
      [0, 12, 23],
    );
  });

  it('names of members of any length are YAML', () => {
    const value = { a: { ['k'.repeat(3000)]: { b: ['x'], ['q"'.repeat(800)]: 'z' }, c: 'd' } };
    assert.deepEqual(parseDocument(writeYaml(value)).toJS(), value);
    assert.equal(JSON.stringify(readYaml(writeYaml(value))), JSON.stringify(value));
  });

  describe('YAML that is none', () => {
    for (const piece of ['"', '}', '{}', '&a ', '*a ', '!t ', '|\n', '"\n', '"a" ']) {
      it(`${JSON.stringify(piece)} without end is given up, with the place where it begins`, () => {
        const text = `title: ${piece.repeat(20_000)}\nnote: N\n`;
        const whole = { start: 0, end: text.length };
        assert.equal(readYaml(text), undefined);
        assert.ok((yamlProblem(text, whole)?.start ?? Infinity) < 20);
      });
    }

    it('what is nested too deeply is reported', () => {
      const text = `title: ${'['.repeat(100_000)}`;
      assert.equal(readYaml(text), undefined);
      assert.ok((yamlProblem(text, { start: 0, end: text.length })?.start ?? Infinity) < 100);
    });

    it('a slip in a long entry does not cost the rest', () => {
      const text = `title: "T\nnote: ${'long words '.repeat(5000)}\n`;
      assert.notEqual(readYaml(text), undefined);
    });
  });

  describe('more values than a call takes arguments', () => {
    const many = 130_000;
    for (const [what, from, text] of [
      ['names in Web of Science', 'wos', `FN X\nVR 1.0\nPT J\nAF a\n${'   a\n'.repeat(many)}ER\nEF\n`],
      ['keywords in PubMed', 'pubmed', `PMID- 1\n${'OT  - a\n'.repeat(many)}`],
      ['persons in Refer', 'refer', `%0 Book\n${'%A a\n'.repeat(many)}`],
      ['elements in EndNote', 'endnote-xml', `<xml><records><record>${'<author>a</author>'.repeat(many)}`],
    ] as const) {
      it(what, () => {
        assert.equal(parse(text, { from }).references.length, 1);
      });
    }

    it('losses of a record', () => {
      const text = `TY  - BOOK\n${'Z9  - x\n'.repeat(many)}ER  - \n`;
      const { losses } = convert(text, { from: 'ris', to: 'bibtex', lossless: false });
      assert.equal(losses.length, many);
    });

    it('references in a citation file', () => {
      const text = `cff-version: 1.2.0\ntitle: T\nreferences: [${'a,'.repeat(many)}]\n`;
      assert.equal(formatNamed('cff')?.scan(text).entryCount, many + 1);
    });

    it('keys in metadata', () => {
      const library = libraryWith([{ name: 'a.md', text: `---\nnocite: "${'@a '.repeat(many)}"\n---\n` }]);
      assert.equal(library.manuscript(`${FOLDER}/a.md`)?.scanned.groups[0]?.citations.length, many);
    });
  });

  describe('many small values beside a long one, or beside each other', () => {
    const long = 'x'.repeat(400_000);
    const many = 20_000;
    const xml = (inside: string): string => `<xml><records><record>${inside}</record></records></xml>`;
    const mods = (inside: string): string => `<modsCollection><mods>${inside}</mods></modsCollection>`;
    for (const [what, from, text, to] of [
      [
        'titles',
        'endnote-xml',
        xml(`<titles><title>${long}</title>${'<title>y</title>'.repeat(many)}</titles>`),
        'ris',
      ],
      ['declarations', 'endnote-xml', xml('<!>'.repeat(20 * many)), 'ris'],
      ['elements that nobody knows', 'mods', mods('<a>x</a>'.repeat(many)), 'biblatex'],
      ['subjects', 'mods', mods('<subject><topic>a</topic></subject>'.repeat(many)), 'ris'],
    ] as const) {
      // Anything but linear time would make these tests run for minutes.
      it(what, () => {
        assert.ok(convert(text, { from, to }).count > 0);
      });
    }

    it('items in one line', () => {
      assert.equal(formatNamed('csl-yaml')?.scan(`[${'{id: a}, '.repeat(many / 2)}]`).entryCount, many / 2);
    });

    it('fields of one name', () => {
      const fields = Array.from({ length: many }, (_, i) => `title={T${i}}`);
      assert.equal(convert(`@book{k,${fields.join()}}`, { from: 'biblatex', to: 'ris' }).losses.length, many - 1);
    });

    it('standard numbers', () => {
      const lines = Array.from(
        { length: many },
        (_, i) => `SN  - ${1000 + (i % 9000)}-${1000 + Math.floor(i / 9000)}\n`,
      );
      const { references } = parse(`TY  - JOUR\n${lines.join('')}SN  - 1000-1000\nER  - \n`, { from: 'ris' });
      const issn = references[0]?.fields['issn'];
      assert.ok(issn?.kind === 'text' && issn.text.split(' ').length === many);
    });
  });

  // Libraries that recurse exhaust the stack; a regular expression that is compiled just then ends the whole process.
  const depth = 10_000;
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    it(`${open} in each other ten thousand times is no JSON`, () => {
      for (const end of [close.repeat(depth), '']) {
        const json = `[{"id":"a","type":"book","title":"T","custom":${open.repeat(depth)}1${end},"note":"N"}]`;
        const { count, text } = convert(json, { from: 'csl-json', to: 'biblatex' });
        assert.equal(count, 1);
        assert.equal(/note = \{N\}/u.test(text), end !== '');
      }
    });
  }

  it('metadata longer than any list of files costs neither time nor the bibliography behind it', () => {
    const long = `book:\n  chapters:\n${'    - chapter.qmd\n'.repeat(20_000)}`;
    const text = `---\nbibliography: a.bib\n${long}bibliography_more: b.bib\n---\n[@doe]`;
    const { groups, declarations } = libraryWith([{ name: 'a.md', text }]).manuscript(`${FOLDER}/a.md`)?.scanned ?? {};
    assert.equal(groups?.length, 1);
    assert.deepEqual(
      declarations?.map(declaration => declaration.target),
      ['a.bib', 'b.bib'],
    );
  });

  for (const piece of ['[', '{a: ', '- ', '\n- ', '? ', 'a: ']) {
    it(`${JSON.stringify(piece)} ten thousand times is no list of bibliographies`, () => {
      const text = `---\nformat: ${piece.repeat(depth)}\nbibliography: b.bib\n---\n[@doe]`;
      const { groups, declarations } =
        libraryWith([{ name: 'a.md', text }]).manuscript(`${FOLDER}/a.md`)?.scanned ?? {};
      assert.equal(groups?.length, 1);
      assert.deepEqual(
        declarations?.map(declaration => declaration.target),
        ['b.bib'],
      );
    });
  }
});
