import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../src/text/edit.ts';
import { slice, type Span } from '../../src/text/span.ts';
import { BlockKind, Part, keySpan, rescanBibtex, scanBibtex, typeSpan } from '../../src/syntax/bibtex.ts';
import { blockSpan, type BlockTable } from '../../src/syntax/blockTable.ts';
import { parseEntry, type EntryTree } from '../../src/syntax/bibtexEntry.ts';
import { FieldReader, forEachField } from '../../src/syntax/bibtexFields.ts';
import { blockRows } from '../support/blockRows.ts';
import { inPieces } from '../support/inPieces.ts';
import { lines, placed, plannedEdits } from './generators.ts';

const FRAGMENTS = [
  '@article{',
  '@misc(',
  '@',
  '@comment{',
  '@string{',
  '@preamble(',
  '@word ',
  'key',
  'two words',
  ',',
  'title = ',
  'author=',
  'a = {b}',
  '=',
  '{',
  '}',
  '"',
  '#',
  '(',
  ')',
  '%',
  '\\',
  "'",
  '\n',
  '\r\n',
  '\r',
  ' ',
  '\t',
  '\0',
  '\ufeff',
  '\ud800',
  'é',
  'jan',
  '2000',
  '}\n\n',
  '\n@book{k, a = {b}}\n',
];

const bibtexText = fc.oneof(lines(FRAGMENTS), fc.string({ unit: 'binary', maxLength: 60 }));

describe('BibTeX laws', () => {
  it('blocks cover the text without gaps, and their parts nest', () => {
    fc.assert(
      fc.property(bibtexText, text => {
        const blocks = scanBibtex(text);
        assert.equal(blocks.start(0), 0);
        assert.equal(blocks.start(blocks.count), text.length);
        for (let i = 0; i < blocks.count; i++) checkParts(blocks, i);
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('the tokens of a tree joined are the block, and its spans nest', () => {
    fc.assert(
      fc.property(bibtexText, text => {
        forEachTree(text, (span, tree) => {
          const block = slice(text, span);
          assert.equal(tree.tokens.map(token => slice(block, token)).join(''), block);
          checkOrder(tree.fields, 0, block.length);
          for (const field of tree.fields) checkOrder([field.name, field.value], field.start, field.end);
          for (const field of tree.fields) checkOrder(field.pieces, field.value.start, field.value.end);
          for (const { span: error } of tree.errors) checkOrder([error], 0, block.length);
        });
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('scan, field reader and tree agree', () => {
    fc.assert(
      fc.property(bibtexText, text => {
        const blocks = scanBibtex(text);
        forEachTree(text, (span, tree, block) => {
          const move = ({ start, end }: Span): Span => ({ start: start + span.start, end: end + span.start });
          assert.equal(tree.kind, blocks.kind(block));
          assert.deepEqual(move(tree.type), typeSpan(blocks, block));
          if (tree.kind === BlockKind.comment || tree.kind === BlockKind.preamble) return;
          assert.deepEqual(move(tree.key), keySpan(blocks, block));
          const read: Span[][] = [];
          forEachField(text, blocks, block, (...at) =>
            read.push([
              { start: at[0], end: at[1] },
              { start: at[2], end: at[3] },
            ]),
          );
          assert.deepEqual(
            read,
            namedFields(text, span, tree).map(field => [move(field.name), move(field.value)]),
          );
        });
      }),
      { seed: 3, numRuns: 2000 },
    );
  });

  it('fields are read from pieces as from one string', () => {
    fc.assert(
      fc.property(bibtexText, fc.integer({ min: 1, max: 40 }), (text, length) => {
        const blocks = scanBibtex(text);
        const whole = new FieldReader(text);
        const pieces = new FieldReader(inPieces(text, length));
        for (let block = 0; block < blocks.count; block++)
          assert.deepEqual(fieldTexts(pieces, blocks, block), fieldTexts(whole, blocks, block));
      }),
      { seed: 6, numRuns: 3000 },
    );
  });

  it('after any edits, the incremental scan is the fresh one', () => {
    fc.assert(
      fc.property(bibtexText, plannedEdits(fc.oneof(fc.constantFrom(...FRAGMENTS), bibtexText)), (start, changes) => {
        let text = start;
        let blocks = scanBibtex(text);
        for (const change of changes) {
          const edit = placed(change, text);
          text = applyEdits(text, [edit]);
          const changed = rescanBibtex(text, blocks, edit);
          assert.equal(changed.blocks.count, blocks.count - changed.removed + changed.added);
          blocks = changed.blocks;
          assert.deepEqual(blockRows(blocks), blockRows(scanBibtex(text)));
        }
      }),
      { seed: 4, numRuns: 3000 },
    );
  });

  it('in pieces of any length, a text has the blocks that it has as one string, before and after an edit', () => {
    fc.assert(
      fc.property(bibtexText, fc.integer({ min: 1, max: 40 }), plannedEdits(bibtexText), (text, length, [change]) => {
        const blocks = scanBibtex(inPieces(text, length));
        assert.deepEqual(blockRows(blocks), blockRows(scanBibtex(text)));
        if (change === undefined) return;
        const edit = placed(change, text);
        const after = applyEdits(text, [edit]);
        assert.deepEqual(blockRows(rescanBibtex(after, blocks, edit).blocks), blockRows(scanBibtex(after)));
        assert.deepEqual(
          blockRows(rescanBibtex(inPieces(after, length), blocks, edit).blocks),
          blockRows(scanBibtex(after)),
        );
      }),
      { seed: 5, numRuns: 5000 },
    );
  });
});

function fieldTexts(reader: FieldReader, blocks: BlockTable, block: number): string[] {
  const found: string[] = [];
  reader.enterBlock(blocks, block);
  while (reader.next())
    found.push(
      reader.text.slice(reader.nameStart, reader.nameEnd),
      reader.text.slice(reader.valueStart, reader.valueEnd),
    );
  return found;
}

function checkParts(blocks: BlockTable, block: number): void {
  const { start, end } = blockSpan(blocks, block);
  assert.ok(end > start);
  const parts = Object.values(Part).map(part => blocks.part(block, part));
  if (blocks.kind(block) === BlockKind.text) return;
  const close = blocks.isClosed(block) ? 1 : 0;
  assert.equal((parts[Part.bodyEnd] ?? 0) + close, end - start);
  for (let part = 1; part <= Part.bodyEnd; part++) assert.ok((parts[part] ?? 0) >= (parts[part - 1] ?? 0));
  assert.ok((parts[Part.reach] ?? 0) >= end - start);
}

function checkOrder(spans: readonly Span[], from: number, to: number): void {
  let last = from;
  for (const { start, end } of spans) {
    assert.ok(last <= start && start <= end && end <= to);
    last = end;
  }
}

function forEachTree(text: string, check: (span: Span, tree: EntryTree, block: number) => void): void {
  const blocks = scanBibtex(text);
  for (let i = 0; i < blocks.count; i++) {
    if (blocks.kind(i) !== BlockKind.text) check(blockSpan(blocks, i), parseEntry(text, blockSpan(blocks, i)), i);
  }
}

/** Fields that have a name, and `=` or a value. */
const namedFields = (text: string, span: Span, tree: EntryTree): EntryTree['fields'] =>
  tree.fields.filter(
    field =>
      field.name.end > field.name.start &&
      slice(text.slice(span.start), field) !== slice(text.slice(span.start), field.name),
  );
