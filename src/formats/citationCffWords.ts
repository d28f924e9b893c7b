/** What an identifier says that holds the key of the reference: the format has no other place for it. */
export const keyDescription = 'citation key';

/** An identifier that tells a reference from those before it that are written alike: the schema wants each once. */
export const copyMark = (number: number): string => `identical reference ${String(number)}`;
export const isCopyMark = (identifier: string): boolean => /^identical reference \d{1,9}$/u.test(identifier);

/** The schema wants an author and a title even where there is none. */
export const nobody = 'anonymous';
export const noTitle = '[untitled]';
