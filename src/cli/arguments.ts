import { parseArgs } from 'node:util';
import type { FormatName } from '../formats/format.ts';
import { formatNamed, formatOfFile, formats } from '../formats/index.ts';

export const usage = `colophon convert [FILE...] --to FORMAT [options]

Converts bibliographies. Without FILE, or for the FILE "-", reads standard input; without -o, writes to standard output.

  -t, --to FORMAT     the format to write; may be left out when the name given with -o tells it
  -f, --from FORMAT   the format to read; recognised from the content when left out
  -o, --output FILE   where to write, replaced as a whole or not at all; "-" is standard output
      --losses FILE   writes what could not be carried over to a JSON file instead of standard error
      --strict        writes nothing when anything would be lost or could not be read
      --lossless      takes along, hidden, what the format has no field for; into RIS only when asked
      --no-lossless   writes only what the format has a field for
  -h, --help          shows this
      --version       shows the version

FORMAT is one of ${formats.map(format => format.name).join(', ')}; also bib (biblatex) and csl (csl-json).

Exit code: 0 all was carried over, 3 something was not, 1 something could not be read, 2 wrong arguments.
`;

export interface ConvertArguments {
  readonly kind: 'convert';
  /** `-` is standard input. */
  readonly files: readonly string[];
  readonly from: FormatName | undefined;
  readonly to: FormatName;
  /** Undefined: standard output. */
  readonly output: string | undefined;
  readonly losses: string | undefined;
  readonly isStrict: boolean;
  /** Undefined: as is usual for the target. */
  readonly lossless: boolean | undefined;
}

export type Arguments =
  { readonly kind: 'help' | 'version' } | { readonly kind: 'wrong'; readonly message: string } | ConvertArguments;

const options = {
  to: { type: 'string', short: 't' },
  from: { type: 'string', short: 'f' },
  output: { type: 'string', short: 'o' },
  losses: { type: 'string' },
  strict: { type: 'boolean' },
  lossless: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Reads what stands behind the program's name. */
export function readArguments(words: readonly string[]): Arguments {
  let parsed;
  try {
    parsed = parseArgs({ args: [...words], options, allowPositionals: true, allowNegative: true });
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [command, ...files] = positionals;
  if (values.help || command === 'help') return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  if (command !== 'convert') {
    return wrong(command === undefined ? 'no command given' : `no such command: ${command}`);
  }
  const from = values.from === undefined ? undefined : formatOfWord(values.from);
  if (values.from !== undefined && from === undefined) return wrong(`no such format: ${values.from}`);
  const told = values.to ?? (values.output === undefined ? undefined : formatOfFile(values.output)?.name);
  const to = told === undefined ? undefined : formatOfWord(told);
  if (to === undefined) return wrong(told === undefined ? 'to which format? Use --to.' : `no such format: ${told}`);
  if (formatNamed(to)?.write === undefined) return wrong(`${to} can only be read`);
  if (values.losses !== undefined && values.losses === values.output) {
    return wrong('--output and --losses name the same file');
  }
  return {
    kind: 'convert',
    files: files.length === 0 ? ['-'] : files,
    from,
    to,
    output: values.output === '-' ? undefined : values.output,
    losses: values.losses,
    isStrict: values.strict ?? false,
    lossless: values.lossless,
  };
}

const wrong = (message: string): Arguments => ({ kind: 'wrong', message });

const shortNames: Readonly<Record<string, FormatName>> = { bib: 'biblatex', csl: 'csl-json' };

const formatOfWord = (word: string): FormatName | undefined =>
  Object.hasOwn(shortNames, word) ? shortNames[word] : formatNamed(word)?.name;
