import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'node:assert/strict';

/**
 * Cases in one readable file: `=== name`, the text, `---`, the expected picture. Characters that no editor shows are written as
 * `⟪0D⟫`. `UPDATE_EXPECTED=1` writes today's pictures into the file.
 */
export function testCases(file: string, draw: (text: string) => string): void {
  const path = join(__dirname, file);
  const cases = readCases(path);
  const drawn = cases.map(({ name, source }) => ({ name, source, picture: draw(unescape(source)) }));
  if (process.env['UPDATE_EXPECTED'] === '1') {
    writeFileSync(path, drawn.map(c => `=== ${c.name}\n${c.source}\n---\n${c.picture}\n`).join('\n'));
  }
  it('has cases', () => {
    assert.ok(cases.length > 0);
  });
  cases.forEach(({ name, picture }, index) => {
    it(name, () => {
      assert.equal(drawn[index]?.picture, process.env['UPDATE_EXPECTED'] === '1' ? drawn[index]?.picture : picture);
    });
  });
}

interface Case {
  readonly name: string;
  readonly source: string;
  readonly picture: string;
}

function readCases(path: string): readonly Case[] {
  return readFileSync(path, 'utf8')
    .split(/^=== /mu)
    .slice(1)
    .map(part => {
      const [head = '', picture = ''] = part.split('\n---\n');
      const nameEnd = head.indexOf('\n');
      return { name: head.slice(0, nameEnd), source: head.slice(nameEnd + 1), picture: picture.trimEnd() };
    });
}

const unescape = (source: string): string =>
  source.replace(/⟪([0-9A-F]{2,4})⟫/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

/** A piece of text on one line, long ones cut in the middle. */
export const quoted = (text: string): string =>
  JSON.stringify(text.length > 60 ? `${text.slice(0, 40)}…${text.slice(-15)}` : text);

/** The text of a reference library; without the reference data the test is skipped, which is said. */
export function sharedLibrary(test: Mocha.Context, name: string): string {
  const path = join(__dirname, '../../../shared/data', name);
  if (existsSync(path)) return readFileSync(path, 'utf8');
  console.log(`      skipped: no reference data ${name}`);
  return test.skip();
}
