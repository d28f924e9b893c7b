import assert from 'node:assert/strict';
import type { Blocks, FormatName } from '../../src/formats/format.ts';
import { joinConverted, pasteApart, pasteEntries } from '../../src/features/paste.ts';
import { applyEdits } from '../../src/text/edit.ts';

/** The text in which the entries are apart; undefined where they may be pasted as they are. */
function placed(picture: string, entries: string, format: FormatName): string | undefined {
  const target = targetOf(picture);
  const edit = pasteApart(target, entries, format);
  return edit && applyEdits(target.text, [edit]);
}

function paste(picture: string, converted: string, format: FormatName = 'bibtex'): string {
  const target = targetOf(picture);
  return applyEdits(target.text, [pasteEntries(target, converted, format)]);
}

/** `|` is the cursor, or two of them the ends of the selection; `‹` and `›` stand around each entry. */
function targetOf(picture: string) {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  const cursors: number[] = [];
  let start = 0;
  for (const character of picture) {
    if (character === '|') cursors.push(text.length);
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
  const [from = 0, to = from] = cursors;
  return { text, selection: { start: from, end: to }, blocks };
}

describe('pasting entries', () => {
  const cases: [name: string, picture: string, expected: string][] = [
    ['into an empty document', '|', '@new{}\n'],
    ['at the end', '‹@a{}›\n|', '@a{}\n\n@new{}\n'],
    ['at the end of an entry without line end', '‹@a{}›|', '@a{}\n\n@new{}\n'],
    ['between two entries', '‹@a{}›\n|\n‹@b{}›\n', '@a{}\n\n@new{}\n\n@b{}\n'],
    ['inside an entry: behind it', '‹@a{x|y}›\n\n‹@b{}›\n', '@a{xy}\n\n@new{}\n\n@b{}\n'],
    ['at the very beginning', '|‹@b{}›\n', '@new{}\n\n@b{}\n'],
    ['instead of a whole entry', '‹@a{}›\n\n|‹@b{}›|\n\n‹@c{}›\n', '@a{}\n\n@new{}\n\n@c{}\n'],
    ['instead of prose', '‹@a{}›\n|prose|\n‹@b{}›\n', '@a{}\n\n@new{}\n\n@b{}\n'],
    ['behind an entry of which a part is selected', '‹@a{|x|y}›\n\n‹@b{}›\n', '@a{xy}\n\n@new{}\n\n@b{}\n'],
    ['behind entries that are selected in part', '‹@a{|x}›\n\n‹@b{y|z}›\n', '@a{x}\n\n@b{yz}\n\n@new{}\n'],
    ['behind a selection that begins in an entry', '‹@a{|x}›\n\n‹@b{}›\n|% c', '@a{x}\n\n@b{}\n\n@new{}\n\n% c'],
    ['below a blank line', '‹@a{}›\n\n|', '@a{}\n\n@new{}\n'],
  ];
  for (const [name, picture, expected] of cases) {
    it(name, () => {
      assert.equal(paste(picture, '@new{}\n'), expected);
    });
  }

  describe('in the format of the document', () => {
    const entry = '@new{}';
    const record = 'TY  - BOOK\nER  - ';

    it('puts them behind an entry that they would break', () => {
      assert.equal(placed('‹@a{x|y}›\n\n‹@b{}›\n', entry, 'bibtex'), '@a{xy}\n\n@new{}\n\n@b{}\n');
      assert.equal(placed('‹TY\nT|I\nER›\n', record, 'ris'), `TY\nTI\nER\n\n${record}\n`);
    });

    it('leaves them where they break none, or take the place of a selection', () => {
      for (const picture of ['‹@a{}›\n|\n‹@b{}›', '|‹@a{}›', '‹@a{}›|', '|', 'prose |', '‹@a{|x|y}›'])
        assert.equal(placed(picture, entry, 'bibtex'), undefined, picture);
      for (const picture of ['‹TY\nER›\n|\n‹TY\nER›', '|', '‹TY\nER›\n|']) {
        assert.equal(placed(picture, record, 'ris'), undefined, picture);
      }
      assert.equal(placed('|‹TY\nER›', `${record}\n`, 'ris'), undefined);
    });

    it('keeps records from ending or beginning on the line of another one', () => {
      assert.equal(placed('‹TY\nER›  |\n', record, 'ris'), `TY\nER  \n\n${record}\n`);
      assert.equal(placed('‹TY\nER›\n\n|‹TY\nER›', record, 'ris'), `TY\nER\n\n${record}\n\nTY\nER`);
    });
  });

  it('leaves the blank behind the end of an RIS record', () => {
    const record = 'TY  - BOOK\nER  - \n';
    assert.equal(paste('|', record, 'ris'), record);
    assert.equal(joinConverted([record, record], 'ris'), `${record}\n${record}`);
  });

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

  it('joins the texts of several sources', () => {
    assert.equal(joinConverted(['@a{}\n', '', '@b{}\n'], 'bibtex'), '@a{}\n\n@b{}\n');
    assert.deepEqual(JSON.parse(joinConverted(['[{"id":"a"}]\n', '[]', '[{"id":"b"}]'], 'csl-json')), [
      { id: 'a' },
      { id: 'b' },
    ]);
  });
});
