/** As a note begins with it (`bib:pubstate: `), or as a member of `custom` is called. */
const mark = /(?<![\w:-])(?:bib|ris):(?!(?:entry|record|without)\b)[\w.+=-]+"?: /gu;

/** How many values travel beside the fields of a format, in its notes or its `custom`, as a written text shows. */
export function countCarriedValues(written: string): number {
  if (!written.includes('bib:') && !written.includes('ris:')) return 0;
  let count = 0;
  mark.lastIndex = 0;
  while (mark.test(written)) count++;
  return count;
}
