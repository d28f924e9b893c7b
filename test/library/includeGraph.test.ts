import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import type { IncludeGraph } from '../../src/library/includeGraph.ts';
import { Library } from '../../src/library/library.ts';
import { notebookOf } from '../../src/library/paths.ts';
import { projectRoots } from '../../src/library/scopeSource.ts';

const root = 'file:///project';
const at = (name: string): string => (name.includes(':') ? name : `${root}/${name}`);
const cell = (id: string): string => `vscode-notebook-cell:/project/n.ipynb#${id}sZmlsZQ%3D%3D`;

const MAIN = '\\documentclass{a}\\begin{document}';

function libraryWith(files: Readonly<Record<string, string>>): Library {
  const library = new Library({ formats, languages });
  for (const [name, text] of Object.entries(files)) put(library, at(name), text);
  return library;
}

/** Cells are known only while an editor shows them. */
function put(library: Library, uri: string, text: string | undefined): void {
  if (notebookOf(uri) === undefined) library.setFile(uri, text === undefined ? undefined : { text });
  else if (text === undefined) library.closeDocument(uri);
  else library.openDocument(uri, 'markdown', text);
}

const rootsIn = (library: Library, name: string): string[] =>
  library
    .includeGraph()
    .rootsOf(at(name))
    .map(uri => uri.replace(`${root}/`, ''));

describe('include graph', () => {
  const cases: [what: string, files: Record<string, string>, of: string, roots: string[]][] = [
    ['a document alone', { 'main.tex': MAIN }, 'main.tex', ['main.tex']],
    ['a chapter', { 'main.tex': `${MAIN}\\input{a}`, 'a.tex': '' }, 'a.tex', ['main.tex']],
    [
      'a chapter of a chapter, from the folder of the root',
      { 'main.tex': `${MAIN}\\input{ch/a}`, 'ch/a.tex': '\\input{ch/b}', 'ch/b.tex': '' },
      'ch/b.tex',
      ['main.tex'],
    ],
    [
      'files of the same names in other folders',
      Object.fromEntries(
        ['p', 'q', 'r'].flatMap(folder => [
          [`${folder}/main.tex`, `${MAIN}\\input{ch/a}`],
          [`${folder}/ch/a.tex`, ''],
        ]),
      ),
      'q/ch/a.tex',
      ['q/main.tex'],
    ],
    [
      'a part of a chapter, which the chapter names from the folder of the root, among folders of the same layout',
      Object.fromEntries(
        ['p', 'q', 'r'].flatMap(folder => [
          [`${folder}/main.tex`, `${MAIN}\\input{ch/a}`],
          [`${folder}/ch/a.tex`, '\\input{ch/b}\\input{../common/c}'],
          [`${folder}/ch/b.tex`, ''],
          [`${folder}/common/c.tex`, ''],
        ]),
      ),
      'q/ch/b.tex',
      ['q/main.tex'],
    ],
    [
      'a part that a shared chapter names from the folder of the root',
      { 'p/main.tex': `${MAIN}\\input{../shared/a}`, 'shared/a.tex': '\\input{../p/b}\\input{c/d}', 'p/c/d.tex': '' },
      'p/c/d.tex',
      ['p/main.tex'],
    ],
    [
      'a document beside one of the same name above, where paths begin here',
      {
        'index.rst': '.. toctree::\n\n   sub/index',
        'sub/index.rst': '.. toctree::\n\n   intro',
        'sub/intro.rst': '',
        'intro.rst': '',
      },
      'intro.rst',
      ['intro.rst'],
    ],
    [
      'a path from the root of the project',
      { 'doc/main.typ': '#include "/parts/a.typ"', 'parts/a.typ': '', 'doc/sub/b.typ': '#include "/parts/b.typ"' },
      'parts/a.typ',
      ['doc/main.typ', 'parts/a.typ'],
    ],
    [
      'a path upwards',
      { 'p/main.tex': `${MAIN}\\input{../shared/a}`, 'shared/a.tex': '' },
      'shared/a.tex',
      ['p/main.tex'],
    ],
    [
      'a path with macros',
      { 'main.tex': `\\newcommand{\\ch}{parts/a}${MAIN}\\input{\\ch}`, 'parts/a.tex': '' },
      'parts/a.tex',
      ['main.tex'],
    ],
    ['an escaped path', { 'a.rst': '.. include:: my b.rst', 'my%20b.rst': '' }, 'my%20b.rst', ['a.rst', 'my%20b.rst']],
    [
      'a file of metadata between',
      { 'a.md': '---\nmetadata-files: [m.yml]\n---\n', 'm.yml': 'metadata-files: [b.md]', 'b.md': '' },
      'b.md',
      ['a.md', 'b.md'],
    ],
    [
      'a folder that latexmk looks into',
      { 'main.tex': `${MAIN}\\input{a}`, latexmkrc: "ensure_path('TEXINPUTS', './parts//');", 'parts/x/a.tex': '' },
      'parts/x/a.tex',
      ['main.tex'],
    ],
    ['a chapter without a document', { 'a.tex': '\\input{b}', 'b.tex': '\\input{c}', 'c.tex': '' }, 'c.tex', ['a.tex']],
    ['chapters that include each other', { 'a.tex': '\\input{b}', 'b.tex': '\\input{a}' }, 'b.tex', ['a.tex']],
    [
      'a document that the project names',
      { 'main.tex': '\\input{a}', latexmkrc: "@default_files = ('main.tex');", 'a.tex': '' },
      'a.tex',
      ['main.tex'],
    ],
    ['a cell', { [cell('W0')]: '', [cell('W1')]: '', 'other.md': '' }, cell('W1'), [cell('W0')]],
  ];
  for (const [what, files, of, roots] of cases) {
    it(`finds the roots of ${what}`, () => {
      assert.deepEqual(rootsIn(libraryWith(files), of), roots);
    });
  }

  it('learns of files as they come and go', () => {
    const library = libraryWith({ 'a.tex': '' });
    assert.deepEqual(rootsIn(library, 'a.tex'), ['a.tex']);
    library.setFile(at('main.tex'), { text: `${MAIN}\\input{ch}` });
    assert.deepEqual(rootsIn(library, 'a.tex'), ['a.tex']);
    library.setFile(at('ch.tex'), { text: '\\input{a}' });
    assert.deepEqual(rootsIn(library, 'a.tex'), ['main.tex']);
    library.setFile(at('main.tex'), { text: '\\input{ch}' });
    library.setFile(at('ch.tex'), undefined);
    assert.deepEqual(rootsIn(library, 'a.tex'), ['a.tex']);
  });

  it('names no more roots of a template than anybody could want', () => {
    const many = Array.from({ length: 200 }, (_, index): [string, string] => [`${index}.tex`, `${MAIN}\\input{t}`]);
    const library = libraryWith({ ...Object.fromEntries(many), 't.tex': '' });
    assert.equal(rootsIn(library, 't.tex').length, 50);
  });

  it('follows nothing when a file comes that includes nothing and that nobody includes', () => {
    const library = libraryWith({ 'main.tex': `${MAIN}\\input{a}`, 'a.tex': '' });
    const tree = library.includeGraph().treeOf(at('main.tex'), at('main.tex'));
    library.setFile(at('new.tex'), { text: 'Text' });
    library.setFile(at('a.tex'), { text: 'Other text' });
    assert.equal(library.includeGraph().treeOf(at('main.tex'), at('main.tex')), tree);
    library.setFile(at('a.tex'), { text: '\\input{new}' });
    assert.notEqual(library.includeGraph().treeOf(at('main.tex'), at('main.tex')), tree);
  });

  it('looks at no more documents where more folders have the same layout', () => {
    const asked = [20, 80].map(count => {
      const files = Array.from({ length: count }, (_, index): [string, string][] => [
        [`p${index}/main.tex`, `${MAIN}\\input{ch/a}`],
        [`p${index}/ch/a.tex`, '\\input{ch/b}\\input{../common/c}\\input{./ch/d}'],
        ...['ch/b', 'common/c', 'ch/d'].map((name): [string, string] => [`p${index}/${name}.tex`, '']),
      ]);
      const library = libraryWith(Object.fromEntries(files.flat()));
      const graph = library.includeGraph();
      const look = library.document.bind(library);
      let looks = 0;
      library.document = uri => {
        looks++;
        return look(uri);
      };
      for (const name of ['ch/a', 'ch/b', 'common/c', 'ch/d'])
        assert.deepEqual(graph.rootsOf(at(`p7/${name}.tex`)), [at('p7/main.tex')]);
      return looks;
    });
    assert.equal(asked[0], asked[1]);
  });

  const names = 'main.tex a.tex b.tex ch/a.tex ch/main.tex ch/b.tex latexmkrc n.md m.yml i.rst ch/i.rst'
    .concat(' ch/ch/main.tex ch/ch/b.tex q/main.tex q/ch/a.tex q/ch/b.tex')
    .split(' ');
  const uri = fc.constantFrom(...[...names, cell('W0'), cell('W1'), cell('W2')].map(at));
  const pieces = [
    MAIN,
    ...[
      'a',
      'b',
      'ch/a',
      '../a',
      '../ch/b',
      '../../ch/b',
      '../../../a',
      '../../../../b',
      'main',
      'ch/main',
      './b',
      '\\x',
      '\\x/a',
      'a.tex',
      '/project/b',
    ].map(path => `\\input{${path}}\n`),
    '\\newcommand{\\x}{ch}\n',
    '\\newcommand{\\x}{a}\n',
    "@default_files = ('b.tex');\n",
    "ensure_path('TEXINPUTS', './ch//');\n",
    '---\nmetadata-files: [m.yml]\n---\n',
    'metadata-files: [n.md, ch/i.rst]\n',
    '.. toctree::\n\n   i\n   ch/i\n\n',
    '.. include:: ../i.rst\n\n',
    '.. include:: /ch/i.rst\n\n',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 4 }).map(parts => parts.join(''));
  const change = fc.record({ uri, text: fc.option(text, { nil: undefined }), looks: fc.boolean() });

  it('law: what was learnt file by file is what following everything finds', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 25 }), script => {
        const library = new Library({ formats, languages });
        const disk = new Map<string, string>();
        for (const step of script) {
          put(library, step.uri, step.text);
          if (step.text === undefined) disk.delete(step.uri);
          else disk.set(step.uri, step.text);
          if (step.looks) for (const one of library.documentUris()) library.includeGraph().rootsOf(one);
        }
        const fresh = new Library({ formats, languages });
        for (const [one, content] of disk) put(fresh, one, content);
        const graph = library.includeGraph();
        const reached = rootsByAll(fresh);
        for (const one of library.documentUris()) {
          const roots = graph.rootsOf(one);
          assert.deepEqual(roots, fresh.includeGraph().rootsOf(one));
          if (reached.get(one)?.length !== 0) assert.deepEqual(roots, reached.get(one), one);
          else assert.ok(roots.length > 0 && roots.every(from => graph.treeOf(from, from).has(one)));
          for (const from of roots)
            assert.deepEqual(picture(graph, one, from), picture(fresh.includeGraph(), one, from));
        }
      }),
      { seed: 5, numRuns: 1000 },
    );
  });
});

const picture = (graph: IncludeGraph, uri: string, from: string): unknown => [
  [...graph.treeOf(uri, from)],
  graph.missingIn(uri, from),
];

/** The roots of all documents that are reached from one that is processed, found by walking down from each of those. */
function rootsByAll(library: Library): Map<string, readonly string[]> {
  const graph = library.includeGraph();
  const uris = [...library.documentUris()];
  const tree = (uri: string): ReadonlySet<string> => graph.treeOf(uri, uri);
  const isRoot = (uri: string): boolean => {
    const notebook = notebookOf(uri);
    if (notebook !== undefined) return uris.find(one => notebookOf(one) === notebook) === uri;
    return library.document(uri)?.scanned.standalone === true;
  };
  const found = new Map<string, readonly string[]>(
    uris.map(uri => [uri, uris.filter(one => isRoot(one) && tree(one).has(uri))]),
  );
  const rest = uris.filter(uri => found.get(uri)?.length === 0);
  const project = new Map(rest.map(uri => [uri, projectRoots(library, uri)]));
  for (const uri of rest) {
    const own = project.get(uri) ?? [];
    const other = [...project.values()].find(roots => roots.some(one => tree(one).has(uri)));
    found.set(uri, own.length > 0 ? own : (other ?? []));
  }
  return found;
}
