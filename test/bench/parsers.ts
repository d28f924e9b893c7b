/**
 * Run as a program: `parsers.ts PARSER FILE` parses the file once in this fresh process, as a user's editor would, and prints
 * `{ entries, milliseconds, megabytes }`.
 */
import { readFileSync } from 'node:fs';
import { bibtexEntries, scanBibtex } from '../../src/syntax/bibtex.ts';
import { FIELD_WIDTH } from '../../src/syntax/blockTable.ts';
import { FieldReader } from '../../src/syntax/bibtexFields.ts';
import { BibtexReader } from '../../src/formats/bibtexRead.ts';
import { expandValue } from '../../src/formats/bibtexValue.ts';
import { threadTime } from './measure.ts';

type Parse = (text: string) => number;

/** Each loads its parser, which answers the number of entries it found, or throws. */
export const PARSERS: Readonly<Record<string, () => Promise<Parse>>> = {
  'colophon: scan, all positions': () => Promise.resolve(scanAllPositions),
  'colophon: values of all fields': () => Promise.resolve(parseValues),
  'bibtex-parse-js': async () => {
    const { toJSON } = await import('bibtex-parse-js');
    return text => toJSON(text).length;
  },
  'latex-utensils': async () => {
    const { bibtexParser } = await import('latex-utensils');
    return text => bibtexParser.parse(text).content.length;
  },
  '@retorquere/bibtex-parser': async () => {
    const peer = await import('@retorquere/bibtex-parser');
    return text => peer.parse(text, { raw: true }).entries.length;
  },
  'citation-js': async () => {
    const { default: Cite } = await import('citation-js');
    return text => new Cite(text, { forceType: '@biblatex/text', generateGraph: false }).data.length;
  },
};

/** The scan leaves the places of fields in arrays, but for the entries that need more care: those are read here. */
function scanAllPositions(text: string): number {
  const blocks = scanBibtex(text);
  const reader = new FieldReader(text);
  let fields = 0;
  blocks.chunks.forEach((chunk, index) => {
    fields += chunk.fields.length / FIELD_WIDTH;
    for (const block of chunk.entries) {
      if (chunk.fieldCounts[block] !== (block === 0 ? 0 : chunk.fieldCounts[block - 1])) continue;
      reader.enterBlock(blocks, (blocks.firstBlocks[index] ?? 0) + block);
      while (reader.next()) fields++;
    }
  });
  return fields > 0 ? blocks.entryCount : 0;
}

/** The objects that the fastest peer builds. */
function parseValues(text: string): number {
  const entries = bibtexEntries(text, scanBibtex(text));
  const references = new BibtexReader(text, entries);
  const macros = (name: string): string | undefined => references.macro(name);
  const reader = new FieldReader(text);
  const all: { key: string; type: string; fields: Record<string, string> }[] = [];
  for (let entry = 0; entry < entries.entryCount; entry++) {
    const fields: Record<string, string> = {};
    reader.enterBlock(entries.blocks, entries.blockOf(entry));
    while (reader.next()) {
      const name = text.slice(reader.nameStart, reader.nameEnd).toLowerCase();
      const value = text.slice(reader.valueStart, reader.valueEnd);
      const isPiece = (value.startsWith('{') || value.startsWith('"')) && !value.includes('#');
      fields[name] = isPiece ? value.slice(1, -1) : expandValue(value, macros);
    }
    all.push({ key: entries.key(entry), type: entries.type(entry).toLowerCase(), fields });
  }
  return all.length;
}

async function main(name: string, file: string): Promise<void> {
  const parse = await PARSERS[name]?.();
  if (!parse) throw new Error(`No parser named ${name}`);
  const text = readFileSync(file, 'utf8');
  const start = threadTime();
  const entries = parse(text);
  const milliseconds = threadTime() - start;
  const megabytes = process.memoryUsage().rss / 1e6;
  process.stdout.write(JSON.stringify({ entries, milliseconds, megabytes }));
}

const [name, file] = process.argv.slice(2);
if (name && file && process.argv[1] === import.meta.filename) void main(name, file);
