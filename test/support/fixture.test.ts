import assert from 'node:assert/strict';
import { parseCursor, parseFixture, underline } from './fixture.ts';

describe('fixture', () => {
  it('splits files and takes markers out of the text', () => {
    const fixture = parseFixture(`
      %! main.tex
      \\cite{doe,roe}
            ^^^ ^^^
                |
      %! sub dir/refs.bib
      @book{doe}
    `);
    assert.deepEqual(
      fixture.files.map(file => [file.name, file.uri, file.text]),
      [
        ['main.tex', 'file:///project/main.tex', '\\cite{doe,roe}'],
        ['sub dir/refs.bib', 'file:///project/sub%20dir/refs.bib', '@book{doe}'],
      ],
    );
    assert.deepEqual(fixture.files[0]?.ranges, [
      { start: 6, end: 9 },
      { start: 10, end: 13 },
    ]);
    assert.equal(fixture.cursor?.file.name, 'main.tex');
    assert.equal(fixture.cursor.offset, 10);
  });

  it('takes a cursor out of the text when it is the only one', () => {
    const { text, offset } = parseCursor('[@gil|]');
    assert.deepEqual([text, offset], ['[@gil]', 5]);
    assert.equal(parseFixture('\\verb|a|').files[0]?.text, '\\verb|a|');
    assert.equal(parseFixture('\\verb|a|').cursor, undefined);
  });

  it('marks empty ranges and keeps inner indentation and empty lines', () => {
    const [file] = parseFixture(`
      a
        b
        !

    `).files;
    assert.equal(file?.text, 'a\n  b\n');
    assert.deepEqual(file.ranges, [{ start: 4, end: 4 }]);
  });

  it('reads a text without a header or a template', () => {
    const [file] = parseFixture('a\n\nb\n').files;
    assert.deepEqual([file?.name, file?.text], ['main', 'a\n\nb']);
  });

  it('shows spans as they are read', () => {
    const picture = 'ab cd\n^^\nef\n  !';
    const [file] = parseFixture(picture).files;
    assert.equal(underline(file?.text ?? '', file?.ranges ?? []), picture);
  });

  it('refuses a missing cursor', () => {
    assert.throws(() => parseCursor('a'), /No cursor/);
  });
});
