import { FIELD_WIDTH, type BlockTable } from '../../src/syntax/blockTable.ts';

/** Everything that a table says of each block, however it is stored. */
export function blockRows(blocks: BlockTable): number[][] {
  const rows: number[][] = [];
  for (const [index, chunk] of blocks.chunks.entries()) {
    for (let local = 0; local < chunk.count; local++) {
      const block = (blocks.firstBlocks[index] ?? 0) + local;
      const fieldsFrom = (chunk.fieldCounts[local - 1] ?? 0) * FIELD_WIDTH;
      const fieldsTo = (chunk.fieldCounts[local] ?? 0) * FIELD_WIDTH;
      rows.push([
        blocks.kind(block),
        blocks.end(block),
        blocks.start(block),
        blocks.start(block + 1),
        ...Array.from({ length: blocks.layout.width }, (_, part) => blocks.part(block, part)),
        ...chunk.fields.subarray(fieldsFrom, fieldsTo),
      ]);
    }
  }
  return rows;
}
