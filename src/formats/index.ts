import { amsrefs } from './amsrefs.ts';
import { bbl } from './bbl.ts';
import { biblatex } from './biblatex.ts';
import { bibtex } from './bibtex.ts';
import { citationCff } from './citationCff.ts';
import { cslJson } from './cslJson.ts';
import { cslYaml } from './cslYaml.ts';
import { endnoteXml } from './endnoteXml.ts';
import { isWritable, type Format, type WritableFormat } from './format.ts';
import { hayagriva } from './hayagriva.ts';
import { mods } from './mods.ts';
import { pubmed } from './pubmed.ts';
import { refer } from './refer.ts';
import { ris } from './ris.ts';
import { thebibliography } from './thebibliography.ts';
import { webOfScience } from './webOfScience.ts';

/** Every format, in the order in which a user is offered them. */
export const formats: readonly Format[] = [
  bibtex,
  biblatex,
  ris,
  cslJson,
  cslYaml,
  hayagriva,
  citationCff,
  endnoteXml,
  pubmed,
  refer,
  webOfScience,
  mods,
];

/** Those that are written as well. */
export const writableFormats: readonly WritableFormat[] = formats.filter(isWritable);

/** Notations of entries that stand in documents only. */
const documentFormats: readonly Format[] = [thebibliography, amsrefs, bbl];

const byName: ReadonlyMap<string, Format> = new Map(formats.map(format => [format.name, format]));

/** The format of that name; names from outside the program may be unknown. */
export const formatNamed = (name: string): Format | undefined => byName.get(name);

/** The same for entries in documents, which have notations of their own. */
export const embeddedFormatNamed = (name: string): Format | undefined =>
  formatNamed(name) ?? documentFormats.find(format => format.name === name);

/** The format a file of that name usually has; `.bib` counts as BibLaTeX, which reads BibTeX too. */
export function formatOfFile(fileName: string): Format | undefined {
  const lower = fileName.toLowerCase();
  return lower.endsWith('.bib')
    ? biblatex
    : formats.find(format => format.extensions.some(extension => lower.endsWith(extension)));
}

/** The format whose content a text most looks like; the file's name decides where the content leaves it open. Undefined: none. */
export function recogniseFormat(text: string, fileName?: string): Format | undefined {
  const named =
    fileName === undefined
      ? []
      : formats.filter(format => format.extensions.some(extension => fileName.toLowerCase().endsWith(extension)));
  let best: Format | undefined;
  let bestScore = 0;
  for (const format of formats) {
    const content = format.recognise(text);
    const score = content === 0 ? 0 : content + (named.includes(format) ? 0.5 : 0);
    if (score > bestScore) {
      best = format;
      bestScore = score;
    }
  }
  return best ?? named[0];
}
