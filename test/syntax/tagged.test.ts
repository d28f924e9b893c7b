import { slice } from '../../src/text/span.ts';
import { RisKind, risEntries, risIdSpan, risTypeSpan, scanRis } from '../../src/syntax/tagged.ts';
import { blockSpan } from '../../src/syntax/blockTable.ts';
import { parseRecord } from '../../src/syntax/taggedRecord.ts';
import { quoted, testCases } from './expected.ts';

describe('RIS records and trees', () => {
  testCases('tagged.cases.txt', draw);
});

/** Records one below the other, with their tag lines and errors. */
function draw(text: string): string {
  const blocks = scanRis(text);
  const lines: string[] = [];
  for (let i = 0; i < blocks.count; i++) {
    const span = blockSpan(blocks, i);
    const block = slice(text, span);
    if (blocks.kind(i) === RisKind.text) {
      if (block.trim() !== '') lines.push(`text ${quoted(block)}`);
      continue;
    }
    lines.push(`record ${slice(text, risTypeSpan(blocks, i))} ${quoted(slice(text, risIdSpan(blocks, i)))}`);
    const tree = parseRecord(text, span);
    for (const line of tree.lines) {
      const values = [line.value, ...line.continuations].map(part => quoted(slice(block, part)));
      lines.push(`  ${slice(block, line.tag)} ${values.join(' + ')}`);
    }
    for (const { code } of tree.errors) lines.push(`  ! ${code}`);
  }
  lines.push(`= ${risEntries(text, blocks).entryCount}`);
  return lines.join('\n');
}
