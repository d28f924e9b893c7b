import assert from 'node:assert/strict';
import { readArguments } from '../../src/cli/arguments.ts';

describe('cli/arguments', () => {
  const cases: [words: string, expected: object][] = [
    [
      'convert a.bib --to ris',
      { files: ['a.bib'], to: 'ris', output: undefined, lossless: undefined, isStrict: false },
    ],
    ['convert -t csl -f bib', { files: ['-'], to: 'csl-json', from: 'biblatex' }],
    [
      'convert a.bib b.bib -o out.ris --strict',
      { files: ['a.bib', 'b.bib'], to: 'ris', output: 'out.ris', isStrict: true },
    ],
    ['convert a.bib -t ris -o -', { output: undefined }],
    ['convert - --to ris --lossless --losses l.json', { files: ['-'], lossless: true, losses: 'l.json' }],
    ['convert a.ris --to bib --no-lossless', { lossless: false }],
    ['--help', { kind: 'help' }],
    ['convert --help', { kind: 'help' }],
    ['--version', { kind: 'version' }],
    ['', { kind: 'wrong' }],
    ['frobnicate', { kind: 'wrong', message: 'no such command: frobnicate' }],
    ['convert a.bib', { kind: 'wrong', message: 'to which format? Use --to.' }],
    ['convert a.bib -o out.txt', { kind: 'wrong', message: 'to which format? Use --to.' }],
    ['convert a.bib --to docx', { kind: 'wrong', message: 'no such format: docx' }],
    ['convert a.bib --from docx --to ris', { kind: 'wrong', message: 'no such format: docx' }],
    ['convert a.bib --to ris --frob', { kind: 'wrong' }],
    ['convert a.bib --to', { kind: 'wrong' }],
  ];
  for (const [words, expected] of cases) {
    it(`colophon ${words}`, () => {
      const read: Readonly<Record<string, unknown>> = {
        ...readArguments(words.split(' ').filter(word => word !== '')),
      };
      for (const [name, value] of Object.entries(expected)) assert.deepEqual(read[name], value, name);
    });
  }
});
