import assert from 'node:assert/strict';
import { plainText } from '../../src/text/run.ts';
import { formatReference, STYLES } from '../../src/styles/formatReference.ts';

const article = {
  id: 'mueller',
  type: 'article-journal',
  title: 'Peer <i>workers</i> & others <script>alert(1)</script>',
  author: [{ family: 'Müller', given: 'Max' }],
  issued: { 'date-parts': [[2015, 11]] },
  'container-title': 'J. of *Stars*',
  volume: '4',
  page: '1-2',
};
const apa = { style: 'apa', locale: 'en-US' } as const;

describe('formatted references', () => {
  it('follow APA, with italics as formatting and all else as text', () => {
    const runs = formatReference(article, apa);
    assert.equal(
      plainText(runs),
      'Müller, M. (2015). Peer workers & others <script>alert(1)</script>. J. of *Stars*, 4, 1–2.',
    );
    assert.deepEqual(
      runs.filter(run => run.italic).map(run => run.text),
      ['workers', 'J. of *Stars*', '4'],
    );
  });

  it('differ by style', () => {
    assert.equal(
      new Set(STYLES.map(style => plainText(formatReference(article, { style, locale: 'en-US' })))).size,
      STYLES.length,
    );
  });

  it('follow the locale', () => {
    const thesis = {
      id: 't',
      type: 'book',
      title: 'T',
      editor: [{ family: 'A', given: 'B' }],
      issued: { 'date-parts': [[1999, 5, 1]] },
      accessed: { 'date-parts': [[2001, 5, 1]] },
      URL: 'https://a.example',
    };
    const english = plainText(formatReference(thesis, { style: 'harvard1', locale: 'en-GB' }));
    const german = plainText(formatReference(thesis, { style: 'harvard1', locale: 'de-DE' }));
    assert.notEqual(german, english);
  });

  it('of one id do not come from an earlier call', () => {
    formatReference(article, apa);
    assert.match(plainText(formatReference({ ...article, title: 'Another' }, apa)), /Another/);
  });

  it('leave variables hidden in a note alone', () => {
    assert.doesNotMatch(
      plainText(formatReference({ ...article, note: 'DOI: 10.1/evil\npublisher: Evil' }, apa)),
      /evil/i,
    );
  });

  it('cut a value of megabytes instead of waiting for it', () => {
    const huge = 'x'.repeat(5_000_000);
    const runs = formatReference({ ...article, title: huge, author: [{ family: huge, given: 'A' }] }, apa);
    assert.ok(plainText(runs).length < 5000);
  });

  it('accept an item with nothing in it', () => {
    assert.doesNotThrow(() => formatReference({ id: '', type: 'document' }, apa));
  });
});
