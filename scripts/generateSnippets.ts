import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BIBLATEX_TYPES, type EntryType } from '../src/data/biblatexTypes.ts';
import { BIBTEX_TYPES } from '../src/data/bibtexTypes.ts';

/**
 * Writes snippets/bibtex.json from the tables of entry types: `npx tsx scripts/generateSnippets.ts`. A test compares the file with what
 * this writes.
 */
export interface Snippet {
  readonly prefix: readonly string[];
  readonly body: readonly string[];
  readonly description: string;
}

export function bibtexSnippets(): Record<string, Snippet> {
  const biblatex = BIBLATEX_TYPES.filter(type => type.aliasOf === undefined);
  const known = new Set(biblatex.map(type => type.name));
  // Types that both know are offered in BibLaTeX's form, and in BibTeX's own under a prefix of its own.
  const bibtex = BIBTEX_TYPES.map(type => ({ type, prefix: known.has(type.name) ? `${type.name}-bibtex` : type.name }));
  return Object.fromEntries([
    ...biblatex.map(type => [`@${type.name}`, entrySnippet(type, type.name)]),
    ...bibtex.map(({ type, prefix }) => [`@${type.name} (BibTeX)`, entrySnippet(type, prefix)]),
    ...Object.entries(OTHERS),
  ]) as Record<string, Snippet>;
}

const OTHERS: Readonly<Record<string, Snippet>> = {
  '@string': {
    prefix: ['@string', 'string'],
    body: ['@string{${1:name} = {${2:text}}}', '$0'],
    description: 'An abbreviation that other values can use.',
  },
  '@comment': {
    prefix: ['@comment', 'comment'],
    body: ['@comment{${1:text}}', '$0'],
    description: 'Text that is no entry.',
  },
  '@preamble': {
    prefix: ['@preamble', 'preamble'],
    body: ['@preamble{"${1:\\\\newcommand{\\\\noopsort\\}[1]{\\}}"}', '$0'],
    description: 'TeX that stands before the bibliography.',
  },
};

function entrySnippet(type: EntryType, prefix: string): Snippet {
  const names = type.required.map(group => group[0] ?? '');
  const width = Math.max(0, ...names.map(name => name.length));
  let stop = 1;
  const lines = type.required.map(group => {
    const [first = ''] = group;
    // Of fields that stand for each other, the user chooses the name.
    const name = group.length > 1 ? `\${${++stop}|${group.join(',')}|}` : first;
    return `\t${name}${' '.repeat(width - first.length)} = {$${++stop}},`;
  });
  return {
    prefix: [`@${prefix}`, prefix],
    body: [`@${type.name}{\${1:key},`, ...lines, '\t$0', '}'],
    description: type.description,
  };
}

if (process.argv[1] === import.meta.filename) {
  const file = join(import.meta.dirname, '../snippets/bibtex.json');
  writeFileSync(file, `${JSON.stringify(bibtexSnippets(), undefined, 2)}\n`);
}
