import assert from 'node:assert/strict';
import { search } from '../../src/library/search.ts';
import { narrowed, narrowedText } from '../../src/library/searchLetters.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { biblatex } from '../../src/formats/biblatex.ts';

const codes = (text: string): Uint16Array => Uint16Array.from(text, letter => letter.charCodeAt(0));

/** More than one byte can tell apart. */
const MANY = Array.from({ length: 200 }, (_, index) => String.fromCharCode(0x4e00 + 7 * index));

describe('letters of search', () => {
  it('writes ASCII in bytes', () => {
    const { words, letters } = narrowed(codes('graph\n'));
    assert.deepEqual([words, letters], [Uint8Array.of(103, 114, 97, 112, 104, 10), '']);
  });

  it('writes few other letters in bytes, in their order', () => {
    const { words, letters } = narrowed(codes('мир\nα\n'));
    assert.deepEqual([words, letters], [Uint8Array.of(130, 129, 131, 10, 128, 10), 'αимр']);
  });

  it('leaves many kinds of letters as they are', () => {
    const { words, letters } = narrowed(codes(MANY.join('')));
    assert.deepEqual([words, letters], [codes(MANY.join('')), undefined]);
  });

  it('writes a text as the words are written; a letter that none of them has meets none', () => {
    const known = narrowed(codes('мир\nα\n'));
    assert.equal(narrowedText(known, 'aир'), 'a\u0081\u0083');
    assert.equal(narrowedText(known, 'ия'), '\u0081\u0100');
    assert.equal(narrowedText({ words: known.words, letters: undefined }, 'ия'), 'ия');
  });

  it('finds the same among few and among many kinds of letters', () => {
    const entries = '@book{a, title = {Война и мир}}\n@book{b, title = {Στοιχεῖα}}\n@book{c, title = {人工智能}}\n';
    const many = `@book{z, title = {${MANY.join(' ')}}}\n`;
    for (const query of ['вой', 'мир', 'войнаа', 'στοι', 'στιχεια', '智能', '智', '人工', 'ж', 'вийна']) {
      const [few, wide] = [entries, entries + many].map(text => {
        const bibliography = new Bibliography('file:///a.bib', biblatex, text);
        return search([bibliography], query, 9)
          .flatMap(({ source, entry }) => source.key(entry))
          .filter(key => key !== 'z');
      });
      assert.deepEqual(few, wide, query);
      if (query !== 'ж') assert.equal(few?.length, 1, query);
    }
  });
});
