import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits, type TextEdit } from '../../src/text/edit.ts';
import { slice } from '../../src/text/span.ts';
import { BlockKind, rescanBibtex, scanBibtex } from '../../src/syntax/bibtex.ts';
import type { Rescan } from '../../src/syntax/blockRescan.ts';
import { blockSpan, type BlockTable } from '../../src/syntax/blockTable.ts';
import { RisKind, rescanRis, scanRis } from '../../src/syntax/tagged.ts';
import { sharedLibrary } from './expected.ts';

interface Syntax {
  readonly scan: (text: string) => BlockTable;
  readonly rescan: (text: string, blocks: BlockTable, edit: TextEdit) => Rescan;
  readonly entryKind: number;
}

const BIBTEX: Syntax = { scan: scanBibtex, rescan: rescanBibtex, entryKind: BlockKind.entry };
const RIS: Syntax = { scan: scanRis, rescan: rescanRis, entryKind: RisKind.record };

const SLICE = 300_000;
const RUNS = 2500;
const INSERTED = ['{', '}', '"', ',', '=', '@', '#', '%', '\\', '(', ')', '\n', ' ', 'x', 'T', '-', '\0'];

describe('damage stays local', () => {
  const libraries: readonly (readonly [name: string, syntax: Syntax, from: number])[] = [
    ['libraries/biblatex-examples.bib', BIBTEX, 0],
    ['libraries/clean-10M.bib', BIBTEX, 5_000_000],
    ['libraries/raw-10M.bib', BIBTEX, 3_000_000],
    ['libraries/clean-10M.ris', RIS, 5_000_000],
  ];
  for (const [name, syntax, from] of libraries) {
    it(`one character in ${name}`, function () {
      const text = sharedLibrary(this, name).slice(from, from + SLICE);
      checkDamage(text, syntax, characterEdits(text));
    });

    it(`cut off anywhere, and another file joined, in ${name}`, function () {
      const text = sharedLibrary(this, name).slice(from, from + SLICE);
      checkDamage(text, syntax, cuts(text));
    });
  }
});

/** Deletes, inserts or replaces one character. */
const characterEdits = (text: string): fc.Arbitrary<TextEdit> =>
  fc
    .tuple(fc.nat(text.length - 1), fc.constantFrom('delete', 'insert', 'replace'), fc.constantFrom(...INSERTED))
    .map(([start, what, character]) => ({
      span: { start, end: what === 'insert' ? start : start + 1 },
      newText: what === 'delete' ? '' : character,
    }));

/** Takes everything away between two places, as if two files that were cut off had been joined. */
const cuts = (text: string): fc.Arbitrary<TextEdit> =>
  fc
    .tuple(fc.nat(text.length), fc.nat(2000))
    .map(([start, length]) => ({ span: { start, end: Math.min(text.length, start + length) }, newText: '' }));

function checkDamage(text: string, syntax: Syntax, edits: fc.Arbitrary<TextEdit>): void {
  const blocks = syntax.scan(text);
  const costs = [0, 0];
  for (const edit of fc.sample(edits, { seed: 1, numRuns: RUNS })) {
    const lost = lostNeighbours(text, blocks, edit, syntax);
    assert.ok(lost <= 1, `${lost} neighbours lost by ${JSON.stringify({ edit, near: nearby(text, edit) })}`);
    costs[lost] = (costs[lost] ?? 0) + 1;
  }
  assert.ok((costs[0] ?? 0) >= RUNS * 0.99, `a neighbour lost in ${costs[1] ?? 0} of ${RUNS}`);
}

const nearby = (text: string, { span }: TextEdit): string => text.slice(Math.max(0, span.start - 80), span.end + 80);

/** How many entries that the edit does not touch are no longer there as they were. */
function lostNeighbours(text: string, blocks: BlockTable, edit: TextEdit, { rescan, entryKind }: Syntax): number {
  const changed = applyEdits(text, [edit]);
  const { blocks: after, first, removed, added } = rescan(changed, blocks, edit);
  const found = new Set<string>();
  for (let i = first; i < first + added; i++) {
    if (after.kind(i) === entryKind) found.add(slice(changed, blockSpan(after, i)));
  }
  let lost = 0;
  for (let i = first; i < first + removed; i++) {
    const span = blockSpan(blocks, i);
    const isTouched = edit.span.start < span.end && edit.span.end > span.start;
    const isInside = edit.span.start > span.start && edit.span.start < span.end;
    if (blocks.kind(i) === entryKind && !isTouched && !isInside && !found.has(slice(text, span))) lost++;
  }
  return lost;
}
