import * as assert from 'node:assert/strict';
import { applyEdits } from '../../src/text/edit.ts';
import { slice } from '../../src/text/span.ts';
import { BlockKind, bibtexEntries, rescanBibtex, scanBibtex } from '../../src/syntax/bibtex.ts';
import { blockSpan } from '../../src/syntax/blockTable.ts';
import { blockRows } from '../support/blockRows.ts';
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

  const entries = Array.from({ length: 2000 }, (_, i) => `@misc{k${String(i)}, title = {Title ${String(i)}}}\n`).join(
    '',
  );
  const opened: readonly (readonly [name: string, start: string])[] = [
    ['a comment', '@comment{ left open\n'],
    ['comments', '@comment{ left open\n'.repeat(100)],
    ['a comment in parentheses', '@comment( left open\n'],
    ['an entry', '@article{open, title = {Left open}\n'],
    ['a value', '@article{open, title = {Left open\n'],
    ['a quoted value', '@article{open, title = "Left open\n'],
    ['a string', '@string{open = "Left open\n'],
    ['a preamble', '@preamble{"Left open\n'],
    ['parentheses', '@article(open, title = {Left open\n'],
  ];
  for (const [name, start] of opened) {
    it(`reads few blocks again behind ${name} left open`, () => {
      let text = start + entries;
      let blocks = scanBibtex(text);
      const middle = text.indexOf('Title 1000');
      const edits = [
        { span: { start: middle, end: middle }, newText: 'x' },
        { span: { start: middle, end: middle + 6 }, newText: '{Y}' },
        { span: { start: middle - 1, end: middle - 1 }, newText: '{' },
        // Where what is left open ends.
        { span: { start: start.length - 2, end: start.length - 2 }, newText: 'x' },
      ];
      for (const edit of edits) {
        text = applyEdits(text, [edit]);
        const changed = rescanBibtex(text, blocks, edit);
        blocks = changed.blocks;
        assert.ok(changed.removed <= 4 && changed.added <= 4, JSON.stringify([changed.removed, changed.added]));
        assert.deepEqual(blockRows(blocks), blockRows(scanBibtex(text)));
      }
    });
  }

  it('sees that an edit closes a comment left open far away', () => {
    const text = `@comment{ left open\n${entries}`;
    const edit = { span: { start: text.length - 1, end: text.length - 1 }, newText: '}' };
    const after = applyEdits(text, [edit]);
    const { blocks } = rescanBibtex(after, scanBibtex(text), edit);
    assert.equal(blocks.entryCount, 0);
    const back = { span: { start: edit.span.start, end: edit.span.start + 1 }, newText: '' };
    assert.equal(rescanBibtex(text, blocks, back).blocks.entryCount, 2000);
  });

  it('shares with the blocks before an edit what it left alone', () => {
    const before = scanBibtex(entries);
    const at = entries.indexOf('Title 1000');
    const edit = { span: { start: at, end: at }, newText: 'x' };
    const { blocks } = rescanBibtex(applyEdits(entries, [edit]), before, edit);
    const fresh = blocks.chunks.filter(chunk => !before.chunks.includes(chunk));
    assert.equal(fresh.length, 1);
    assert.ok(before.chunks.length > 4);
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
