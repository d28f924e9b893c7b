import { TEX_ACCENTS, TEX_WORDS } from '../data/texCommands.ts';
import { TEX_NAMES, TEX_SYMBOLS } from '../data/texSymbols.ts';

/** The text of a command, named without its backslash; undefined for one that is no symbol. */
export function symbolOf(name: string): string | undefined {
  if (Object.hasOwn(TEX_WORDS, name)) return TEX_WORDS[name];
  return symbols().get(name);
}

/** The command that writes a character, `$` before one for mathematics; undefined where none reads as just that character. */
export function nameOf(character: string): string | undefined {
  const name = names().get(character);
  const command = name?.replace('$', '') ?? '';
  return symbolOf(command) === character && !Object.hasOwn(TEX_ACCENTS, command) ? name : undefined;
}

const symbols = once(() => pairs(TEX_SYMBOLS));
const names = once(() => pairs(TEX_NAMES));

function pairs(table: string): ReadonlyMap<string, string> {
  const map = new Map<string, string>();
  const words = table.split(' ');
  for (let at = 0; at + 1 < words.length; at += 2) map.set(words[at] ?? '', words[at + 1] ?? '');
  return map;
}

/** Tables are taken apart when the first value needs them. */
function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
