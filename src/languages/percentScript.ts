import type { TextEdit } from '../text/edit.ts';
import type { Language, Manuscript } from './language.ts';
import { markdown } from './markdown.ts';
import { addToList, yamlPath } from './markdownProcessor.ts';
import type { CitationCommands } from './texCommands.ts';
import { insertion } from './writtenLists.ts';

/**
 * Scripts with cells: `# %% [markdown]`, or `[raw]` for metadata, and below it the text in comments, as Jupyter, Jupytext and Quarto
 * read them. Files are read only while they are open: most scripts have no such cells.
 */
export const percentScript: Language = {
  ...markdown,
  id: 'percent-script',
  languageIds: ['python', 'r', 'julia'],
  extensions: [],
  processor: { ...markdown.processor, declare },
  scan,
};

function scan(text: string, commands?: CitationCommands): Manuscript {
  const shown = cellTexts(text);
  return shown === undefined
    ? { groups: [], declarations: [], includes: [], standalone: true }
    : markdown.scan(shown, commands);
}

const marker = /^#[ \t]*%%/;
const textMarker = /^#[ \t]*%%.{0,200}\[(?:markdown|md|raw)\]/;

/**
 * The text of the cells with each character at its own place, blanks for the rest; undefined where there are none. A line begins behind
 * its `# `: the line feed before it stands there, so that Markdown sees no indentation.
 */
function cellTexts(text: string): string | undefined {
  if (!/^#[ \t]*%%.{0,200}\[(?:markdown|md|raw)\]/m.test(text)) return undefined;
  const shown: string[] = [];
  let isText = false;
  let isQuoted = false;
  for (let from = 0; from < text.length;) {
    const next = text.indexOf('\n', from) + 1 || text.length;
    const line = text.slice(from, next).replace(/\r?\n$/, '');
    const end = text.slice(from + line.length, next);
    from = next;
    if (marker.test(line)) {
      isText = textMarker.test(line);
      isQuoted = false;
      shown.push(blank(line), end);
      continue;
    }
    const quotes = isText ? /^[ \t]*[rR]?("""|''')/.exec(line) : null;
    if (quotes !== null) {
      const isOneLine = line.includes(quotes[1] ?? '', quotes[0].length);
      isQuoted = !isQuoted && !isOneLine;
      shown.push(blank(line), end);
    } else if (isQuoted) shown.push(line, end);
    else {
      const sign = isText ? (/^# ?/.exec(line)?.[0].length ?? 0) : 0;
      const before = shown.pop();
      if (before !== undefined) shown.push(blank(line.slice(0, sign)), before);
      shown.push(before === undefined || sign === 0 ? blank(line) : line.slice(sign), end);
    }
  }
  return shown.join('');
}

const blank = (line: string): string => ' '.repeat(line.length);

/** In the metadata of a cell, else in a cell of its own in front of the others (Quarto, "Script Rendering"). */
function declare(text: string, { declarations }: Manuscript, file: string): readonly TextEdit[] {
  const path = yamlPath(file);
  const last = declarations.at(-1);
  if (last !== undefined) return addToList(text, last, path);
  const metadata = /^#[ \t]*%%.{0,200}\[(?:markdown|md|raw)\][^\n]*\n# ?---[ \t]*\r?\n/m.exec(text);
  const from = metadata === null ? text.length : metadata.index + metadata[0].length;
  const end = /^# ?(?:---|\.\.\.)[ \t]*\r?$/m.exec(text.slice(from))?.index;
  if (end !== undefined) return [insertion(from + end, `# bibliography: ${path}\n`)];
  const cell = /^#[ \t]*%%/m.exec(text)?.index ?? 0;
  return [insertion(cell, `# %% [raw]\n# ---\n# bibliography: ${path}\n# ---\n\n`)];
}
