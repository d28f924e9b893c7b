import * as assert from 'node:assert/strict';
import { applyEdits } from '../../src/text/edit.ts';
import { slice } from '../../src/text/span.ts';
import { BlockKind, bibtexEntries, rescanBibtex, scanBibtex } from '../../src/syntax/bibtex.ts';
import { blockSpan } from '../../src/syntax/blockTable.ts';
import { duplicateFields, parseEntry, type EntryTree } from '../../src/syntax/bibtexEntry.ts';
import { pieceText, valuePieces } from '../../src/syntax/bibtexFields.ts';
import { quoted, testCases } from './expected.ts';

describe('pieces of a value', () => {
  const cases: readonly (readonly [value: string, pieces: readonly string[]])[] = [
    ['{a {b} c}', ['braced a {b} c']],
    ['"a {"} b"', ['quoted a {"} b']],
    ['jan # "~" # {3} # 4', ['macro jan', 'quoted ~', 'braced 3', 'number 4']],
    ['"10~"#jan', ['quoted 10~', 'macro jan']],
    ['{}', ['braced ']],
    ['""', ['quoted ']],
    ['', []],
    ['{open', ['braced open']],
    ['{a {b}', ['braced a {b}']],
    ['"open', ['quoted open']],
    ['# {a} # # b #', ['braced a', 'macro b']],
    ['12a', ['macro 12a']],
  ];
  for (const [value, expected] of cases) {
    it(quoted(value), () => {
      const text = `x = ${value}}`;
      const pieces = valuePieces(text, 4, 4 + value.length);
      assert.deepEqual(
        pieces.map(piece => `${piece.kind} ${pieceText(text, piece)}`),
        expected,
      );
    });
  }
});

describe('duplicate fields', () => {
  it('are all but the first of a name, letter case aside', () => {
    const text = 'x @misc{a, title = {1}, year = 1, Title = {2}, = {3}, = {4}, TITLE = {5}}';
    const tree = parseEntry(text, { start: 2, end: text.length });
    const values = duplicateFields(text, 2, tree).map(field => text.slice(2 + field.value.start, 2 + field.value.end));
    assert.deepEqual(values, ['{2}', '{5}']);
  });
});

describe('rescan', () => {
  it('tells which blocks an edit changed', () => {
    const text = '@a{b, c = {d}}\n@e{f}\n@g{h}\n';
    const edit = { span: { start: 18, end: 19 }, newText: '{x, i = {j' };
    const changed = rescanBibtex(applyEdits(text, [edit]), scanBibtex(text), edit);
    assert.deepEqual([changed.first, changed.removed, changed.added], [2, 1, 1]);
  });
});

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
    const kind = KIND_NAMES[blocks.kind(i)] ?? '';
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
