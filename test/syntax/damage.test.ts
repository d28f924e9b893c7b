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
const JOINS = 1000;
/** Entries on each side of a joint that are looked for. */
const NEAR = 50;
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

    it(`the beginning of one file joined with the end of another, in ${name}`, function () {
      const other = syntax === RIS ? 'libraries/every-type-every-tag.ris' : 'libraries/biblatex-examples.bib';
      const text = sharedLibrary(this, name).slice(from, from + SLICE);
      checkJoins(text, sharedLibrary(this, other).slice(-SLICE), syntax);
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

/** What stands before the cut in one file and behind it in another is there, but for the entry at each side and at most one neighbour. */
function checkJoins(text: string, other: string, { scan, entryKind }: Syntax): void {
  const [left, right] = [text, other].map(part => entriesOf(part, scan(part), entryKind));
  const places = fc.tuple(fc.nat(text.length), fc.nat(other.length));
  let most = 0;
  for (const [end, start] of fc.sample(places, { seed: 2, numRuns: JOINS })) {
    const joined = text.slice(0, end) + other.slice(start);
    const found = new Set(entriesOf(joined, scan(joined), entryKind).map(one => one.text));
    const whole = [
      ...(left ?? []).filter(one => one.end <= end).slice(-NEAR),
      ...(right ?? []).filter(one => one.start >= start).slice(0, NEAR),
    ];
    const lost = whole.filter(one => !found.has(one.text)).length;
    assert.ok(lost <= 1, `${lost} neighbours lost by joining ${JSON.stringify({ end, start })}`);
    most += lost;
  }
  assert.ok(most <= JOINS * 0.01, `a neighbour lost in ${most} of ${JOINS}`);
}

interface Entry {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function entriesOf(text: string, blocks: BlockTable, entryKind: number): Entry[] {
  const entries: Entry[] = [];
  for (let block = 0; block < blocks.count; block++) {
    const span = blockSpan(blocks, block);
    if (blocks.kind(block) === entryKind && blocks.isClosed(block)) entries.push({ ...span, text: slice(text, span) });
  }
  return entries;
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
