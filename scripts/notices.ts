import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..');
export const NOTICES_FILE = join(ROOT, 'THIRD_PARTY_NOTICES.md');

/** Writes the notices for the packages that went into the bundles; does nothing when they are as they should be. */
export async function writeNotices(inputs: readonly string[]): Promise<void> {
  const text = await notices(inputs);
  const present = await readFile(NOTICES_FILE, 'utf8').catch(() => undefined);
  if (present !== text) await writeFile(NOTICES_FILE, text);
}

/** The notices for a list of bundled source files, relative to the repository. */
export async function notices(inputs: readonly string[]): Promise<string> {
  const folders = [...new Set(inputs.flatMap(packageFolder))];
  const packages = await Promise.all(folders.map(readPackage));
  packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1));
  const distinct = packages.filter(
    (found, index) => found.name !== packages[index - 1]?.name || found.version !== packages[index - 1]?.version,
  );
  const sections = distinct.map(
    found =>
      `## ${found.name} ${found.version}\n\nLicence: ${found.licence}${found.address}\n\n${remark(found.name)}${quoted(found.text)}\n`,
  );
  return [HEAD, ...sections].join('\n');
}

const HEAD = `# Third-party notices

Colophon itself is under the MIT licence (see LICENSE). Its bundles contain the software below, each under its own licence.
This file is made by \`npm run build\` from what the bundles really contain.
`;

interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly address: string;
  readonly text: string;
}

/** Files of ours that were generated from a package, which is bundled in them. */
const GENERATED_FROM: Readonly<Record<string, string>> = { 'src/data/texSymbols.ts': 'node_modules/unicode2latex' };

function packageFolder(input: string): string[] {
  const source = GENERATED_FROM[input];
  if (source !== undefined) return [source];
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll('\\', '/'));
  return found?.[1] === undefined ? [] : [found[1]];
}

async function readPackage(folder: string): Promise<BundledPackage> {
  const manifest = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
    license?: string;
    author?: string | { name: string };
    homepage?: string;
  };
  const author = typeof manifest.author === 'object' ? manifest.author.name : manifest.author;
  const files = await readdir(join(ROOT, folder));
  const licenceFile = files.filter(file => /^(licen[cs]e|copying)/i.test(file)).sort()[0];
  const text =
    licenceFile === undefined
      ? `The package carries no licence text of its own. Copyright (c) ${author ?? 'its authors'}.\n\n${licenceTextFor(manifest.license)}`
      : await readFile(join(ROOT, folder, licenceFile), 'utf8');
  return {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license ?? 'see the text below',
    address: manifest.homepage === undefined ? '' : `, ${manifest.homepage}`,
    text,
  };
}

/** What must be said beyond the licence text. */
function remark(name: string): string {
  if (name === 'citeproc') {
    return (
      'Citations are formatted by citeproc-js, Copyright (c) 2009-2019 Frank Bennett, used here under the terms of the Common Public ' +
      'Attribution License (CPAL) version 1.0, unmodified; its source is at https://github.com/Juris-M/citeproc-js.\n\n'
    );
  }
  if (name === '@citation-js/plugin-csl') {
    return (
      'Contains CSL styles and locales of the Citation Style Language project (https://citationstyles.org), which are under the ' +
      'Creative Commons Attribution-ShareAlike 3.0 Unported licence (https://creativecommons.org/licenses/by-sa/3.0/), unmodified; their ' +
      'authors are named inside each of them.\n\n'
    );
  }
  return '';
}

const quoted = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .trim()
    .split('\n')
    .map(line => `> ${line.trim()}`.trimEnd())
    .join('\n');

function licenceTextFor(licence: string | undefined): string {
  if (licence === 'ISC') return ISC;
  if (licence !== 'MIT') return '';
  return `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
}

const ISC = `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the
above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY
DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION,
ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`;
