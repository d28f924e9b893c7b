import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';
import type { Subject } from './exercise.ts';
import { excerpt } from './mutate.ts';
import { PROJECT_TEXTS } from './projects.ts';
import type { Random } from './random.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHARED = join(ROOT, '../shared/data');

type Kind = (typeof KINDS)[number];

/** Samples, fixtures of tests, and real libraries where they stand beside the checkout. */
export interface Corpus {
  readonly texts: Readonly<Record<Kind, readonly string[]>>;
  readonly hasRealLibraries: boolean;
}

export function readCorpus(): Corpus {
  const own = (name: string): string[] => [readFileSync(join(ROOT, name), 'utf8')];
  const shared = (name: string): string[] => {
    const path = join(SHARED, name);
    return existsSync(path) ? [readFileSync(path, 'utf8')] : [];
  };
  const units = (name: string): string[] =>
    shared(name).flatMap(text =>
      text
        .trim()
        .split('\n')
        .map(line => (JSON.parse(line) as { text: string }).text),
    );
  const bib = [
    ...own('samples/references.bib'),
    ...own('test/syntax/bibtex.cases.txt'),
    ...shared('libraries/biblatex-examples.bib'),
    ...shared('libraries/raw-10M.bib'),
    ...shared('libraries/clean-10M.bib'),
    ...shared('pure-portal-page.txt'),
    units('conversion/bibtex-entries.jsonl').join('\n'),
  ].filter(text => text !== '');
  const ris = [
    ...own('samples/reading-list.ris'),
    ...own('test/syntax/tagged.cases.txt'),
    ...shared('libraries/every-type-every-tag.ris'),
    ...shared('libraries/clean-10M.ris'),
    ...shared('pure-portal-page.txt'),
    units('conversion/ris-records.jsonl').join('\n'),
  ].filter(text => text !== '');
  const json = [
    convert(bib[0] ?? '', { from: 'biblatex', to: 'csl-json' }).text,
    convert(ris[0] ?? '', { from: 'ris', to: 'csl-json' }).text,
    ...own('test/formats/cslJson.test.ts'),
  ];
  const tex = [...own('samples/paper.tex'), ...own('test/languages/latex.test.ts')];
  const md = [...own('samples/paper.md'), ...own('test/languages/markdown.test.ts')];
  const language = (name: string): string[] => own(`test/languages/${name}.test.ts`);
  const records = (format: FormatName): string[] => [
    convert(bib[0] ?? '', { from: 'biblatex', to: format, lossless: true }).text,
    convert(ris[0] ?? '', { from: 'ris', to: format, lossless: false }).text,
  ];
  return {
    texts: {
      ...{ bib, ris, json, tex, md },
      ...{ yaml: records('csl-yaml'), yml: records('hayagriva'), cff: records('cff'), xml: records('endnote-xml') },
      ...{ nbib: [...records('pubmed'), ...own('test/formats/pubmed.test.ts')], enw: records('refer') },
      ...{ ciw: own('test/formats/webOfScience.test.ts'), mods: own('test/formats/structured.test.ts') },
      ...{ typ: language('typst'), org: language('org'), rst: language('restructuredText') },
      ...{ adoc: language('asciidoc'), myst: language('myst'), py: language('percentScript') },
      ...{ dtx: language('latexDocumentation'), Rnw: language('latexChunks') },
    },
    hasRealLibraries: existsSync(SHARED),
  };
}

const KINDS = [
  ...([
    'bib',
    'bib',
    'bib',
    'bib',
    'bib',
    'ris',
    'ris',
    'ris',
    'json',
    'json',
    'tex',
    'tex',
    'tex',
    'md',
    'md',
  ] as const),
  ...(['yaml', 'yml', 'cff', 'xml', 'mods', 'nbib', 'enw', 'ciw'] as const),
  ...(['typ', 'org', 'rst', 'adoc', 'myst', 'py', 'dtx', 'Rnw'] as const),
] as const;

/** A file as it is, or the beginning of one that is going to be changed. */
export function pickSubject({ texts }: Corpus, random: Random): Subject & { readonly others: readonly string[] } {
  if (random.once(6)) {
    const [name, text] = random.pick(Object.entries(PROJECT_TEXTS));
    return { name, text, others: Object.values(PROJECT_TEXTS) };
  }
  const kind = random.pick(KINDS);
  const text = excerpt(random.pick(texts[kind]), random.pick([200, 1000, 4000, 12_000]), random);
  return { name: `file.${kind}`, text, others: random.once(5) ? Object.values(texts).flat() : texts[kind] };
}
