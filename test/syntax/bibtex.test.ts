import { slice } from '../../src/text/span.ts';
import { BlockKind, bibtexEntries, scanBibtex } from '../../src/syntax/bibtex.ts';
import { blockSpan } from '../../src/syntax/blockTable.ts';
import { parseEntry, type EntryTree } from '../../src/syntax/bibtexEntry.ts';
import { quoted, testCases } from './expected.ts';

const KIND_NAMES = Object.keys(BlockKind);

describe('BibTeX blocks and trees', () => {
  testCases('bibtex.cases.txt', draw);
});

/** Blocks one below the other, with fields and errors in the order of the text. */
function draw(text: string): string {
  const blocks = scanBibtex(text);
  const lines: string[] = [];
  for (let i = 0; i < blocks.count; i++) {
    const span = blockSpan(blocks, i);
    const kind = KIND_NAMES[blocks.kinds[i] ?? 0] ?? '';
    if (kind === 'text') {
      if (slice(text, span).trim() !== '') lines.push(`text ${quoted(slice(text, span))}`);
    } else {
      lines.push(...drawEntry(slice(text, span), kind, parseEntry(text, span)));
    }
  }
  lines.push(`= ${bibtexEntries(text, blocks).entryCount}`);
  return lines.join('\n');
}

function drawEntry(entry: string, kind: string, tree: EntryTree): readonly string[] {
  const key = kind === 'entry' || kind === 'string' ? ` ${quoted(slice(entry, tree.key))}` : '';
  const fields = tree.fields.map(field => {
    const pieces = field.pieces.map(piece => `${piece.kind} ${quoted(slice(entry, piece))}`);
    return { at: field.start, line: `  ${slice(entry, field.name)}: ${pieces.join(' # ')}`.trimEnd() };
  });
  const comments = tree.tokens
    .filter(token => token.kind === 'comment')
    .map(token => ({ at: token.start, line: `  % ${quoted(slice(entry, token))}` }));
  const errors = tree.errors.map(({ code, span }) => {
    const where = span.end > span.start ? slice(entry, span) : `…${entry.slice(span.start, span.start + 12)}`;
    return { at: span.start, line: `  ! ${code} ${quoted(where)}` };
  });
  const rows = [...errors, ...fields, ...comments].sort((a, b) => a.at - b.at).map(row => row.line);
  return [`${kind} ${slice(entry, tree.type)}${key}`, ...rows];
}
