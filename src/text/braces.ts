/**
 * The patterns that one with alternatives in braces stands for, in their order: `{a,b/{c,d}}.bib` stands for three. Braces without a
 * partner are characters. No more than `mostAlternatives` are made.
 */
export function expandBraces(pattern: string): string[] {
  const found = [pattern.slice(0, longestPattern)];
  for (let index = 0; index < found.length && found.length <= mostAlternatives;) {
    const one = found[index] ?? '';
    const group = firstGroup(one);
    if (group === undefined) index++;
    else found.splice(index, 1, ...group.parts.map(part => one.slice(0, group.start) + part + one.slice(group.end)));
  }
  return found.slice(0, mostAlternatives);
}

const longestPattern = 500;
const mostAlternatives = 100;

interface BraceGroup {
  readonly start: number;
  readonly end: number;
  readonly parts: readonly string[];
}

/** The first braces that close, with their parts; those inside of them are left to the next round. */
function firstGroup(pattern: string): BraceGroup | undefined {
  for (let start = pattern.indexOf('{'); start >= 0; start = pattern.indexOf('{', start + 1)) {
    const parts: string[] = [];
    let depth = 0;
    let from = start + 1;
    for (let at = start; at < pattern.length; at++) {
      const char = pattern[at];
      if (char === '{') depth++;
      else if (char === '}') depth--;
      if (depth === 0 || (depth === 1 && char === ',')) {
        parts.push(pattern.slice(from, at));
        from = at + 1;
      }
      if (depth === 0) return { start, end: at + 1, parts };
    }
  }
  return undefined;
}
