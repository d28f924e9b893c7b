import type { CitationGroup, Language, Manuscript } from './language.ts';
import { markdown, scanMarkdown } from './markdown.ts';
import { mystProcessor } from './markdownProcessor.ts';
import { mystWriting } from './markdownWriting.ts';
import type { CitationCommands } from './texCommands.ts';

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

/** `@label` refers to a label of the document as well as to a reference. */
function scan(text: string, commands?: CitationCommands): Manuscript {
  const manuscript = scanMarkdown(text, 'myst', commands);
  const labels = labelsOf(text);
  const isLabel = ({ command, citations }: CitationGroup): boolean =>
    command.includes('@') && citations.length > 0 && citations.every(({ key }) => labels.has(normalised(key)));
  return labels.size === 0 ? manuscript : { ...manuscript, groups: manuscript.groups.filter(group => !isLabel(group)) };
}

/** A longer label is none. */
const longest = 200;

/** `(label)=` on a line of its own, `:label: x` among the options of a directive, `$$ … $$ (label)` and `{#label}`. */
function labelsOf(text: string): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const mark of [')=', ':label:', ':name:']) {
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      const before = text.slice(Math.max(0, at - longest), at);
      const line = before.slice(before.lastIndexOf('\n') + 1).trimStart();
      const isTarget = mark === ')=' && /^\([^()]+$/.test(line);
      const option =
        mark === ')=' || line !== '' ? null : /^[ \t]*(\S+)/.exec(text.slice(at + mark.length, at + longest));
      if (isTarget) labels.add(normalised(line.slice(1)));
      else if (option?.[1] !== undefined) labels.add(normalised(option[1]));
    }
  }
  for (const [mark, label] of attached)
    for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + mark.length)) {
      const found = label.exec(text.slice(at + mark.length, at + longest))?.[1];
      if (found !== undefined) labels.add(normalised(found));
    }
  return labels;
}

/** Marks with the label that may follow. */
const attached: readonly (readonly [mark: string, label: RegExp])[] = [
  ['$$', /^[ \t]*\(([^()\r\n]+)\)/],
  ['{#', /^([^\s{}]+)/],
];

/** Labels are compared in lower case, with one space for several and without quotes. */
const normalised = (label: string): string => label.toLowerCase().replace(/["']/g, '').split(/\s+/).join(' ').trim();
