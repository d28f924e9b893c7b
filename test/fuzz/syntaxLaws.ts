import * as assert from 'node:assert/strict';
import { formatOfFile } from '../../src/formats/index.ts';
import { rescanBibtex, scanBibtex } from '../../src/syntax/bibtex.ts';
import { parseEntry } from '../../src/syntax/bibtexEntry.ts';
import type { Rescan } from '../../src/syntax/blockRescan.ts';
import { blockSpan, type BlockTable } from '../../src/syntax/blockTable.ts';
import { rescanRis, scanRis } from '../../src/syntax/tagged.ts';
import { parseRecord } from '../../src/syntax/taggedRecord.ts';
import { decode } from '../../src/text/decode.ts';
import type { FileText } from '../../src/text/fileText.ts';
import { applyEdits, type TextEdit } from '../../src/text/edit.ts';
import type { Span } from '../../src/text/span.ts';
import { blockRows } from '../support/blockRows.ts';
import { inPieces } from '../support/inPieces.ts';
import { randomEdit, type Step, type Subject } from './exercise.ts';
import type { Random } from './random.ts';

interface Syntax {
  readonly scan: (text: FileText) => BlockTable;
  readonly rescan: (text: FileText, blocks: BlockTable, edit: TextEdit) => Rescan;
  readonly parse: (text: string, span: Span) => { readonly tokens: readonly Span[] };
}

const bibtexSyntax: Syntax = { scan: scanBibtex, rescan: rescanBibtex, parse: parseEntry };
const risSyntax: Syntax = { scan: scanRis, rescan: rescanRis, parse: parseRecord };

/** The laws of the trees of a file. */
export function* syntaxSteps({ name, text }: Subject, random: Random): Generator<Step> {
  const encoding = random.pick(['utf8', 'latin1', 'utf16le'] as const);
  yield {
    name: 'decode',
    run: () => {
      decode(Buffer.from(text, encoding));
    },
  };
  const format = formatOfFile(name);
  if (format === undefined) return;
  yield {
    name: `${format.name}: entries`,
    run: () => {
      checkEntries(format.scan(text), text);
    },
  };
  if (!['bibtex', 'biblatex', 'ris'].includes(format.name)) return;
  const syntax = format.name === 'ris' ? risSyntax : bibtexSyntax;
  yield {
    name: `${format.name}: trees`,
    run: () => {
      checkTrees(text, syntax);
    },
  };
  const length = random.below(text.length + 1) + 1;
  yield {
    name: `${format.name}: pieces of ${length} characters`,
    run: () => {
      const pieces = syntax.scan(inPieces(text, length));
      assert.deepEqual(blockRows(pieces), blockRows(syntax.scan(text)), 'a text in pieces has the same blocks');
    },
  };
  const edit = randomEdit(text, random);
  yield {
    name: `${format.name}: rescan`,
    run: () => {
      checkRescan(text, edit, syntax);
    },
  };
}

interface Entries {
  readonly entryCount: number;
  entrySpan(entry: number): Span;
  keySpan(entry: number): Span;
}

function checkEntries(entries: Entries, text: string): void {
  let before: Span = { start: 0, end: 0 };
  for (let entry = 0; entry < entries.entryCount; entry++) {
    const span = entries.entrySpan(entry);
    const key = entries.keySpan(entry);
    const isBehind = before.end <= span.start;
    // The work that a citation file describes holds its references.
    const isInside = before.start <= span.start && span.end <= before.end;
    assert.ok(isBehind || isInside, 'entries are sorted and do not overlap');
    assert.ok(span.start < span.end && span.end <= text.length, 'entries are not empty');
    assert.ok(span.start <= key.start && key.start <= key.end && key.end <= span.end, 'a key lies in its entry');
    if (isBehind) before = span;
  }
}

function checkTrees(text: string, { scan, parse }: Syntax): void {
  const blocks = scan(text);
  let end = 0;
  for (let block = 0; block < blocks.count; block++) {
    const span = blockSpan(blocks, block);
    assert.equal(span.start, end, 'blocks follow each other');
    end = span.end;
    let at = 0;
    for (const token of parse(text, span).tokens) {
      assert.ok(token.start === at && token.end > at, 'tokens follow each other');
      at = token.end;
    }
    assert.equal(at, span.end - span.start, 'tokens make up the block');
  }
  assert.equal(end, text.length, 'blocks make up the text');
}

function checkRescan(text: string, edit: TextEdit, { scan, rescan }: Syntax): void {
  const after = applyEdits(text, [edit]);
  const changed = rescan(after, scan(text), edit).blocks;
  assert.deepEqual(blockRows(changed), blockRows(scan(after)), 'a scan after an edit is a fresh one');
}
