import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { definitions, eventually, hovers, openFile, placeOf, unescaped, untitled } from '../editor.ts';

describe('reading', () => {
  let paper: vscode.TextDocument;

  before(async () => {
    paper = await openFile('paper.tex');
    await eventually(
      () => hovers(placeOf(paper, 'okafor2018')),
      found => found.length > 0,
    );
  });

  it('hovers over the citation under the pointer, not its neighbour', async () => {
    const [card = ''] = await hovers(placeOf(paper, '058491'));
    assert.match(card, /Gillard/);
    assert.match(card, /Compares how three kinds of organisations/);
    assert.match(card, /peer support/);
    assert.match(card, /https:\/\/doi\.org\/10\.1007\/s10488-014-0603-z/);
    assert.doesNotMatch(card, /Müller/);
  });

  it('hovers in Unicode, with the address of the work', async () => {
    const card = unescaped((await hovers(placeOf(paper, 'mueller2019')))[0] ?? '');
    assert.match(card, /Müller/);
    assert.match(card, /Østgård/);
    assert.match(card, /https:\/\/example\.org\/bridges\?page=1&part=2/);
    assert.match(card, /references\.bib/);
  });

  it('hovers over citations of Markdown', async () => {
    const notes = await openFile('notes.md');
    assert.match((await hovers(placeOf(notes, 'okafor2018')))[0] ?? '', /Tides in Narrow Straits/);
    assert.match((await hovers(placeOf(notes, 'doe:2020/a+b')))[0] ?? '', /Keys with Colons/);
  });

  it('hovers over the key of an entry, and over a record', async () => {
    const bibliography = await openFile('references.bib');
    assert.match((await hovers(placeOf(bibliography, 'mueller2019')))[0] ?? '', /Brücken aus Holz/);
    const records = await openFile('records.ris');
    assert.match((await hovers(placeOf(records, 'okafor2018')))[0] ?? '', /strait delays its tides/);
  });

  it('escapes what a bibliography holds', async () => {
    const place = await untitled('latex', '\\cite{|hostile2021}');
    const [card = ''] = await hovers(place);
    assert.match(card, /Stranger/);
    assert.doesNotMatch(card, /\]\(command:/);
    assert.doesNotMatch(card, /<b>/);
  });

  it('says nothing where nothing is cited', async () => {
    assert.deepEqual(await hovers(placeOf(paper, 'Peers are')), []);
  });

  it('goes from a citation to its entry', async () => {
    assert.deepEqual(await definitions(placeOf(paper, 'mueller2019')), ['references.bib:15']);
    assert.deepEqual(await definitions(placeOf(paper, 'okafor2018')), ['records.ris:2']);
    const notes = await openFile('notes.md');
    assert.deepEqual(await definitions(placeOf(notes, 'doe:2020/a+b')), ['references.bib:24']);
  });

  for (const [file, names] of [
    ['references.bib', ['058491227277460bac0d80a2d33f51ea', 'mueller2019', 'doe:2020/a+b', 'hostile2021']],
    ['records.ris', ['okafor2018', 'quist2011lighthouses']],
  ] as const) {
    it(`outlines and folds ${file}`, async () => {
      const { uri } = await openFile(file);
      const outline = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        uri,
      );
      assert.deepEqual(
        outline.map(symbol => symbol.name),
        names,
      );
      const folds = await vscode.commands.executeCommand<vscode.FoldingRange[]>(
        'vscode.executeFoldingRangeProvider',
        uri,
      );
      assert.deepEqual(
        folds.map(fold => fold.start),
        outline.map(symbol => symbol.range.start.line),
      );
    });
  }

  it('shows title and authors in the outline', async () => {
    const { uri } = await openFile('records.ris');
    const [first] = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
      'vscode.executeDocumentSymbolProvider',
      uri,
    );
    assert.equal(first?.detail, 'Okafor & Lind 2018 Tides in Narrow Straits');
  });
});
