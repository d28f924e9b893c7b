/** `npm run bench -- [part …]`: figures beside the peers, all from one run. Nothing here passes or fails. */
import { cpus } from 'node:os';
import { build } from '../../scripts/build.ts';
import { benchBundles } from './bundles.ts';
import { benchConversion } from './conversion.ts';
import { benchEditing } from './editing.ts';
import { realLibraryIsHere } from './libraries.ts';
import { benchParsing } from './parsing.ts';
import { runProgram } from './program.ts';
import { benchVscode } from './vscode.ts';

const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  bundles: benchBundles,
  parsing: benchParsing,
  search: () => runProgram('search'),
  indexing: () => runProgram('indexing'),
  edits: () => runProgram('edits', ['--single-threaded-gc']),
  editing: benchEditing,
  documents: () => runProgram('documents'),
  hostile: () => runProgram('hostile'),
  conversion: benchConversion,
  vscode: benchVscode,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const names = wanted.length > 0 ? wanted : Object.keys(PARTS);
  await build({ production: true });
  console.log(
    `Node ${process.version}, ${cpus().length} cores, ${realLibraryIsHere() ? 'real' : 'generated'} library\n`,
  );
  for (const name of names) {
    const part = PARTS[name];
    if (!part) throw new Error(`No such part: ${name}. There are ${Object.keys(PARTS).join(', ')}.`);
    console.log(`${await part()}\n`);
  }
}

void main();
