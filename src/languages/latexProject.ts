import { append } from '../base/append.ts';
import type { Declarations, Include, ProjectFile, SearchFolder } from './language.ts';
import { readSearchPath } from './texSearchPath.ts';

/** What builds a LaTeX document says which one it is and where files are looked for. */
export const latexProjectFiles: readonly ProjectFile[] = [
  { name: '.latexmkrc', isRoot: false, scan: scanLatexmkrc },
  { name: 'latexmkrc', isRoot: false, scan: scanLatexmkrc },
  { name: 'Tectonic.toml', isRoot: true, scan: scanTectonic },
];

/** Settings of latexmk, which are Perl: read as text and never run (latexmk manual, "@default_files", "ensure_path"). */
function scanLatexmkrc(text: string): Declarations {
  const roots: Include[] = [];
  const searchFolders: SearchFolder[] = [];
  const code = text.replace(/(^|[\s;])#[^\r\n]*/g, '$1');
  const add = (variable: string | undefined, paths: readonly string[]): void => {
    const holds = variable === undefined ? undefined : searched.get(variable);
    if (holds === undefined) return;
    for (const path of paths)
      for (const folder of readSearchPath(homeOf(path))) searchFolders.push({ ...folder, holds });
  };
  for (const { index, 0: head, 1: name } of statements(code, /@(default_files|BIBINPUTS|TEXINPUTS)\s{0,9}=/g)) {
    const list = stringsIn(code, index + head.length);
    if (name === 'default_files')
      for (const file of list.filter(one => one !== '' && !/[*?$]/.test(one))) roots.push(include(file, index));
    else add(name, list);
  }
  for (const { index, 0: head } of statements(code, /\bensure_path\s{0,9}(?=\()/g)) {
    const [variable, ...paths] = stringsIn(code, index + head.length);
    add(variable, paths);
  }
  for (const { index, 0: head, 1: name } of statements(
    code,
    /\$ENV\{['"]?(BIBINPUTS|TEXINPUTS)['"]?\}\s{0,9}\.?=(?![=~])/g,
  ))
    add(name, stringsIn(code, index + head.length));
  return { declarations: [], includes: [], roots, searchFolders };
}

const searched: ReadonlyMap<string, SearchFolder['holds']> = new Map([
  ['BIBINPUTS', 'bibliographies'],
  ['TEXINPUTS', 'documents'],
]);

/** The user's folder as Perl writes it; a path with another variable means nothing here. */
const homeOf = (path: string): string => path.replaceAll('\\\\', '\\').replace(/\$ENV\{['"]?HOME['"]?\}/g, '~');

/** How far a statement is read. */
const longestStatement = 3000;
/** Statements of one kind that are read. */
const mostStatements = 100;

function* statements(code: string, begin: RegExp): Generator<RegExpExecArray> {
  let count = 0;
  for (const match of code.matchAll(begin)) {
    if (++count > mostStatements) return;
    yield match;
  }
}

/** The strings of a Perl statement from `start` to its `;`, and the words of `qw(…)`; what stands in braces is a name. */
function stringsIn(text: string, start: number): string[] {
  const limit = Math.min(text.length, start + longestStatement);
  const found: string[] = [];
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (char === ';') break;
    if (char === '{') at = endOf(text, '}', at + 1, limit);
    else if (char === '"' || char === "'") {
      const end = endOf(text, char, at + 1, limit);
      found.push(text.slice(at + 1, end));
      at = end;
    } else if (char === 'q' && /^qw\s{0,9}[(/[{]/.test(text.slice(at, at + 12))) {
      const open = text.slice(at, at + 12).search(/[(/[{]/) + at;
      const end = endOf(text, qwClosers.get(text[open] ?? '') ?? ')', open + 1, limit);
      append(
        found,
        text
          .slice(open + 1, end)
          .split(/\s+/)
          .filter(Boolean),
      );
      at = end;
    }
  }
  return found;
}

const qwClosers: ReadonlyMap<string, string> = new Map([
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
  ['/', '/'],
]);

function endOf(text: string, closer: string, start: number, limit: number): number {
  const end = text.slice(start, limit).indexOf(closer);
  return end < 0 ? limit : start + end;
}

/** Inputs lie in `src`, without any named three of them (Tectonic book, "The Tectonic.toml File"). */
function scanTectonic(text: string): Declarations {
  const names = new Set<string>();
  const searchFolders: SearchFolder[] = [];
  const lines = text.split(/\r?\n/);
  let section = '';
  let offset = 0;
  for (const line of lines) {
    const header = /^\s*\[\[?\s*([\w.-]+)\s*\]/.exec(line)?.[1];
    const key = /^\s*([\w-]+)\s*=/.exec(line)?.[1];
    if (header !== undefined) section = header;
    else if (section === 'output' && key !== undefined && inputKeys.has(key))
      for (const name of tomlStrings(text, offset + line.indexOf('=') + 1)) names.add(name);
    else if (section === 'doc' && key === 'extra_paths' && searchFolders.length === 0)
      for (const path of tomlStrings(text, offset + line.indexOf('=') + 1))
        searchFolders.push(
          { path, isTree: false, holds: 'documents' },
          { path, isTree: false, holds: 'bibliographies' },
        );
    offset = text.indexOf('\n', offset) + 1;
  }
  const inputs = names.size === 0 ? usualInputs : [...names];
  return { declarations: [], includes: [], roots: inputs.map(name => include(`src/${name}`, 0)), searchFolders };
}

const inputKeys: ReadonlySet<string> = new Set(['inputs', 'preamble', 'index', 'postamble']);
const usualInputs: readonly string[] = ['_preamble.tex', 'index.tex', '_postamble.tex'];

/** The value at `start`: a string, or those of a list, which may go on over lines. An inline table is passed over. */
function tomlStrings(text: string, start: number): string[] {
  const limit = Math.min(text.length, start + longestStatement);
  const found: string[] = [];
  let isList = false;
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (char === '[') isList = true;
    else if (char === ']' || (char === '\n' && !isList)) break;
    else if (char === '#') at = endOf(text, '\n', at, limit) - 1;
    else if (char === '{') at = endOf(text, '}', at, limit);
    else if (char === '"' || char === "'") {
      const end = endOf(text, char, at + 1, limit);
      found.push(text.slice(at + 1, end));
      at = end;
    }
  }
  return found;
}

const include = (target: string, at: number): Include => ({
  target,
  span: { start: at, end: at },
  impliedExtensions: ['.tex'],
});
