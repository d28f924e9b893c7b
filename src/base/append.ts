/** Adds to a list in place. `push(...more)` makes each an argument, and a hundred thousand arguments are more than a stack holds. */
export function append<Item>(list: Item[], more: Iterable<Item>): void {
  for (const item of more) list.push(item);
}
