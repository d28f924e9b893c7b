const LONGEST_MS = 5000;

/** The text with as much taken away as can be while `fails` still holds: halves first, then smaller and smaller pieces. */
export function minimise(text: string, fails: (text: string) => boolean): string {
  const end = performance.now() + LONGEST_MS;
  let smallest = text;
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && performance.now() < end;) {
      const shorter = smallest.slice(0, at) + smallest.slice(at + size);
      if (fails(shorter)) smallest = shorter;
      else at += size;
    }
  }
  return smallest;
}
