import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import * as disk from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { FileContent } from '../../src/server/files.ts';
import { nodeFiles } from '../../src/server/nodeFiles.ts';
import { decode } from '../../src/text/decode.ts';
import { wholeText } from '../../src/text/fileText.ts';

const WANTED = { extensions: ['.bib'], names: ['_quarto.yml'] };

describe('files of the disk', () => {
  const { open } = disk.promises;
  let folder: string;

  beforeEach(() => {
    folder = disk.realpathSync(disk.mkdtempSync(join(tmpdir(), 'colophon files #1 % ü ')));
  });
  afterEach(() => {
    disk.promises.open = open;
    disk.rmSync(folder, { recursive: true, force: true });
  });

  const files = () => nodeFiles(() => [URI.file(folder).toString()]);
  const read = (name: string): Promise<FileContent> => files().read(URI.file(join(folder, name)).toString());
  const write = (name: string, text: string): void => {
    disk.writeFileSync(join(folder, name), text);
  };
  const textOf = (content: FileContent): string =>
    content.kind === 'text' ? wholeText(content.text) : content.kind;

  /** Something happens to the file right after it has been read, as often as said. */
  function meanwhile(times: number, act: () => void): void {
    let left = times;
    disk.promises.open = async (...args: Parameters<typeof open>) => {
      const file = await open(...args);
      const close = file.close.bind(file);
      file.close = async () => {
        await close();
        if (left-- > 0) act();
      };
      return file;
    };
  }

  /** As for a user who may not: the tests may run as one who may do everything. */
  function refuse(code: string): void {
    const refusing = (): Promise<never> => Promise.reject(Object.assign(new Error(`${code}: refused`), { code }));
    disk.promises.open = refusing;
  }

  it('reads a file again that changes while it is read', async () => {
    write('a.bib', 'one');
    meanwhile(1, () => {
      write('a.bib', 'another');
    });
    assert.equal(textOf(await read('a.bib')), 'another');
  });

  it('reads a file again that another one is moved over while it is read', async () => {
    write('a.bib', 'one');
    meanwhile(1, () => {
      write('a.tmp', 'two');
      disk.renameSync(join(folder, 'a.tmp'), join(folder, 'a.bib'));
    });
    assert.equal(textOf(await read('a.bib')), 'two');
  });

  it('takes a file that never stops changing as it came', async () => {
    write('a.bib', '');
    let reads = 0;
    meanwhile(Infinity, () => {
      reads += 1;
      disk.appendFileSync(join(folder, 'a.bib'), 'x');
    });
    assert.equal(textOf(await read('a.bib')), 'xx');
    assert.equal(reads, 3);
  });

  const large = '@book{müller, title = {Über “Größe” 🎉}}\n'.repeat(60_000);
  const encoded: [what: string, bytes: Buffer][] = [
    ['UTF-8', Buffer.from(large)],
    ['UTF-8 with mark', Buffer.from(`\ufeff${large}`)],
    ['UTF-16', Buffer.from(`x\ufeff${large}`, 'utf16le').subarray(2)],
    ['Windows-1252, as only the end tells', Buffer.concat([Buffer.from(large), Buffer.from([0x93, 0xf6, 0x94])])],
  ];
  for (const [what, bytes] of encoded) {
    it(`reads a file of several parts: ${what}`, async () => {
      disk.writeFileSync(join(folder, 'a.bib'), bytes);
      const content = await read('a.bib');
      assert.ok(textOf(content) === decode(bytes)?.text);
      assert.ok(content.kind === 'text' && typeof content.text !== 'string');
    });
  }

  it('tells that a file is no text, at its end at the latest', async () => {
    disk.writeFileSync(join(folder, 'a.bib'), Buffer.concat([Buffer.from(large), Buffer.alloc(1)]));
    assert.deepEqual(await read('a.bib'), { kind: 'binary' });
  });

  it('reads no file that is larger than a text can be', async () => {
    write('a.bib', '');
    disk.truncateSync(join(folder, 'a.bib'), 600_000_000);
    assert.deepEqual(await read('a.bib'), { kind: 'too-large' });
  });

  it('tells that a file vanished, before and while it is read', async () => {
    assert.equal((await read('a.bib')).kind, 'missing');
    assert.equal((await read('a.bib/b.bib')).kind, 'missing');
    write('a.bib', 'one');
    assert.equal((await read('a.bib/b.bib')).kind, 'missing');
    meanwhile(1, () => {
      disk.unlinkSync(join(folder, 'a.bib'));
    });
    assert.equal((await read('a.bib')).kind, 'missing');
  });

  it('tells why a file cannot be read', async () => {
    write('a.bib', 'one');
    refuse('EACCES');
    assert.deepEqual(await read('a.bib'), { kind: 'failed', reason: 'EACCES: refused' });
    disk.promises.open = open;
    disk.mkdirSync(join(folder, 'folder.bib'));
    assert.deepEqual(await read('folder.bib'), { kind: 'failed', reason: 'it is not a file' });
  });

  it('reads a file that nobody may write', async () => {
    write('a.bib', 'one');
    disk.chmodSync(join(folder, 'a.bib'), 0o444);
    assert.equal(textOf(await read('a.bib')), 'one');
  });

  if (process.platform !== 'win32') {
    it('does not wait for a pipe', async () => {
      execFileSync('mkfifo', [join(folder, 'pipe.bib')]);
      assert.deepEqual(await read('pipe.bib'), { kind: 'failed', reason: 'it is not a file' });
    });

    it('finds each file once, whatever symbolic links lead where', async () => {
      disk.mkdirSync(join(folder, 'deep/er'), { recursive: true });
      disk.mkdirSync(join(folder, 'locked'));
      for (const name of ['a.bib', 'deep/er/b.BIB', '_quarto.yml', 'c.txt', 'locked/d.bib']) write(name, '');
      disk.symlinkSync(folder, join(folder, 'deep/er/up'));
      disk.symlinkSync(join(folder, 'deep'), join(folder, 'deep/self'));
      disk.symlinkSync('ring2', join(folder, 'ring1'));
      disk.symlinkSync('ring1', join(folder, 'ring2'));
      disk.symlinkSync('ring.bib', join(folder, 'ring.bib'));
      disk.symlinkSync('nowhere', join(folder, 'broken'));
      disk.symlinkSync('a.bib', join(folder, 'link.bib'));
      const found = (await files().find(WANTED)).map(uri => URI.parse(uri).fsPath.slice(folder.length + 1));
      assert.deepEqual(found.sort(), ['_quarto.yml', 'a.bib', 'deep/er/b.BIB', 'link.bib', 'locked/d.bib', 'ring.bib']);
      assert.equal((await read('link.bib')).kind, 'text');
      assert.equal((await read('ring.bib')).kind, 'failed');
    });
  }

  it('passes over folders that are gone or elsewhere', async () => {
    const addresses = [URI.file(join(folder, 'gone')).toString(), 'untitled:x', 'vscode-vfs://github/a/b'];
    assert.deepEqual(await nodeFiles(() => addresses).find(WANTED), []);
  });
});
