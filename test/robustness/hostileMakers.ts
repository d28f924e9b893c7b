/** A text that somebody made to break or stop a reader, in any size. */
export interface HostileText {
  readonly title: string;
  /** Its ending tells the kind of file. */
  readonly file: string;
  /** About `size` characters. */
  readonly make: (size: number) => string;
}

const filled = (piece: string, size: number): string => piece.repeat(Math.max(1, Math.floor(size / piece.length)));

export const fill =
  (piece: string, before = '', after = '') =>
  (size: number): string =>
    before + filled(piece, size) + after;

/** So many braces around something. */
export const nested =
  (open: string, close: string, before: string, after: string) =>
  (size: number): string => {
    const depth = Math.floor(size / (open.length + close.length));
    return before + open.repeat(depth) + 'x' + close.repeat(depth) + after;
  };

/** Entries of which each leads to the next. */
export const chain =
  (link: (entry: number) => string) =>
  (size: number): string => {
    const count = Math.max(2, Math.floor(size / link(size).length));
    return Array.from({ length: count }, (_, entry) => link(entry)).join('');
  };

export const text = (title: string, file: string, make: (size: number) => string): HostileText => ({
  title,
  file,
  make,
});
