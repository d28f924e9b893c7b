import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments, usage } from './arguments.ts';
import { runConvert } from './convertCommand.ts';
import { EXIT } from './exit.ts';

/** `colophon …`: the only place that knows the process. */
async function main(): Promise<number> {
  const task = readArguments(process.argv.slice(2));
  switch (task.kind) {
    case 'help':
      process.stdout.write(usage);
      return EXIT.done;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return EXIT.done;
    case 'wrong':
      process.stderr.write(`colophon: ${task.message}\nTry "colophon --help".\n`);
      return EXIT.usage;
    case 'convert':
      return runConvert(task, { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr });
  }
}

const version = (): string =>
  (JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8')) as { version: string }).version;

// Whoever reads our output may have had enough: `colophon … | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(EXIT.done);
});

main().then(
  code => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`colophon: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = EXIT.badInput;
  },
);
