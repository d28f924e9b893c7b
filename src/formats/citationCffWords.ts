/** What an identifier says that holds the key of the reference: the format has no other place for it. */
export const keyDescription = 'citation key';

/** What one says that tells a reference from those before it that are written alike: the schema wants each once. */
export const copyDescription = 'copy';

/** The schema wants an author and a title even where there is none. */
export const nobody = 'anonymous';
export const noTitle = '[untitled]';
