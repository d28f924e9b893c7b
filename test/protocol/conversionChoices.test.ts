import assert from 'node:assert/strict';
import type { ConversionFormat, Recognition } from '../../src/protocol/conversion.ts';
import {
  FORMAT_CHOICES,
  documentChoices,
  formatOfDocument,
  joinOutputs,
  mayConvertInPlace,
  outputFileName,
  targetChoices,
} from '../../src/protocol/conversionChoices.ts';

describe('choices around a conversion', () => {
  const holding = (...formats: ConversionFormat[]): Recognition => ({
    parts: formats.map(format => ({ format, count: 1 })),
    sameWorks: false,
  });

  it('offers every format but the one that is there alone', () => {
    const offered = (...sources: Recognition[]) => targetChoices(sources).map(choice => choice.format);
    const further = ['ris', 'csl-json', 'pubmed', 'refer', 'csl-yaml', 'hayagriva', 'cff', 'endnote-xml'];
    assert.deepEqual(offered(holding('bibtex')), ['biblatex', ...further]);
    assert.deepEqual(offered(holding('bibtex', 'ris')), ['biblatex', 'bibtex', ...further]);
    assert.deepEqual(offered(holding('ris'), holding('bibtex')).length, 10);
    assert.deepEqual(offered(), ['biblatex', 'bibtex', ...further]);
    assert.deepEqual(offered(holding('wos')), offered());
  });

  it('offers for a document the formats of its language', () => {
    const offered = (languageId: string) => documentChoices(languageId).map(choice => choice.format);
    assert.deepEqual(offered('bibtex'), ['biblatex', 'bibtex']);
    assert.deepEqual(offered('json'), ['csl-json']);
    assert.deepEqual(offered('yaml'), ['csl-yaml', 'hayagriva', 'cff']);
    for (const other of ['plaintext', 'markdown', '']) assert.equal(offered(other).length, 10);
  });

  const names: [file: string, to: ConversionFormat, copy: number, expected: string][] = [
    ['refs.bib', 'ris', 1, 'refs.ris'],
    ['refs.bib', 'ris', 2, 'refs-2.ris'],
    ['refs.bib', 'biblatex', 1, 'refs-biblatex.bib'],
    ['refs.BIB', 'bibtex', 3, 'refs-bibtex-3.bib'],
    ['my.library.ris', 'csl-json', 1, 'my.library.json'],
    ['.bib', 'ris', 1, '.bib.ris'],
    ['portal page', 'bibtex', 1, 'portal page.bib'],
  ];
  for (const [file, to, copy, expected] of names) {
    it(`names ${file} as ${to}, copy ${copy}, ${expected}`, () => {
      assert.equal(outputFileName(file, to, copy), expected);
    });
  }

  it('never names a file as its source', () => {
    for (const { format, extension } of FORMAT_CHOICES) {
      for (const copy of [1, 2, 3])
        assert.notEqual(outputFileName(`refs${extension}`, format, copy), `refs${extension}`);
    }
  });

  it('converts in place only where the file keeps a name that fits', () => {
    assert.equal(mayConvertInPlace('bibtex', false, 'biblatex'), true);
    assert.equal(mayConvertInPlace('bibtex', false, 'ris'), false);
    assert.equal(mayConvertInPlace('bibtex', true, 'ris'), true);
    assert.equal(mayConvertInPlace('plaintext', false, 'ris'), true);
  });

  it('pastes in the format of the document', () => {
    assert.equal(formatOfDocument('ris', undefined), 'ris');
    assert.equal(formatOfDocument('bibtex', 'biblatex'), 'biblatex');
    assert.equal(formatOfDocument('bibtex', undefined), undefined);
    assert.equal(formatOfDocument('json', 'csl-json'), 'csl-json');
    assert.equal(formatOfDocument('latex', 'bibtex'), undefined);
  });

  it('joins several outputs into one text of the format', () => {
    assert.equal(joinOutputs(['@a{x,\n}\n', '@b{y,\n}\n'], 'bibtex'), '@a{x,\n}\n\n@b{y,\n}\n');
    assert.equal(joinOutputs(['ER  - \n', 'ER  - \n'], 'ris'), 'ER  - \n\nER  - \n');
    assert.deepEqual(JSON.parse(joinOutputs(['[{"id":"a"}]', '[{"id":"b"}]'], 'csl-json')), [{ id: 'a' }, { id: 'b' }]);
  });
});
