import assert from 'node:assert/strict';
import type { Blocks, FormatName } from '../../src/formats/format.ts';
import { pasteEntries } from '../../src/features/paste.ts';
import { applyEdits } from '../../src/text/edit.ts';

/** `|` is the cursor, `‹` and `›` stand around each entry. */
function paste(picture: string, converted: string, format: FormatName = 'bibtex'): string {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  let cursor = 0;
  let start = 0;
  for (const character of picture) {
    if (character === '|') cursor = text.length;
    else if (character === '‹') start = text.length;
    else if (character === '›') spans.push({ start, end: text.length });
    else text += character;
  }
  const blocks: Blocks = {
    entryCount: spans.length,
    entrySpan: entry => spans[entry] ?? { start: 0, end: 0 },
    key: () => '',
    keySpan: entry => spans[entry] ?? { start: 0, end: 0 },
    type: () => '',
  };
  return applyEdits(text, [
    pasteEntries({ text, selection: { start: cursor, end: cursor }, blocks }, converted, format),
  ]);
}

describe('pasting entries', () => {
  const cases: [name: string, picture: string, expected: string][] = [
    ['into an empty document', '|', '@new{}\n'],
    ['at the end', '‹@a{}›\n|', '@a{}\n\n@new{}\n'],
    ['at the end of an entry without line end', '‹@a{}›|', '@a{}\n\n@new{}\n'],
    ['between two entries', '‹@a{}›\n|\n‹@b{}›\n', '@a{}\n\n@new{}\n\n@b{}\n'],
    ['inside an entry: behind it', '‹@a{x|y}›\n\n‹@b{}›\n', '@a{xy}\n\n@new{}\n\n@b{}\n'],
    ['at the very beginning', '|‹@b{}›\n', '@new{}\n\n@b{}\n'],
    ['below a blank line', '‹@a{}›\n\n|', '@a{}\n\n@new{}\n'],
  ];
  for (const [name, picture, expected] of cases) {
    it(name, () => {
      assert.equal(paste(picture, '@new{}\n'), expected);
    });
  }

  it('keeps an array of JSON an array, wherever the cursor is', () => {
    const pasted = '[\n  {"id":"new"}\n]\n';
    const ids = (picture: string) =>
      (JSON.parse(paste(picture, pasted, 'csl-json')) as { id: string }[]).map(item => item.id);
    assert.deepEqual(ids('[‹{"id":"a"}›, ‹{"id":"b"|}›]'), ['a', 'b', 'new']);
    assert.deepEqual(ids('[‹{"id"|:"a"}›, ‹{"id":"b"}›]'), ['a', 'new', 'b']);
    assert.deepEqual(ids('|[‹{"id":"a"}›]'), ['new', 'a']);
    assert.deepEqual(ids('[]|'), ['new']);
    assert.deepEqual(ids('|'), ['new']);
  });
});
