import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accepted,
  definitions,
  discard,
  eventually,
  hovers,
  labelOf,
  offered,
  openFile,
  placeOf,
  unescaped,
  type Place,
} from '../editor.ts';

interface Row {
  readonly document: string;
  readonly key: string;
  /** The citation up to the end of its key. */
  readonly cited: string;
  /** What the document has where completion is asked for. */
  readonly search: string;
  readonly title: string;
  /** Where the entry stands, its line counted from 1. */
  readonly target: string;
  /** The keys of the whole file, where the entry stands in one of its own. */
  readonly outline?: readonly string[];
}

const rows: readonly Row[] = [
  {
    document: 'named.md',
    key: 'quill-json',
    cited: '@quill-json',
    search: 'quillworts ponds',
    title: 'Quillworts in Ponds',
    target: 'shelf.json:2',
    outline: ['quill-json', 'quill-other'],
  },
  {
    document: 'named.md',
    key: 'fern-yaml',
    cited: '@fern-yaml',
    search: 'ferneries indoors',
    title: 'Ferneries Indoors',
    target: 'shelf.yaml:2',
    outline: ['fern-yaml', 'fern-other'],
  },
  {
    document: 'named.typ',
    key: 'moss-hayagriva',
    cited: '@moss-hayagriva',
    search: 'mossy gables',
    title: 'Mossy Gables',
    target: 'works.yml:1',
    outline: ['moss-hayagriva', 'moss-other'],
  },
  {
    document: 'named.md',
    key: 'horsetail-nbib',
    cited: '@horsetail-nbib',
    search: 'horsetails rail',
    title: 'Horsetails by Rail',
    target: 'shelf.nbib:4',
    outline: ['horsetail-nbib'],
  },
  {
    document: 'named.md',
    key: 'clubmoss-enw',
    cited: '@clubmoss-enw',
    search: 'clubmosses compared',
    title: 'Clubmosses Compared',
    target: 'shelf.enw:4',
    outline: ['clubmoss-enw'],
  },
  {
    document: 'named.md',
    key: 'stonewort-xml',
    cited: '@stonewort-xml',
    search: 'stoneworts lakes',
    title: 'Stoneworts of Lakes',
    target: 'shelf.xml:6',
    outline: ['stonewort-xml'],
  },
  {
    document: 'named.md',
    key: 'lichen-ris',
    cited: '@lichen-ris',
    search: 'lichens roofs',
    title: 'Lichens on Roofs',
    target: 'shelf.ris:2',
    outline: ['lichen-ris', 'lichen-other'],
  },
  {
    document: 'bibitem.tex',
    key: 'thatch-bibitem',
    cited: '\\cite{thatch-bibitem',
    search: 'thatched roofs',
    title: 'Thatched Roofs',
    target: 'bibitem.tex:5',
  },
  {
    document: 'filecontents.tex',
    key: 'shingle-filecontents',
    cited: '\\cite{shingle-filecontents',
    search: 'shingled walls',
    title: 'Shingled Walls',
    target: 'filecontents.tex:2',
  },
  {
    document: 'amsrefs.tex',
    key: 'parquet-amsrefs',
    cited: '\\cite{parquet-amsrefs',
    search: 'parquet floors',
    title: 'Parquet Floors',
    target: 'amsrefs.tex:6',
  },
  {
    document: 'references.md',
    key: 'hinge-inline',
    cited: '@hinge-inline',
    search: 'hinged doors',
    title: 'Hinged Doors',
    target: 'references.md:4',
  },
];

describe('bibliographies of other formats', () => {
  for (const { document: name, key, cited, search, title, target, outline } of rows) {
    const [file = ''] = target.split(':');
    it(`${file}: offers, shows and finds references${outline ? ', and outlines them' : ''}`, async () => {
      const document = await openFile(`formats/${name}`);
      const searched = behind(document, search);
      const [item] = await eventually(
        () => offered(searched),
        items => items.some(one => labelOf(one) === key),
      );
      assert.ok(item);
      assert.equal(labelOf(item), key);
      assert.ok(accepted(searched, item).split(key).length > document.getText().split(key).length);
      const citation = inside(document, cited);
      assert.ok(unescaped((await hovers(citation))[0] ?? '').includes(title));
      assert.deepEqual(await definitions(citation), [target]);
      if (outline === undefined) return;
      const opened = await openFile(`formats/${file}`);
      // The editor's own outline of JSON and YAML stands beside it.
      await eventually(
        async () => (await symbolNames(opened.uri)).filter(one => outline.includes(one)).join(),
        names => names === outline.join(),
      );
      assert.ok((await hovers(inside(opened, key))).some(card => unescaped(card).includes(title)));
    });
  }

  for (const [file, document, key] of [
    ['shelf.json', 'named.md', 'quill-typed'],
    ['shelf.yaml', 'named.md', 'fern-typed'],
    ['works.yml', 'named.typ', 'moss-typed'],
  ] as const) {
    it(`${file}: what is not saved counts, until it is discarded`, async () => {
      const citing = await openFile(`formats/${document}`);
      const citation = inside(citing, `@${key}`);
      await eventually(() => definitions(inside(citing, `@${key.replace('typed', formatOf[file])}`)), hasOne);
      assert.deepEqual(await definitions(citation), []);
      const opened = await openFile(`formats/${file}`);
      const { position } = placeOf(opened, key.replace('typed', 'other'));
      const edit = new vscode.WorkspaceEdit();
      edit.replace(opened.uri, new vscode.Range(position, position.translate(0, key.length)), key);
      assert.ok(await vscode.workspace.applyEdit(edit));
      const [place] = await eventually(() => definitions(citation), hasOne);
      assert.equal(place, `${file}:${position.line + 1}`);
      await discard(`formats/${file}`);
      await eventually(
        () => definitions(citation),
        found => found.length === 0,
      );
    });
  }
});

const formatOf = { 'shelf.json': 'json', 'shelf.yaml': 'yaml', 'works.yml': 'hayagriva' };

const hasOne = (found: readonly string[]): boolean => found.length === 1;

async function symbolNames(uri: vscode.Uri): Promise<string[]> {
  const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  return (symbols ?? []).map(symbol => symbol.name);
}

/** The place behind a text. */
function behind(document: vscode.TextDocument, text: string): Place {
  const { position } = placeOf(document, text);
  return { document, position: position.translate(0, text.length) };
}

/** The place before the last character of a text. */
function inside(document: vscode.TextDocument, text: string): Place {
  const { position } = behind(document, text);
  return { document, position: position.translate(0, -1) };
}
