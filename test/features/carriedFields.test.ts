import assert from 'node:assert/strict';
import { completions } from '../../src/features/completion.ts';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed } from '../../src/formats/index.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { search } from '../../src/library/search.ts';
import { projectWithCursor, scope } from './project.ts';

const RIS = `TY  - JOUR
ID  - okafor2018
AU  - Okafor, Ngozi
TI  - Narrow Straits
PY  - 2018
N1  - zanzibar
XX  - quixotic
ER  - 
`;
const CSL = JSON.stringify([
  {
    id: 'okafor2018',
    type: 'article-journal',
    author: [{ family: 'Okafor', given: 'Ngozi' }],
    title: 'Narrow Straits',
    issued: { 'date-parts': [[2018]] },
    custom: { place: 'zanzibar', mood: 'quixotic' },
  },
]);
const BIBLATEX = `@article{okafor2018,
  author = {Okafor, Ngozi},
  title = {Narrow Straits},
  date = {2018},
  owner = {zanzibar},
  mynote = {quixotic},
}
`;

function carrying(text: string, from: FormatName, to: FormatName): Bibliography {
  const { text: converted } = convert(text, { from, to, lossless: true });
  assert.match(converted, /quixotic/);
  const format = formatNamed(to);
  assert.ok(format);
  const bibliography = new Bibliography('file:///p/x', format, converted);
  for (const step of bibliography.search.indexing(bibliography)) assert.equal(step, undefined);
  return bibliography;
}

describe('What a conversion carried along', () => {
  const pairs: [text: string, from: FormatName, to: FormatName][] = [
    [RIS, 'ris', 'biblatex'],
    [RIS, 'ris', 'csl-json'],
    [CSL, 'csl-json', 'biblatex'],
    [CSL, 'csl-json', 'ris'],
    [BIBLATEX, 'biblatex', 'csl-json'],
    [BIBLATEX, 'biblatex', 'ris'],
    [BIBLATEX, 'biblatex', 'pubmed'],
    [BIBLATEX, 'biblatex', 'refer'],
  ];
  for (const [text, from, to] of pairs) {
    it(`is not searched: from ${from} in ${to}`, () => {
      const bibliography = carrying(text, from, to);
      const found = (query: string): number => search([bibliography], query, 10).length;
      assert.equal(found('okafor narrow 2018'), 1);
      for (const word of ['quixotic', 'zanzibar', 'layout', 'custom', 'record', 'jour'])
        assert.equal(found(word), 0, word);
      const plain = convert(text, { from, to, lossless: false }).text;
      const format = formatNamed(to);
      assert.ok(format);
      assert.deepEqual(bibliography.summary(0), new Bibliography('file:///p/x', format, plain).summary(0));
    });
  }

  it('is neither listed nor matched by completion', () => {
    const { text } = convert(RIS, { from: 'ris', to: 'biblatex', lossless: true });
    const items = (typed: string) => {
      const { library, cursor } = projectWithCursor(`%! a.tex\n\\cite{${typed}|}\n%! refs.bib\n${text}`);
      return completions(library, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
    };
    assert.deepEqual(
      items('straits').map(({ label }) => label),
      ['okafor2018'],
    );
    assert.doesNotMatch(JSON.stringify(items('straits')), /layout|quixotic/);
    assert.deepEqual(items('quixotic'), []);
  });
});
