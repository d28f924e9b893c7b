/** What a macro stands for, by its name without backslash; undefined for an unknown one. */
export type MacroBody = (name: string) => string | undefined;

/**
 * The path that a text spells. A macro that is not known here stays in it, for others to resolve; undefined when nobody but TeX could
 * say what it is.
 */
export function pathText(written: string, bodyOf: MacroBody): string | undefined {
  if (written.length > longestPath) return undefined;
  if (!/[\\{}"#]/.test(written)) return written.trim() || undefined;
  let path = written
    .replace(/\\string(?![A-Za-z])/g, '')
    .replace(/\\(?:currfiledir|currfileabsdir|subfix|detokenize|unexpanded|space)(?![A-Za-z])\s*/g, '');
  path = expand(path, bodyOf);
  if (/(?<!\\)#\d/.test(path)) return undefined;
  path = path
    .replace(/\\([_#%&$~ ])/g, '$1')
    .replace(/(\\[A-Za-z]+)(?:\{\}|\s+)(?=[A-Za-z])/g, '$1\0')
    .replace(/(\\[A-Za-z]+)\s+/g, '$1')
    .replace(/[{}"]/g, '')
    .replaceAll('\0', '{}')
    .trim();
  return path === '' || /\\(?![A-Za-z])/.test(path) ? undefined : path;
}

/** A path without the macros that `pathText` left in it; undefined when one of them is unknown. */
export function resolvedPath(path: string, bodyOf: MacroBody): string | undefined {
  if (!path.includes('\\')) return path;
  const resolved = expand(path, bodyOf);
  return resolved.includes('\\') || resolved.length > longestPath ? undefined : resolved.replace(/[{}"]/g, '').trim();
}

/** Whether the body of a macro may be a part of a path. */
export const isPathPart = (body: string): boolean => body !== '' && body.length <= 200 && !/[#$&%^\r\n[\]]/.test(body);

/** A macro may stand for others, but for no more than a few. */
function expand(path: string, bodyOf: MacroBody): string {
  let expanded = path;
  for (let round = 0; round < 4 && expanded.includes('\\') && expanded.length <= longestPath; round++)
    expanded = expanded.replace(
      /\\([A-Za-z]+)(\{\}|\s*)/g,
      (whole, name: string) => bodyOf(name)?.replace(/^\{(.*)\}$/, '$1') ?? whole,
    );
  return expanded;
}

const longestPath = 500;
