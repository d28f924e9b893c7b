import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { accepted, eventually, labelOf, offered, openFile, unescaped, untitled } from '../editor.ts';

const portal = '058491227277460bac0d80a2d33f51ea';

describe('completion', () => {
  before(async () => {
    await openFile('paper.tex');
    const first = await untitled('latex', '\\cite{|}');
    await eventually(
      () => offered(first),
      items => items.length >= 6,
    );
  });

  const found: readonly (readonly [language: string, text: string, first: string])[] = [
    ['latex', '\\cite{058|}', portal],
    ['latex', '\\cite{gillard|}', portal],
    ['latex', '\\cite{peer worker|}', portal],
    ['latex', '\\cite{gillard peer 2015|}', portal],
    ['latex', '\\cite{2015 peer gillard|}', portal],
    ['latex', '\\parencite[see][4]{muller|}', 'mueller2019'],
    ['latex', '\\cite{brucken|}', 'mueller2019'],
    ['latex', '\\cite{okafor2018,muel|}', 'mueller2019'],
    ['latex', '\\cite{okafor2018,\n  muel|,\n  doe:2020/a+b}', 'mueller2019'],
    ['latex', '\\cite{tides 2018|}', 'okafor2018'],
    ['latex', '\\cites{doe:2020/a+b}[3]{oka|}', 'okafor2018'],
    ['markdown', 'See [@gillard peer 2015|]', portal],
    ['markdown', 'See [@mueller2019; @oka|]', 'okafor2018'],
    ['markdown', 'As @058|', portal],
    ['markdown', 'As @lighthouse|', 'quist2011lighthouses'],
  ];
  for (const [language, text, first] of found) {
    it(`finds ${first} in ${language}: ${JSON.stringify(text)}`, async () => {
      const items = await offered(await untitled(language, text));
      assert.equal(items[0] && labelOf(items[0]), first);
    });
  }

  const nothing: readonly (readonly [language: string, text: string])[] = [
    ['latex', 'plain text |'],
    ['latex', '% \\cite{|}'],
    ['latex', '\\begin{verbatim}\n\\cite{|}\n\\end{verbatim}'],
    ['latex', '\\ref{|}'],
    ['markdown', 'Write to someone@exam|'],
    ['markdown', 'The code `[@|]`'],
    ['markdown', '```\n[@|]\n```'],
    ['markdown', 'In @fig-ti|'],
    ['markdown', 'In [@sec-|]'],
  ];
  for (const [language, text] of nothing) {
    it(`offers nothing in ${language}: ${JSON.stringify(text)}`, async () => {
      assert.deepEqual((await offered(await untitled(language, text))).map(labelOf), []);
    });
  }

  it('replaces the whole key when the cursor is in the middle of it', async () => {
    const place = await untitled('latex', '\\cite{doe:2020/a+b, mue|XYZ, okafor2018}');
    const [item] = await offered(place);
    assert.ok(item);
    assert.equal(accepted(place, item), '\\cite{doe:2020/a+b, mueller2019, okafor2018}');
  });

  it('replaces all words of a search', async () => {
    const place = await untitled('markdown', 'See [@gillard peer 2015|], too.');
    const [item] = await offered(place);
    assert.ok(item);
    assert.equal(accepted(place, item), `See [@${portal}], too.`);
  });

  it('writes a key as the language wants it', async () => {
    const place = await untitled('markdown', 'See [@keys colons|]');
    const [item] = await offered(place);
    assert.ok(item);
    assert.equal(accepted(place, item), 'See [@doe:2020/a+b]');
  });

  it('leaves out the keys that the command has already', async () => {
    const labels = (await offered(await untitled('latex', '\\cite{okafor2018, mueller2019, |}'))).map(labelOf);
    assert.ok(labels.includes(portal));
    assert.equal(labels.includes('okafor2018'), false);
    assert.equal(labels.includes('mueller2019'), false);
  });

  it('shows key, authors with year, and title; the card is there once an item is resolved', async () => {
    const [item] = await offered(await untitled('latex', '\\cite{muller|}'), 10);
    assert.ok(item && typeof item.label !== 'string', 'the label has no details');
    assert.deepEqual(
      [item.label.label, item.label.detail?.trim(), item.label.description],
      ['mueller2019', 'Müller & Østgård 2019', 'Brücken aus Holz & Stahl'],
    );
    const { documentation } = item;
    assert.ok(documentation instanceof vscode.MarkdownString, 'there is no documentation');
    assert.match(unescaped(documentation.value), /Müller, J\., & Østgård, S\. \(2019\)/);
  });
});
