import assert from 'node:assert/strict';
import { completions } from '../../src/features/completion.ts';
import { hover } from '../../src/features/hover.ts';
import { insertCitation } from '../../src/features/insertCitation.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { project, projectWithCursor, scope } from './project.ts';

const refs =
  "\n%! conf.py\nbibtex_bibfiles = ['refs.bib']\n%! refs.bib\n@book{doe, title={Peers}}\n@book{roe, title={Tides}}\n";
const index = '%! index.rst\n.. toctree::\n\n   a\n   refs\n';
const prefixed = `${index}%! refs.rst\n.. bibliography::\n   :keyprefix: x-\n`;
const both = `${prefixed}\n.. bibliography::\n`;

/** The text after the first item was accepted. */
function accepted(source: string): string | undefined {
  const { library, cursor } = projectWithCursor(source + refs);
  const [first] = completions(library, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
  return first && applyEdits(cursor.file.text, [{ span: first.replace, newText: first.insertText }]).trim();
}

describe('keys with the prefix of a bibliography', () => {
  it('are found from every document of the project', () => {
    for (const source of [
      `${prefixed}%! a.rst\n:cite:\`x-d|oe\``,
      `${prefixed}%! a.rst\n:cite:\`roe, x-d|oe\``,
      '%! a.rst\n:cite:`x-d|oe`\n\n.. bibliography::\n   :keyprefix: x-',
      '%! a.rst\n.. bibliography::\n   :keyprefix: x-\n\n   d|oe',
    ]) {
      const { library, cursor } = projectWithCursor(source + refs);
      const found = hover(library, cursor.file.uri, cursor.offset, { scope });
      assert.equal(found && cursor.file.text.slice(found.span.start, found.span.end), 'doe', source);
    }
    const { library, cursor } = projectWithCursor(`%! b.rst\n:cite:\`x-d|oe\`\n${prefixed}%! a.rst\n${refs}`);
    assert.equal(hover(library, cursor.file.uri, cursor.offset, { scope }), undefined);
  });

  it('are written as typed', () => {
    assert.equal(accepted(`${both}%! a.rst\n:cite:\`x-peer|\``), ':cite:`x-doe`');
    assert.equal(accepted(`${both}%! a.rst\n:cite:\`peer|\``), ':cite:`doe`');
  });

  it('are written with it where every bibliography has it', () => {
    assert.equal(accepted(`${prefixed}%! a.rst\n:cite:p:\`{see}pe|{p. 3}\``), ':cite:p:`{see}x-doe{p. 3}`');
    assert.equal(accepted(`${prefixed}%! a.rst\n:cite:\`x-roe, x-pe|\``), ':cite:`x-roe, x-doe`');
    assert.equal(
      accepted('%! a.rst\n.. bibliography::\n   :keyprefix: x-\n\n   peer|'),
      '.. bibliography::\n   :keyprefix: x-\n\n   doe',
    );
    assert.equal(accepted('%! a.rst\n:cite:`peer|`'), ':cite:`doe`');
  });

  it('are inserted with it', () => {
    const inserted = (source: string): string => {
      const { library, cursor } = projectWithCursor(source + refs);
      const document = library.manuscript(cursor.file.uri);
      assert.ok(document);
      const choice = { keys: ['doe', 'roe'], form: ':cite:p:', affixes: { prefix: '', locator: '' } };
      const selection = { start: cursor.offset, end: cursor.offset };
      return applyEdits(
        cursor.file.text,
        insertCitation(document, [selection], choice, word => word === 'pe').edits,
      ).trim();
    };
    assert.equal(inserted(`${prefixed}%! a.rst\nAs |.`), 'As :cite:p:`x-doe,x-roe`.');
    assert.equal(inserted(`${prefixed}%! a.rst\n:cite:\`x-d|oe\``), ':cite:`x-doe,x-roe`');
    assert.equal(inserted(`${prefixed}%! a.rst\n:cite:\`pe|\``), ':cite:`x-doe,x-roe`');
    assert.equal(inserted(`${both}%! a.rst\nAs |.`), 'As :cite:p:`doe,roe`.');
  });

  it('are known within a document of MyST', () => {
    const list = '\n```{bibliography} refs.bib\n:keyprefix: x-\n:filter: docname in docnames\n```\n';
    const { library, cursor } = projectWithCursor(`%! a.md\n{cite:p}\`x-d|oe\`\n${list}${refs}`);
    const found = hover(library, cursor.file.uri, cursor.offset, { scope });
    assert.equal(found && cursor.file.text.slice(found.span.start, found.span.end), 'doe');
    assert.equal(accepted(`%! a.md\n{cite:p}\`x-peer|\`\n${list}`)?.split('\n')[0], '{cite:p}`x-doe`');
    assert.equal(accepted(`%! a.md\n{cite:p}\`peer|\`\n${list}`)?.split('\n')[0], '{cite:p}`x-doe`');
    assert.equal(
      accepted(`%! a.md\n{cite:p}\`peer|\`\n${list}${list.replace('x-', 'y-')}`)?.slice(0, 14),
      '{cite:p}`doe`\n',
    );
  });

  it('lose it when the bibliography does', () => {
    const { library, file } = project(`${prefixed}%! a.rst\n:cite:\`x-doe\`\n${refs}`);
    const keys = (): unknown =>
      library.manuscript(file('a.rst').uri)?.scanned.groups[0]?.citations.map(({ key }) => key);
    assert.deepEqual(keys(), ['doe']);
    library.setFile(file('refs.rst').uri, { text: '.. bibliography::\n' });
    assert.deepEqual(keys(), ['x-doe']);
  });
});
