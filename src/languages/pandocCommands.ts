import type { BibliographyDeclaration, Declarations, Include, ProjectFile } from './language.ts';
import { declarationAt } from './yamlMetadata.ts';
import type { YamlPlace } from './yamlMetadata.ts';

/** Files of commands, which may run Pandoc. Most of them build something else. */
export const pandocCommandFiles: readonly ProjectFile[] = ['Makefile', 'makefile', 'GNUmakefile', 'justfile'].map(
  name => ({ name, isRoot: false, scan: scanCommands }),
);

/**
 * `pandoc --bibliography=refs.bib -d defaults a.md`, read as text: nothing of it is run. In which folder a command would run is not
 * known, so nobody is told of a file that is not there.
 */
function scanCommands(text: string): Declarations {
  const declarations: BibliographyDeclaration[] = [];
  const includes: Include[] = [];
  if (!text.includes('pandoc')) return { declarations, includes };
  const variables = variablesOf(text);
  for (const match of text.matchAll(option)) {
    const [whole, name = '', written = ''] = match;
    if (isCommentedOut(text, match.index)) continue;
    const place = placeOf(written, match.index + whole.length - written.length, variables);
    if (place === undefined) continue;
    if (/^-d|^--d/.test(name)) includes.push({ ...place, impliedExtensions: ['.yaml', '.yml'] });
    else if (name.startsWith('--metadata-file')) includes.push({ ...place, impliedExtensions: [] });
    else declarations.push({ ...declarationAt(place), isUncertain: true });
  }
  return { declarations, includes };
}

/** An option of Pandoc that names a file, and the file. */
const option =
  /(?<=[\s"'=(])(--bibliography|--defaults|-d|--metadata-file|(?:-M|--metadata)[ =]bibliography)[=: \t]\s{0,9}("[^"\n]{1,500}"|'[^'\n]{1,500}'|[^\s"']{1,500})/g;

function isCommentedOut(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - longestLine), at);
  return /^[ \t]{0,40}#/.test(before.slice(before.lastIndexOf('\n') + 1));
}

const longestLine = 2000;

/** `BIB = refs.bib`, also with `:=`, `?=` and quotes. */
function variablesOf(text: string): ReadonlyMap<string, string> {
  const variables = new Map<string, string>();
  for (const line of text.split('\n', mostLines)) {
    const [, name, value = ''] =
      /^(?:export )?([\w-]{1,80})[ \t]{0,20}[:?]{0,2}=[ \t]{0,20}(.{1,500})$/.exec(line) ?? [];
    if (name !== undefined && !variables.has(name)) variables.set(name, value.trim().replace(/^["']|["']$/g, ''));
  }
  return variables;
}

const mostLines = 20_000;

/** The path that is meant, where one step tells what its variables stand for. */
function placeOf(written: string, start: number, variables: ReadonlyMap<string, string>): YamlPlace | undefined {
  const isQuoted = /^["']/.test(written);
  const inner = isQuoted ? written.slice(1, -1) : written;
  const from = isQuoted ? start + 1 : start;
  const target = inner
    .replace(/\$[({](?:CURDIR|PWD|HOME)[)}]/g, name => (name.includes('HOME') ? '~' : '.'))
    .replace(
      /\$[({]([\w-]{1,80})[)}]|\{\{[ ]?([\w-]{1,80})[ ]?\}\}/g,
      (whole: string, make?: string, just?: string) => variables.get(make ?? just ?? '') ?? whole,
    );
  if (target === '' || /[$*{}|;`<>]/.test(target)) return undefined;
  return { target, span: { start: from, end: from + inner.length } };
}
