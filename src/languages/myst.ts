import type { CitationGroup, Language, Manuscript } from './language.ts';
import { markdown } from './markdown.ts';
import { mystProcessor } from './markdownProcessor.ts';
import { mystWriting } from './markdownWriting.ts';

/** MyST where an editor knows it as a language of its own; most of its documents are called Markdown, which reads its roles, too. */
export const myst: Language = {
  ...markdown,
  id: 'myst',
  languageIds: ['myst'],
  extensions: ['.myst'],
  triggerCharacters: [...markdown.triggerCharacters, '`', ';'],
  scan,
  writing: mystWriting,
  processor: mystProcessor,
};

/** `@label` refers to a label of the document (`(label)=`, `:label: x`) as well as to a reference. */
function scan(text: string): Manuscript {
  const manuscript = markdown.scan(text);
  const labels = new Set<string>();
  for (const match of text.matchAll(/^[ \t]*(?:\(([^()\r\n]{1,200})\)=|:(?:label|name):[ \t]*(\S{1,200}))/gm))
    labels.add(normalised(match[1] ?? match[2] ?? ''));
  const isLabel = ({ command, citations }: CitationGroup): boolean =>
    command.includes('@') && citations.length > 0 && citations.every(({ key }) => labels.has(normalised(key)));
  return labels.size === 0 ? manuscript : { ...manuscript, groups: manuscript.groups.filter(group => !isLabel(group)) };
}

/** Labels are compared in lower case, with one space for several and without quotes. */
const normalised = (label: string): string => label.toLowerCase().replace(/["']/g, '').split(/\s+/).join(' ').trim();
