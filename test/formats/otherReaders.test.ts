import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed } from '../../src/formats/index.ts';
import { cffProblems } from '../support/cffRules.ts';
import { violations, type Schema } from '../support/jsonSchema.ts';

interface Input {
  readonly from: FormatName;
  readonly text: string;
}

const bibtex = String.raw`
@string{acm = {ACM Press}}
@article{gillard2015, author = {von der Berg, Jr, Hans and {WHO and {UN}} and others}, title = {A {B} study: 50\,\% of {$x^2$} \& more},
  journaltitle = "Journal of {Peers}", year = 2015, month = "10~" # jan, pages = {682--694}, url = {https://x.org/?a=1&b=%20#c_d~e},
  abstract = {One line.

    Another paragraph, with a TY  - JOUR in it.}, keywords = {peers, {work, paid}}, note = {a}, annotation = {b}}
@inbook{key+with:odd/chars, crossref = {whole}, title = {Part \textit{one}}, chapter = 3, mine = {unknown {} field}}
@book{whole, title = {Whole}, subtitle = {Sub}, publisher = acm # { and } # "Sons", date = {-0044~/..}, isbn = {3-16-148410-X}, edition = {2nd}}
@custom{odd, title = {@ at # hash % percent}, author = {A, B, C, D, E}, date = {2015-21/2016-22}}
@online{web, title = {W}, urldate = {2020-02-03}, eprint = {1501.00001}, eprinttype = {arxiv}, langid = {german}}
@software{s, title = {S}, version = {1}, author = {Roe, Ann and Roe, Ann}, keywords = {a, a}, doi = {10.5281/zenodo.1}}
`;

const ris = `TY  - JOUR
AU  - Roe, Ann, Jr.
AU  - World Health Organization
TI  - A title & more {x} 100% \\ #1 $2 ~ ^ _
T2  - Journal
PY  - 2012///Spring
SP  - e12
SN  - 1234-5678; 978-3-16-148410-0
KW  - one
two
XX  - unknown
N1  - note
ER  - 

TY  - ODD
TI  - @book{no, entry}
C1  - x
ER  - 
`;

const own: readonly Input[] = [
  { from: 'biblatex', text: bibtex },
  { from: 'ris', text: ris },
];

const folder = '../shared/data/conversion';
const units = (name: string, from: FormatName): Input[] =>
  readFileSync(`${folder}/${name}`, 'utf8')
    .trim()
    .split('\n')
    .map(line => ({ from, text: (JSON.parse(line) as { text: string }).text }));
const real = (): Input[] => [...units('bibtex-entries.jsonl', 'biblatex'), ...units('ris-records.jsonl', 'ris')];

const both = [true, false] as const;
const written = (input: Input, to: FormatName): string[] =>
  // A text in its own format stays as it is: it goes a long way round.
  (input.from === to
    ? written(input, 'csl-json').map((text): Input => ({ from: 'csl-json', text: withoutRecords(text) }))
    : [input]
  ).flatMap(one => writtenFrom(one, to));

/** Without the records that would be put back as they were. */
const withoutRecords = (json: string): string =>
  JSON.stringify(JSON.parse(json), (name, value: unknown) => (name.endsWith(':record') ? undefined : value));

const writtenFrom = (input: Input, to: FormatName): string[] =>
  both.map(lossless => convert(input.text, { from: input.from, to, lossless }).text).filter(text => text !== '');

/** A test over our own inputs, and over the shared ones where they are. */
function overAll(title: string, check: (input: Input) => void): void {
  it(title, () => {
    own.forEach(check);
  });
  it(`${title}: real inputs`, function () {
    this.timeout(60_000);
    if (!existsSync(folder)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    real().forEach(check);
  });
}

interface CitationJs {
  readonly plugins: { readonly input: { chain(text: string, options: object): readonly Item[] } };
}
type Item = Readonly<Record<string, unknown>>;
interface BibItem {
  readonly label: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, string>>;
}

const load = createRequire(__filename);
const citationJs = load('@citation-js/core') as CitationJs;
load('@citation-js/plugin-ris');
load('@citation-js/plugin-bibtex');

describe('RIS that we write', () => {
  overAll('has one value a line, and ends each record', input => {
    for (const text of written(input, 'ris')) {
      const odd = text.split('\n').filter(line => line !== '' && !/^[A-Z][A-Z0-9] {2}- /u.test(line));
      assert.deepEqual(odd, []);
      assert.equal(text.match(/^TY {2}- /gmu)?.length, text.match(/^ER {2}- $/gmu)?.length);
    }
  });

  overAll('is read by citation-js and by ourselves as the same values', input => {
    const format = formatNamed('ris');
    for (const text of written(input, 'ris')) {
      const records = text.split(/(?<=^ER {2}- \n)/mu).filter(record => record.trim() !== '');
      const expected = records.map(record =>
        record
          .split('\n')
          .filter(line => line !== '' && !line.startsWith('ER'))
          .map(line => [line.slice(0, 2), line.slice(6).trim()] as const),
      );
      const theirs = citationJs.plugins.input.chain(text, { forceType: '@ris/file', target: '@else/list+object' });
      assert.deepEqual(theirs.map(byTag), expected.map(byTag));
      const blocks = format?.scan(text);
      const ours = Array.from({ length: blocks?.entryCount ?? 0 }, (_, entry) =>
        blocks === undefined ? undefined : format?.read(text, blocks, entry).source,
      );
      assert.deepEqual(
        ours.map(source => [
          ['TY', source?.type],
          ...(source?.fields ?? []).map(({ name, text: value }) => [name, value]),
        ]),
        expected.map(lines =>
          lines.filter(([tag, value]) => tag !== 'N1' || !/^(?:bib:entry|csl-json:record):/u.test(value)),
        ),
      );
    }
  });
});

/** Values by tag, whether as pairs or as citation-js has them. */
function byTag(record: Item | readonly (readonly [string, string])[]): Record<string, unknown[]> {
  const pairs: (readonly [string, unknown])[] = Array.isArray(record)
    ? (record as (readonly [string, string])[])
    : Object.entries(record).flatMap(([tag, value]) =>
        (Array.isArray(value) ? (value as unknown[]) : [value]).map(one => [tag, one] as const),
      );
  const found: Record<string, unknown[]> = {};
  for (const [tag, value] of pairs) (found[tag] ??= []).push(value);
  return found;
}

describe('BibTeX that we write', () => {
  // What is BibTeX already stays as people wrote it, for better or worse: here it goes a long way round.
  const composed = (input: Input): string[] => {
    const { text } = convert(input.text, { from: input.from, to: 'csl-json', lossless: false });
    return (['bibtex', 'biblatex'] as const)
      .map(to => convert(text, { from: 'csl-json', to, lossless: false }).text)
      .filter(one => one !== '');
  };
  const told = (key: unknown, type: string, title: string | undefined): string =>
    JSON.stringify([key, type.toLowerCase(), (title ?? '').replace(/\s+/gu, ' ').trim()]);

  overAll('is read by bibtex-parse-js and citation-js: keys, types, titles', input => {
    for (const text of composed(input)) {
      const format = formatNamed('biblatex');
      const blocks = format?.scan(text);
      const ours = Array.from({ length: blocks?.entryCount ?? 0 }, (_, entry) => {
        const source = blocks === undefined ? undefined : format?.read(text, blocks, entry).source;
        const title = source?.fields.find(field => field.name.toLowerCase() === 'title')?.text;
        return told(blocks?.key(entry), source?.type ?? '', title?.replace(/^[{"]|[}"]$/gu, ''));
      });
      // It reads no entries without fields.
      if (!/^@\w+\{[^,=]*,\s*\}/mu.test(text)) {
        const flat = (load('bibtex-parse-js') as { toJSON(source: string): FlatEntry[] }).toJSON(text);
        assert.deepEqual(
          flat.map(entry => told(entry.citationKey, entry.entryType, tagNamed(entry.entryTags, 'title'))),
          ours,
        );
      }
      const theirs = citationJs.plugins.input.chain(text, {
        forceType: '@biblatex/text',
        target: '@biblatex/entries+list',
      });
      assert.deepEqual(
        (theirs as readonly unknown[] as readonly BibItem[]).map(entry =>
          told(entry.label, entry.type, entry.properties['title']),
        ),
        ours,
      );
    }
  });

  interface FlatEntry {
    readonly citationKey?: string;
    readonly entryType: string;
    readonly entryTags: Readonly<Record<string, string>>;
  }
  const tagNamed = (tags: Readonly<Record<string, string>>, name: string): string | undefined =>
    Object.entries(tags).find(([tag]) => tag.toLowerCase() === name)?.[1];

  for (const [program, dialect] of [
    ['bibtex', 'bibtex'],
    ['biber', 'biblatex'],
  ] as const) {
    const isInstalled = spawnSync(program, ['--version']).status === 0;
    if (isInstalled) {
      it(`is read by ${program}`, function () {
        this.timeout(120_000);
        const place = mkdtempSync(join(tmpdir(), 'colophon-'));
        try {
          const text = own.flatMap(input => written(input, dialect).slice(-1)).join('\n');
          writeFileSync(join(place, 'a.bib'), text);
          writeFileSync(join(place, 'a.aux'), '\\citation{*}\n\\bibdata{a}\n\\bibstyle{a}\n');
          // A style that prints nothing: what matters is that the entries are read.
          writeFileSync(join(place, 'a.bst'), 'ENTRY {title} {} {}\nFUNCTION {default.type} {skip$}\nREAD\n');
          const args = program === 'bibtex' ? ['a'] : ['--tool', '--nolog', 'a.bib'];
          const { stdout } = spawnSync(program, args, {
            cwd: place,
            encoding: 'utf8',
            env: { ...process.env, BIBINPUTS: place, BSTINPUTS: place },
          });
          assert.doesNotMatch(stdout, /error/iu);
        } finally {
          rmSync(place, { recursive: true });
        }
      });
    }
  }
});

describe('CSL-JSON that we write', () => {
  it('is valid against the schema', function () {
    const file = `${folder}/csl-data.schema.json`;
    if (!existsSync(file)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    const schema = JSON.parse(readFileSync(file, 'utf8')) as Schema;
    for (const text of own.flatMap(input => written(input, 'csl-json'))) {
      assert.deepEqual(violations(JSON.parse(text), schema), []);
    }
  });
});

describe('CITATION.cff that we write', () => {
  overAll('is valid', input => {
    for (const text of written(input, 'cff')) assert.deepEqual(cffProblems(text), []);
  });
});
