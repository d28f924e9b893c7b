import assert from 'node:assert/strict';
import { adopting, type Adoption } from '../../src/features/adoption.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library, type LibraryEntry } from '../../src/library/library.ts';
import { scope } from './project.ts';

/** The files of a source, each below a line `%! name`, to the last line end as they stand there. */
function exactly(source: string): { readonly library: Library; readonly first: string } {
  const library = new Library({ formats, languages });
  const [, ...parts] = source.split(/^%! (.*)\n/m);
  for (let part = 0; part < parts.length; part += 2)
    library.setFile(`file:///project/${parts[part] ?? ''}`, { text: parts[part + 1] ?? '' });
  return { library, first: `file:///project/${parts[0] ?? ''}` };
}

/** Cites references, given as `file key`, in the first document. */
function adopt(source: string, ...wanted: readonly string[]) {
  const { library, first } = exactly(source);
  const document = library.manuscript(first);
  assert.ok(document, 'the first file is no document');
  const references = wanted.map((one): LibraryEntry => {
    const space = one.indexOf(' ');
    const [name, key] = [one.slice(0, space), one.slice(space + 1)];
    const bibliography = library.bibliography(`file:///project/${name}`);
    const [entry] = bibliography?.entriesWithKey(key) ?? [];
    assert.ok(bibliography && entry !== undefined, one);
    return { bibliography, entry };
  });
  const adoption = finished(adopting(library, document, references, { scope }));
  const after = (name: string): string => {
    const uri = `file:///project/${name}`;
    const { addition } = adoption;
    const copy = addition !== undefined && addition.kind !== 'impossible' ? addition.copy : undefined;
    const declared =
      addition?.kind === 'create' && addition.creation.kind === 'possible' ? addition.creation.declarations : [];
    const edits = [...(copy ? [copy] : []), ...declared].filter(one => one.uri === uri).flatMap(one => one.edits);
    return applyEdits(library.text(uri) ?? '', edits);
  };
  return { adoption, after };
}

function finished(steps: Generator<undefined, Adoption>): Adoption {
  let step = steps.next();
  while (step.done !== true) step = steps.next();
  return step.value;
}

const doe = `%! doe.ris
TY  - JOUR
ID  - doe2001
AU  - Doe, Jane
TI  - Forests
JO  - Trees
PY  - 2001
ER  - 
`;

describe('Citing what the document cannot read', () => {
  it('changes nothing for a reference of its own bibliography', () => {
    const { adoption } = adopt('%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@misc{a, title = {A}}\n', 'refs.bib a');
    assert.deepEqual(adoption, { keys: ['a'] });
  });

  it('copies a record of RIS as an entry, in the words of BibTeX or BibLaTeX', () => {
    const classical = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@misc{a, title = {A}}\n${doe}`,
      'doe.ris doe2001',
    );
    assert.deepEqual(classical.adoption.keys, ['doe2001']);
    const expected = '@misc{a, title = {A}}\n\n@article{doe2001,\n  author = {Doe, Jane},\n  title = {Forests},\n';
    assert.ok(classical.after('refs.bib').startsWith(expected), classical.after('refs.bib'));
    assert.match(classical.after('refs.bib'), /journal = \{Trees\}/);
    assert.match(classical.after('refs.bib'), /year = /);
    const modern = adopt(`%! a.tex\n\\addbibresource{refs.bib}\n%! refs.bib\n\n${doe}`, 'doe.ris doe2001');
    assert.match(modern.after('refs.bib'), /journaltitle = \{Trees\}/);
    assert.match(modern.after('refs.bib'), /date = /);
  });

  it('writes as the bibliography is written', () => {
    const bib = '@article{a,\n  journaltitle = {J},\n  date = {2001},\n}\n';
    const { after } = adopt(`%! a.tex\n\\bibliography{refs}\n%! refs.bib\n${bib}${doe}`, 'doe.ris doe2001');
    assert.match(after('refs.bib'), /journaltitle = \{Trees\}/);
  });

  it('keeps an entry of another bibliography byte for byte, and brings along strings and parents', () => {
    const { adoption, after } = adopt(
      [
        '%! a.tex',
        '\\addbibresource{refs.bib}',
        '%! refs.bib',
        '@string{acm = "ACM"}',
        '@misc{own, title = {Own}}',
        '%! other.bib',
        '@string{acm = "ACM"}',
        '@string{name = {name}}',
        '@string{long = "A long " # name}',
        '@misc{unused, title = {U}}',
        '@inproceedings{child, title={C},  crossref = "conf", publisher=acm, series = long, month = jan, xdata={data}}',
        '@xdata{data, location = {Rome}}',
        '@proceedings{conf, title = {Conf}}',
      ].join('\n'),
      'other.bib child',
    );
    assert.deepEqual(adoption.keys, ['child']);
    assert.equal(
      after('refs.bib'),
      [
        '@string{acm = "ACM"}',
        '@string{long = {A long name}}',
        '',
        '@misc{own, title = {Own}}',
        '',
        '@inproceedings{child, title={C},  crossref = "conf", publisher=acm, series = long, month = jan, xdata={data}}',
        '',
        '@proceedings{conf, title = {Conf}}',
        '',
        '@xdata{data, location = {Rome}}',
        '',
      ].join('\n'),
    );
  });

  it('spells out a string that means something else there', () => {
    const { after } = adopt(
      '%! a.tex\n\\addbibresource{refs.bib}\n%! refs.bib\n@string{p = {Other}}\n@misc{own, title = {Own}}\n%! other.bib\n@string{p = {Press}}\n@misc{x, publisher = p # { Inc}, title = {X}}\n',
      'other.bib x',
    );
    assert.match(after('refs.bib'), /publisher = \{Press\} # \{ Inc\}/);
    assert.doesNotMatch(after('refs.bib'), /@string\{p = \{Press\}\}/);
  });

  it('translates BibLaTeX for a document that BibTeX makes', () => {
    const { after } = adopt(
      '%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@misc{own, title = {Own}}\n%! other.bib\n@article{x, title = {X}, journaltitle = {J}, date = {2001-02}}\n',
      'other.bib x',
    );
    assert.match(after('refs.bib'), /journal = \{J\}/);
    assert.match(after('refs.bib'), /year = /);
  });

  const sorted = '@misc{a, title = {A}}\n\n@misc{C, title = {C}}\n\n@misc{e, title = {E}}\n';
  for (const [key, order] of [
    ['b', 'abCe'],
    ['A0', 'aA0Ce'],
    ['d', 'aCde'],
    ['f', 'aCef'],
    ['0', '0aCe'],
  ] as const) {
    it(`puts ${key} where it belongs in a bibliography in order`, () => {
      const { after } = adopt(
        `%! a.tex\n\\addbibresource{refs.bib}\n%! refs.bib\n${sorted}%! other.bib\n@misc{${key}, title = {New}}\n`,
        `other.bib ${key}`,
      );
      const keys = [...after('refs.bib').matchAll(/@misc\{(\w+),/g)].map(match => match[1] ?? '');
      assert.equal(keys.join(''), order);
      assert.match(after('refs.bib'), /^@misc\{\w+, title = \{\w+\}\}(?:\n\n@misc\{\w+, title = \{\w+\}\})*\n$/);
    });
  }

  it('puts parents behind their children even then', () => {
    const { after } = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n${sorted}%! other.bib\n@inbook{d, title = {New}, crossref = {b}}\n@book{b, title = {B}}\n`,
      'other.bib d',
    );
    assert.ok(after('refs.bib').indexOf('@inbook{d,') < after('refs.bib').indexOf('@book{b,'), after('refs.bib'));
    const there = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n${sorted}%! other.bib\n@inbook{d, title = {New}, crossref = {C}}\n@misc{C, title = {C}}\n`,
      'other.bib d',
    );
    const text = there.after('refs.bib');
    assert.ok(text.indexOf('@inbook{d,') < text.indexOf('@misc{C,'), text);
    assert.equal(text.match(/\{C,/g)?.length, 1);
  });

  it('keeps the line ends of the file', () => {
    const { after } = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@misc{a, title = {A}}\r\n${doe}`,
      'doe.ris doe2001',
    );
    assert.doesNotMatch(after('refs.bib'), /[^\r]\n/);
  });

  it('cites a work that the bibliography has under its key there', () => {
    const { adoption } = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@article{forest, author = {Jane Doe}, title = {{Forests}}, year = 2001}\n${doe}`,
      'doe.ris doe2001',
    );
    assert.deepEqual(adoption, { keys: ['forest'] });
  });

  it('finds another key where the bibliography has given it to another work', () => {
    const { adoption, after } = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@book{Doe2001, title = {Something else}}\n${doe}`,
      'doe.ris doe2001',
    );
    assert.deepEqual(adoption.keys, ['doe2001a']);
    assert.match(after('refs.bib'), /@article\{doe2001a,/);
    assert.deepEqual(adoption.addition?.kind === 'copy' && adoption.addition.copy.changes, [
      { from: 'doe2001', to: 'doe2001a' },
    ]);
  });

  it('copies several at once, and one work only once', () => {
    const { adoption, after } = adopt(
      `%! a.tex\n\\addbibresource{refs.bib}\n%! refs.bib\n@misc{a, title = {A}}\n%! other.bib\n@misc{x, title = {X}}\n@article{same, author = {Doe, Jane}, title = {Forests}, year = 2001}\n${doe}`,
      'other.bib x',
      'doe.ris doe2001',
      'refs.bib a',
      'other.bib same',
    );
    assert.deepEqual(adoption.keys, ['x', 'doe2001', 'a', 'doe2001']);
    assert.deepEqual(
      [...after('refs.bib').matchAll(/@\w+\{(\w+),/g)].map(match => match[1]),
      ['a', 'x', 'doe2001'],
    );
  });

  it('makes a key of author, year and title of one that cannot be cited', () => {
    const { adoption } = adopt(
      `%! a.tex\n\\bibliography{refs}\n%! refs.bib\n@misc{a, title = {A}}\n%! lib.json\n[{"id": "http://x.org/a b", "type": "book", "title": "The Woods", "author": [{"family": "Roe"}], "issued": {"date-parts": [[1999]]}}]\n`,
      'lib.json http://x.org/a b',
    );
    assert.deepEqual(adoption.keys, ['roe1999woods']);
  });

  const targets: readonly (readonly [name: string, before: string, after: RegExp])[] = [
    [
      'refs.json',
      '[\n  {"id": "a", "type": "book", "title": "A"}\n]\n',
      /^\[\n {2}\{"id": "a", "type": "book", "title": "A"\},\n {2}\{\n[^]*"id": "x"[^]*\}\n\]\n$/,
    ],
    [
      'refs.json',
      '[\n  {"id": "a", "type": "book"},\n  {"id": "b", "type": "book"},\n  {"id": "z", "type": "book"}\n]\n',
      /"b"[^]*"id": "x"[^]*"z"/,
    ],
    [
      'refs.yaml',
      'references:\n  - id: a\n    type: book\n',
      /^references:\n {2}- id: a\n {4}type: book\n {2}- id: x\n {4}type: /,
    ],
    [
      'refs.yaml',
      '---\nreferences:\n- id: a\n  type: book\n...\n',
      /^---\nreferences:\n- id: a\n {2}type: book\n- id: x\n {2}type: [^]*\n\.\.\.\n$/,
    ],
    [
      'refs.yaml',
      'references:\n- id: a\n  type: book\n- id: b\n  type: book\n- id: z\n  type: book\n',
      /id: b\n {2}type: book\n- id: x\n[^]*\n- id: z\n {2}type: book\n$/,
    ],
    [
      'refs.ris',
      ['a', 'b', 'z'].map(key => `TY  - BOOK\nID  - ${key}\nER  - \n`).join('\n'),
      /ID {2}- b\nER {2}- ?\n\nTY[^]*ID {2}- x\n[^]*ER {2}- ?\n\nTY {2}- BOOK\nID {2}- z\nER {2}- ?\n$/,
    ],
    [
      'refs.ris',
      'TY  - BOOK\nID  - a\nTI  - A\nER  - \n',
      /^TY {2}- BOOK\nID {2}- a\nTI {2}- A\nER {2}- ?\n\nTY {2}- \w+\n[^]*ID {2}- x\n/,
    ],
  ];
  for (const [name, before, expected] of targets) {
    it(`adds to ${name}: ${JSON.stringify(before.slice(0, 40))}`, () => {
      const { adoption, after } = adopt(
        `%! a.md\n---\nbibliography: ${name}\n---\n%! ${name}\n${before}%! other.bib\n@book{x, title = {X}, author = {Doe, Jane}}\n`,
        'other.bib x',
      );
      assert.deepEqual(adoption.keys, ['x']);
      assert.match(after(name), expected);
    });
  }

  it('adds to a bibliography of Typst', () => {
    const { after } = adopt(
      '%! a.typ\n#bibliography("refs.yml")\n%! refs.yml\na:\n  type: book\n  title: A\n%! other.bib\n@book{x, title = {X}}\n',
      'other.bib x',
    );
    assert.match(after('refs.yml'), /^a:\n {2}type: book\n {2}title: A\n\nx:\n {2}type: book\n {2}title: X\n$/i);
  });

  it('tells what does not go in', () => {
    const { adoption } = adopt(
      '%! a.typ\n#bibliography("refs.yml")\n%! refs.yml\na:\n  type: book\n  title: A\n%! other.bib\n@book{x, title = {X}, sortkey = {zzz}}\n',
      'other.bib x',
    );
    assert.ok(adoption.addition?.kind === 'copy');
    assert.deepEqual(
      adoption.addition.copy.losses.map(loss => [loss.key, loss.field]),
      [['x', 'sortkey']],
    );
  });
});

describe('A document without a bibliography', () => {
  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'a.tex',
      '\\documentclass{article}\n\\begin{document}\nx\n\\end{document}\n',
      '\\documentclass{article}\n\\begin{document}\nx\n\\bibliographystyle{plain}\n\\bibliography{references}\n\\end{document}\n',
    ],
    [
      'a.tex',
      '\\usepackage{biblatex}\n% \\begin{document}\n\\begin{document}\n\\end{document}\n',
      '\\usepackage{biblatex}\n% \\begin{document}\n\\addbibresource{references.bib}\n\\begin{document}\n\\end{document}\n',
    ],
    ['a.tex', 'x\n', 'x\n\\bibliographystyle{plain}\n\\bibliography{references}\n'],
    ['a.qmd', '---\ntitle: x\n---\n\ntext\n', '---\ntitle: x\nbibliography: references.bib\n---\n\ntext\n'],
    ['a.md', 'text\n', '---\nbibliography: references.bib\n---\n\ntext\n'],
    [
      'a.md',
      '---\nbibliography: https://x.org/y.bib\n---\n',
      '---\nbibliography: [https://x.org/y.bib, references.bib]\n---\n',
    ],
    [
      'a.md',
      '---\nbibliography: ["https://x.org/y.bib"]\n---\n',
      '---\nbibliography: ["https://x.org/y.bib", references.bib]\n---\n',
    ],
    [
      'a.md',
      '---\nbibliography:\n  - https://x.org/y.bib\n---\n',
      '---\nbibliography:\n  - https://x.org/y.bib\n  - references.bib\n---\n',
    ],
    ['a.typ', '= Title\n', '= Title\n\n#bibliography("references.bib")\n'],
    ['a.rst', 'Text\n', 'Text\n\n.. bibliography:: references.bib\n'],
    ['a.org', '#+title: x\n\ntext\n', '#+title: x\n#+bibliography: references.bib\n\ntext\n\n#+print_bibliography:\n'],
    [
      'a.adoc',
      '= Title\n:toc:\n\ntext\n',
      '= Title\n:bibtex-file: references.bib\n:toc:\n\ntext\n\nbibliography::[]\n',
    ],
    ['a.adoc', 'text\n', ':bibtex-file: references.bib\n\ntext\n\nbibliography::[]\n'],
    ['a.myst', 'text\n', '---\nbibliography: references.bib\n---\n\ntext\n'],
  ];
  // In a format that none of the languages reads.
  const outside = '%! doe.nbib\nPMID- 1\nTI  - Forests\nAU  - Doe J\nDP  - 2001\n';
  for (const [name, before, expected] of cases) {
    it(`gets one, named in its own way: ${name} ${JSON.stringify(before.slice(0, 30))}`, () => {
      const { adoption, after } = adopt(`%! ${name}\n${before}${outside}`, 'doe.nbib doe2001forests');
      assert.ok(
        adoption.addition?.kind === 'create' && adoption.addition.creation.kind === 'possible',
        JSON.stringify(adoption),
      );
      assert.equal(adoption.addition.creation.uri, 'file:///project/references.bib');
      assert.equal(after(name), expected);
      assert.match(after('references.bib'), /^@\w+\{\w+,\n[^]*\}\n$/);
    });
  }

  it('gets the one that it names in vain', () => {
    const { adoption, after } = adopt(`%! a.tex\n\\bibliography{lit/refs}\n${doe}`, 'doe.ris doe2001');
    assert.ok(adoption.addition?.kind === 'create' && adoption.addition.creation.kind === 'possible');
    assert.equal(adoption.addition.creation.uri, 'file:///project/lit/refs.bib');
    assert.deepEqual(adoption.addition.creation.declarations, []);
    assert.match(after('lit/refs.bib'), /^@article\{doe2001,/);
  });

  it('has it named by the document that is processed', () => {
    const { adoption, after } = adopt(
      `%! parts/a.tex\nx\n%! main.tex\n\\documentclass{x}\n\\usepackage[style=apa]{biblatex}\n\\begin{document}\n\\input{parts/a}\n\\end{document}\n${doe}`,
      'doe.ris doe2001',
    );
    assert.ok(adoption.addition?.kind === 'create' && adoption.addition.creation.kind === 'possible');
    assert.equal(adoption.addition.creation.uri, 'file:///project/references.bib');
    assert.match(after('main.tex'), /\\addbibresource\{references\.bib\}\n\\begin\{document\}/);
    assert.match(after('references.bib'), /journaltitle/);
  });

  it('has it named by conf.py, too', () => {
    const { adoption, after } = adopt(
      `%! docs/a.rst\nText\n%! conf.py\nextensions = ["sphinx.ext.math"]\n${doe}`,
      'doe.ris doe2001',
    );
    assert.ok(adoption.addition?.kind === 'create' && adoption.addition.creation.kind === 'possible');
    assert.equal(adoption.addition.creation.uri, 'file:///project/references.bib');
    assert.equal(
      after('conf.py'),
      'extensions = ["sphinxcontrib.bibtex", "sphinx.ext.math"]\nbibtex_bibfiles = ["references.bib"]\n',
    );
    assert.match(after('docs/a.rst'), /\n\.\. bibliography::\n$/);
  });

  it('is left alone where it was never saved', () => {
    const { library } = exactly(`%! a.tex\nx\n${doe}`);
    library.openDocument('untitled:Untitled-1', 'latex', 'x');
    const document = library.manuscript('untitled:Untitled-1');
    const bibliography = library.bibliography('file:///project/doe.ris');
    assert.ok(document && bibliography);
    const adoption = finished(adopting(library, document, [{ bibliography, entry: 0 }], { scope }));
    assert.deepEqual(adoption.addition, { kind: 'impossible', reason: 'unsaved' });
  });
});
