import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** A folder imports only from itself and from folders above it in this list. */
const pure = [
  'base',
  'protocol',
  'data',
  'text',
  'syntax',
  'model',
  'formats',
  'styles',
  'sources',
  'languages',
  'library',
  'rules',
  'features',
];
/** Below everything, side by side: they do not import each other. */
const ends = ['server', 'cli', 'client'];
/** What `client` sees of the rest. */
const seenByClient = ['base', 'protocol'];
/** Folders of members that stand side by side: those that `index.ts` of the folder lists. */
const sideBySide = ['formats', 'languages', 'rules', 'sources'];
/** What every member of a folder speaks. */
const contracts = ['formats/format', 'languages/language'];
/** Files of such a folder that work with its members as a whole, as `index.ts` does. */
const aboveMembers = ['formats/index', 'formats/convert', 'formats/page', 'languages/index'];
/** Members that build on another one. */
const builtOn: Readonly<Record<string, readonly string[]>> = {
  'formats/amsrefs': ['formats/biblatex'],
  'formats/bbl': ['formats/biblatex'],
  'formats/biblatex': ['formats/bibtex'],
  'languages/myst': ['languages/markdown'],
  'languages/percentScript': ['languages/markdown'],
};

interface Import {
  /** Relative to `src`, without `.ts`. */
  readonly from: string;
  /** Likewise for a file of ours; otherwise the name of the package. */
  readonly to: string;
  readonly isPackage: boolean;
}

const source = resolve(__dirname, '../src');

describe('the architecture', () => {
  const files = filesUnder(source);
  const imports = files.flatMap(importsOf);
  const own = imports.filter(one => !one.isPackage);

  it('is seen at all', () => {
    assert.ok(files.length > 10, `only ${files.length} files under ${source}`);
    assert.ok(own.length > 10, `only ${own.length} imports among them`);
  });

  it('has only the folders of the list', () => {
    const folders = new Set(
      files
        .map(nameOf)
        .filter(name => name.includes('/'))
        .map(folderOf),
    );
    assert.deepEqual(
      [...folders].filter(folder => !pure.includes(folder) && !ends.includes(folder)),
      [],
    );
  });

  it('imports only upwards', () => {
    report(own.filter(one => !isUpward(one)));
  });

  it('shows client only base and protocol', () => {
    report(
      own.filter(one => folderOf(one.from) === 'client' && !['client', ...seenByClient].includes(folderOf(one.to))),
    );
  });

  for (const folder of sideBySide.filter(name => files.some(file => folderOf(nameOf(file)) === name))) {
    it(`keeps the members of ${folder} apart from each other`, () => {
      const index = `${folder}/index`;
      const listed = own.filter(one => one.from === index && folderOf(one.to) === folder).map(one => one.to);
      const members = new Set(listed.filter(name => !contracts.includes(name) && !aboveMembers.includes(name)));
      assert.ok(members.size > 1, `${index}.ts lists ${members.size} members`);
      report(own.filter(one => members.has(one.to) && folderOf(one.from) === folder && !mayImportMember(one)));
    });
  }

  it('has no import rings', () => {
    const rings = ringsOf(own);
    assert.deepEqual(
      rings.map(ring => ring.join(' -> ')),
      [],
    );
  });

  it('knows no platform in the pure part', () => {
    const platform = /^(?:node:|vscode$|vscode-languageserver|vscode-languageclient)/;
    report(imports.filter(one => one.isPackage && pure.includes(folderOf(one.from)) && platform.test(one.to)));
  });
});

function report(wrong: readonly Import[]): void {
  assert.deepEqual(
    wrong.map(one => `${one.from} imports ${one.to}`),
    [],
  );
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map(name => join(folder, name));
}

function nameOf(path: string): string {
  return relative(source, path).replace(/\.ts$/, '').replaceAll(sep, '/');
}

/** The first part of a name; for a file beside the folders the name itself. */
function folderOf(name: string): string {
  return name.split('/', 1)[0] ?? name;
}

/** Every import of a file: static, dynamic, of types, re-exports, `require`. */
function importsOf(path: string): Import[] {
  const found = ts.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles;
  return found.map(({ fileName }) => {
    const isPackage = !fileName.startsWith('.');
    return { from: nameOf(path), to: isPackage ? fileName : nameOf(resolve(dirname(path), fileName)), isPackage };
  });
}

function isUpward({ from, to }: Import): boolean {
  const [fromFolder, toFolder] = [folderOf(from), folderOf(to)];
  if (fromFolder === toFolder) return true;
  // A file beside the folders, such as the entry of the library, stands below the pure part and above nothing.
  if (!to.includes('/')) return false;
  const height = (folder: string): number => (pure.includes(folder) ? pure.indexOf(folder) : pure.length);
  return height(toFolder) < height(fromFolder);
}

/** A member's parts carry its name in front of theirs: `bibtexFile` is part of `bibtex`. */
function mayImportMember({ from, to }: Import): boolean {
  return aboveMembers.includes(from) || from.startsWith(to) || builtOn[from]?.includes(to) === true;
}

/** One ring for every import that closes one. Walks with its own stack: a chain of imports may be long. */
function ringsOf(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const rings: string[][] = [];
  const done = new Set<string>();
  for (const start of targets.keys()) {
    const path: { name: string; next: number }[] = done.has(start) ? [] : [{ name: start, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = targets.get(top.name)?.[top.next++];
      if (target === undefined) {
        done.add(top.name);
        path.pop();
        continue;
      }
      const at = path.findIndex(step => step.name === target);
      if (at !== -1) rings.push([...path.slice(at).map(step => step.name), target]);
      else if (!done.has(target)) path.push({ name: target, next: 0 });
    }
  }
  return rings;
}
