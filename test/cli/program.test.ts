import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundles } from '../server/bundles.ts';

const good = '@article{roe2015,\n  author = {Roe, Ann},\n  title = {A Study},\n  journal = {J},\n  year = {2015},\n}\n';
const lossy = '@book{doe,\n  title = {B},\n  sortkey = {x},\n}\n';
const broken = '@book{ok, title = {Fine}}\n\n@book{bad, title {No equals}}\n';

describe('the program', function () {
  this.timeout(60_000);
  let folder = '';
  let program = '';

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'colophon-cli-'));
    program = join(folder, 'dist/cli.js');
    writeFileSync(join(folder, 'package.json'), '{"version": "1.2.3"}');
    mkdirSync(join(folder, 'dist'));
    copyFileSync(join((await bundles()).outdir, 'cli.js'), program);
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (args: string[], input = ''): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [program, ...args], { input, encoding: 'utf8', cwd: folder });
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return name;
  };
  const text = (name: string): string => readFileSync(join(folder, name), 'utf8');

  it('converts from standard input to standard output', () => {
    const { status, stdout, stderr } = run(['convert', '--to', 'ris'], good);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^TY {2}- JOUR\nID {2}- roe2015\n/u);
  });

  it('writes a file as a whole and leaves nothing beside it', () => {
    file('good.bib', good);
    assert.equal(run(['convert', 'good.bib', '-o', 'out.ris']).status, 0);
    assert.match(text('out.ris'), /TI {2}- A Study/u);
    assert.deepEqual(
      readdirSync(folder).filter(name => name.includes('.tmp')),
      [],
    );
  });

  it('writes through a link', () => {
    file('real.ris', 'old');
    symlinkSync(join(folder, 'real.ris'), join(folder, 'link.ris'));
    run(['convert', file('good.bib', good), '-o', 'link.ris']);
    assert.match(text('real.ris'), /A Study/u);
    assert.equal(lstatSync(join(folder, 'link.ris')).isSymbolicLink(), true);
  });

  it('writes to devices, and says which file it cannot write', () => {
    file('good.bib', good);
    if (existsSync('/dev/stdout')) {
      const line = `"${process.execPath}" "${program}" convert good.bib --to ris -o /dev/stdout | cat`;
      assert.match(spawnSync('sh', ['-c', line], { cwd: folder, encoding: 'utf8' }).stdout, /A Study/u);
    }
    const { status, stderr } = run(['convert', 'good.bib', '-o', 'none/out.ris']);
    assert.equal(status, 1);
    assert.equal(stderr, 'colophon: cannot write none/out.ris: no such file or directory\n');
  });

  it('says what was lost, where, and exits with 3', () => {
    const { status, stdout, stderr } = run(['convert', file('lossy.bib', lossy), '--to', 'csl', '--no-lossless']);
    assert.equal(status, 3);
    assert.equal((JSON.parse(stdout) as unknown[]).length, 1);
    assert.equal(stderr, 'lossy.bib:1:1: doe: sortkey = {x}: CSL-JSON has no field for this.\n');
  });

  it('warns of keys that several entries have, in one file or in several, and keeps them', () => {
    const twice = file('twice.bib', `${good}\n${good}`);
    const { status, stdout, stderr } = run(['convert', twice, file('good.bib', good), '--to', 'ris', '--strict']);
    assert.equal(status, 0);
    assert.equal(stdout.match(/^ID {2}- /gmu)?.length, 3);
    const key = /@\w+\{(\w+)/u.exec(good)?.[1] ?? '';
    const line = good.split('\n').length + 1;
    assert.equal(
      stderr,
      `twice.bib:${String(line)}:1: warning: The key ${key} is used at twice.bib:1:1 already.\n` +
        `good.bib:1:1: warning: The key ${key} is used at twice.bib:1:1 already.\n`,
    );
  });

  it('writes losses to a file when asked', () => {
    const { status, stderr } = run(['convert', file('lossy.bib', lossy), '--to', 'ris', '--losses', 'losses.json']);
    assert.deepEqual([status, stderr], [3, '']);
    assert.deepEqual(JSON.parse(text('losses.json')), [
      { file: 'lossy.bib', line: 1, column: 1, key: 'doe', field: 'sortkey', value: '{x}', reason: 'no-slot' },
    ]);
  });

  it('writes nothing with --strict when anything would be lost or was not read', () => {
    file('kept.ris', 'kept');
    assert.equal(run(['convert', file('lossy.bib', lossy), '-o', 'kept.ris', '--strict']).status, 3);
    assert.equal(run(['convert', file('broken.bib', broken), '-o', 'kept.ris', '--strict']).status, 1);
    assert.equal(text('kept.ris'), 'kept');
    assert.equal(run(['convert', 'lossy.bib', '--to', 'ris', '--strict']).stdout, '');
    assert.match(run(['convert', file('good.bib', good), '--to', 'ris', '--strict']).stdout, /A Study/u);
  });

  it('tells the place of what it cannot read, converts the rest, and exits with 1', () => {
    const { status, stdout, stderr } = run(['convert', file('broken.bib', broken), '--to', 'ris']);
    assert.equal(status, 1);
    assert.match(stderr, /^broken\.bib:3:\d+: An equals sign is missing here\.\n/u);
    assert.match(stdout, /TI {2}- Fine/u);
  });

  it('refuses what is no bibliography, no text, or not there', () => {
    assert.match(
      run(['convert', file('prose.txt', 'Dear all'), '--to', 'ris']).stderr,
      /^prose\.txt:1:1: no references/u,
    );
    assert.match(run(['convert', 'gone.bib', '--to', 'ris']).stderr, /^gone\.bib:1:1: no such file or directory\n/u);
    writeFileSync(join(folder, 'binary.bib'), Buffer.from([0, 1, 2, 0, 255, 0, 0, 0]));
    assert.equal(run(['convert', '.', '--to', 'ris']).stderr, '.:1:1: this is a directory\n');
    const { status, stdout, stderr } = run(['convert', 'binary.bib', '--to', 'ris']);
    assert.deepEqual([status, stdout, stderr], [1, '', 'binary.bib:1:1: this is no text\n']);
  });

  it('joins several files, of several formats, into one', () => {
    run(['convert', file('good.bib', good), '-o', 'good.ris']);
    const { status, stdout } = run([
      'convert',
      file('empty.bib', ''),
      'good.ris',
      file('b.bib', lossy),
      'good.bib',
      '--to',
      'csl',
    ]);
    assert.equal(status, 1, 'one of them is empty');
    assert.deepEqual(
      (JSON.parse(stdout) as { id: string }[]).map(item => item.id),
      ['roe2015', 'doe', 'roe2015'],
    );
    assert.equal(run(['convert', 'good.ris', 'b.bib', '--to', 'bib']).stdout.match(/^@/gmu)?.length, 2);
  });

  it('finds the records of a page and tells where they differ', () => {
    const page = `Prose\n\n${good}\nTY  - JOUR\nTI  - A Study\nAU  - Roe, Ann\nPY  - 2015\nVL  - 3\nPB  - P\nER  - \n`;
    const { status, stdout } = run(['convert', file('page.txt', page), '--to', 'bib']);
    assert.equal(status, 0);
    assert.match(stdout, /volume = \{3\}/u);
  });

  it('reports text between records, and leaves no file when the other one cannot be written', () => {
    const records = 'TY  - BOOK\nTI  - T\nER  - \n\n# mine\n\nTY  - BOOK\nTI  - U\nER  - \n';
    const { status, stderr } = run(['convert', file('two.ris', records), '--to', 'refer']);
    assert.deepEqual(
      [status, stderr],
      [3, 'two.ris:5:1: text between records = # mine: EndNote (Refer) has no field for this.\n'],
    );
    assert.equal(run(['convert', 'two.ris', '-o', 'none/x.bib', '--losses', 'l.json']).status, 1);
    assert.equal(run(['convert', 'two.ris', '-o', 'x.bib', '--losses', 'none/l.json']).status, 1);
    assert.equal(run(['convert', 'two.ris', '-o', 'x.bib', '--losses', 'x.bib']).status, 2);
    const left = readdirSync(folder).filter(name => /^(?:x\.bib|l\.json)$|\.tmp$/u.test(name));
    assert.deepEqual(left, []);
  });

  it('writes an empty list of losses where there are none', () => {
    assert.equal(run(['convert', file('good.bib', good), '--to', 'ris', '--losses', 'none.json']).status, 0);
    assert.deepEqual(JSON.parse(text('none.json')), []);
  });

  it('explains itself', () => {
    assert.match(run(['--help']).stdout, /^colophon convert \[FILE/u);
    assert.equal(run(['--version']).stdout, '1.2.3\n');
    const { status, stderr } = run(['convert', 'a.bib']);
    assert.equal(status, 2);
    assert.match(stderr, /^colophon: to which format/u);
  });
});
