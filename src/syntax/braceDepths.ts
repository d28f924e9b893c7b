const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Whether a brace opened before a place may be closed there or behind when `after` stands in the place of `before`. */
export function mayCloseBraces(before: string, after: string): boolean {
  const old = braceDepths(before);
  const now = braceDepths(after);
  return now.last < old.last || now.least < Math.min(0, old.least);
}

/** How deep in braces a text ends, and how deep it is at least, seen from its beginning. */
function braceDepths(text: string): { readonly last: number; readonly least: number } {
  let last = 0;
  let least = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) last++;
    else if (code === CLOSE_BRACE && --last < least) least = last;
  }
  return { last, least };
}

/** The opening braces from `from` on that nothing closes, in order. */
export function unmatchedBraces(text: string, from: number): Int32Array {
  let stack: Int32Array = new Int32Array(64);
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) {
      if (depth === stack.length) stack = doubled(stack);
      stack[depth++] = i;
    } else if (code === CLOSE_BRACE && depth > 0) {
      depth--;
    }
  }
  return stack.slice(0, depth);
}

/** Whether sorted numbers include one. */
export function includes(sorted: Int32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

function doubled(array: Int32Array): Int32Array {
  const copy = new Int32Array(array.length * 2);
  copy.set(array);
  return copy;
}
