import * as assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { slice } from '../../src/text/span.ts';
import { BlockKind, bibtexEntries, scanBibtex, type BibtexEntries } from '../../src/syntax/bibtex.ts';
import type { BlockTable } from '../../src/syntax/blockTable.ts';
import { forEachField, pieceText, valuePieces } from '../../src/syntax/bibtexFields.ts';
import { risEntries, scanRis } from '../../src/syntax/tagged.ts';
import { sharedLibrary } from './expected.ts';

const load = createRequire(__filename);

/** Type, key and fields, values as pieces in the peer's notation. */
type Reading = readonly [
  type: string,
  key: string,
  fields: readonly (readonly [name: string, value: readonly string[]])[],
];

describe('reading real libraries', () => {
  it('agrees with latex-utensils on every type, key, field and value', function () {
    const text = sharedLibrary(this, 'libraries/clean-10M.bib').slice(0, 2_000_000);
    const end = text.lastIndexOf('\n@');
    const library = text.slice(0, end);
    assert.deepEqual(ourReading(library), latexUtensils(library));
  });

  it('agrees with bibtex-parse-js on type, key and values without macros', function () {
    const text = sharedLibrary(this, 'libraries/biblatex-examples.bib');
    const entries = bibtexEntries(text, scanBibtex(text));
    let compared = 0;
    for (let entry = 0; entry < entries.entryCount; entry++) {
      const peer = bibtexParseJs(slice(text, entries.entrySpan(entry)));
      if (peer === undefined) continue;
      compared++;
      assert.deepEqual([entries.type(entry), entries.key(entry)], [peer.entryType, peer.citationKey]);
      for (const [name, value] of fieldsOf(text, entries, entry)) {
        const isLiteral = value.length === 1 && value[0]?.startsWith('text ') === true;
        if (isLiteral) assert.equal(oneLine(value[0]?.slice(5)), oneLine(peer.entryTags[name]));
      }
    }
    assert.ok(compared > 60);
  });

  const counts: readonly (readonly [
    name: string,
    entries: number,
    strings: number,
    preambles: number,
    comments: number,
    open: number,
  ])[] = [
    ['libraries/biblatex-examples.bib', 92, 8, 0, 0, 0],
    ['libraries/clean-10M.bib', 19266, 2770, 0, 0, 0],
    ['libraries/raw-10M.bib', 19314, 5367, 12, 192, 0],
  ];
  for (const [name, ...expected] of counts) {
    it(`finds the blocks of ${name}`, function () {
      const text = sharedLibrary(this, name);
      const blocks = scanBibtex(text);
      const { entry, string, preamble, comment } = BlockKind;
      const found = [entry, string, preamble, comment].map(kind => blocks.blocksOfKind(kind).length);
      assert.deepEqual([...found, unclosed(blocks)], expected);
    });
  }

  const records: readonly (readonly [name: string, count: number])[] = [
    ['libraries/clean-10M.ris', 9934],
    ['libraries/every-type-every-tag.ris', 56],
    ['pure-portal-page.txt', 1],
  ];
  for (const [name, count] of records) {
    it(`finds the records of ${name}`, function () {
      const text = sharedLibrary(this, name);
      const blocks = scanRis(text);
      assert.equal(risEntries(text, blocks).entryCount, count);
      assert.equal(unclosed(blocks), 0);
    });
  }
});

function unclosed(blocks: BlockTable): number {
  let count = 0;
  for (let i = 0; i < blocks.count; i++) if (!blocks.isClosed(i)) count++;
  return count;
}

function ourReading(text: string): readonly Reading[] {
  const entries = bibtexEntries(text, scanBibtex(text));
  return Array.from({ length: entries.entryCount }, (_, entry) => [
    entries.type(entry).toLowerCase(),
    entries.key(entry),
    fieldsOf(text, entries, entry).map(([name, value]) => [name.toLowerCase(), value] as const),
  ]);
}

function fieldsOf(
  text: string,
  entries: BibtexEntries,
  entry: number,
): readonly (readonly [string, readonly string[]])[] {
  const fields: [string, string[]][] = [];
  forEachField(text, entries.blocks, entries.blockOf(entry), (nameStart, nameEnd, valueStart, valueEnd) => {
    const pieces = valuePieces(text, valueStart, valueEnd).map(piece => {
      const kind = piece.kind === 'macro' ? 'macro' : piece.kind === 'number' ? 'number' : 'text';
      return `${kind} ${pieceText(text, piece)}`;
    });
    fields.push([text.slice(nameStart, nameEnd), pieces]);
  });
  return fields;
}

interface PeerValue {
  readonly kind: 'text_string' | 'number' | 'abbreviation' | 'concat';
  readonly content: string | readonly PeerValue[];
}

interface PeerEntry {
  readonly entryType: string;
  readonly internalKey?: string;
  readonly content: readonly { readonly name: string; readonly value: PeerValue }[];
}

function latexUtensils(text: string): readonly Reading[] {
  const { bibtexParser } = load('latex-utensils') as {
    bibtexParser: { parse(text: string): { content: readonly PeerEntry[] } };
  };
  return bibtexParser
    .parse(text)
    .content.filter(entry => entry.internalKey !== undefined)
    .map(entry => [
      entry.entryType,
      entry.internalKey ?? '',
      entry.content.map(({ name, value }) => [name, peerPieces(value)] as const),
    ]);
}

function peerPieces({ kind, content }: PeerValue): readonly string[] {
  if (typeof content !== 'string') return content.flatMap(peerPieces);
  return [`${kind === 'abbreviation' ? 'macro' : kind === 'number' ? 'number' : 'text'} ${content}`];
}

interface FlatEntry {
  readonly entryType: string;
  readonly citationKey: string;
  readonly entryTags: Readonly<Record<string, string>>;
}

/** Undefined where this parser gives up, which it does at macros that it does not know. */
function bibtexParseJs(entry: string): FlatEntry | undefined {
  try {
    return (load('bibtex-parse-js') as { toJSON(text: string): readonly FlatEntry[] }).toJSON(entry)[0];
  } catch {
    return undefined;
  }
}

const oneLine = (value: string | undefined): string | undefined => value?.replace(/\s+/gu, ' ').trim();
