/** Run as a program: a keystroke in a long document of each language, beside the time that splitting its text into words takes. */
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { completions } from '../../src/features/completion.ts';
import { Library } from '../../src/library/library.ts';
import { percentile, table, times } from './measure.ts';

const SIZE = 500_000;
const KEYSTROKES = 200;
const FOLDER = 'file:///project';

/** How a language writes a heading and a citation, in documents as people write them. */
const notations: Readonly<Record<string, readonly [heading: string, citation: (key: string) => string]>> = {
  latex: ['\\section{Title}', key => `\\cite[p.~3]{${key}}`],
  markdown: ['## Title', key => `[@${key}, p. 3]`],
  typst: ['== Title', key => `@${key}`],
  restructuredText: ['Title\n-----', key => `:cite:p:\`${key}\``],
  org: ['** Title', key => `[cite:@${key}]`],
  asciidoc: ['== Title', key => `cite:[${key}]`],
  myst: ['(label)=\n## Title', key => `{cite:p}\`${key}\``],
};

const words = 'the quick brown fox (see below) jumps over; "lazy" dogs -- and 3.5 % of cats: all_of_them *strongly* agree';

/** Paragraphs with two citations each under headings. */
function documentIn(heading: string, citation: (key: string) => string): string {
  const cycle = words.split(' ');
  const parts: string[] = [];
  let length = 0;
  for (let paragraph = 0; length < SIZE; paragraph++) {
    const line = (from: number): string =>
      Array.from({ length: 12 }, (_, i) => cycle[(paragraph * 7 + from + i * 5) % cycle.length]).join(' ');
    const text = `${line(0)}\n${line(1)} ${citation(`key${paragraph}`)}\n${line(2)}\n${line(3)} ${citation('gil')}.\n\n`;
    parts.push(paragraph % 5 === 0 ? `${heading}\n\n${text}` : text);
    length += text.length;
  }
  return parts.join('');
}

async function main(): Promise<void> {
  const rows: (string | number)[][] = [];
  for (const { id, extensions } of languages) {
    const notation = notations[id];
    const [extension = ''] = extensions;
    if (notation === undefined || extension === '.dtx') continue;
    const text = documentIn(...notation);
    const library = new Library({ formats, languages });
    library.setFile(`${FOLDER}/refs.bib`, { text: '@book{gillard, title = {A}}' });
    const uri = `${FOLDER}/paper${extension}`;
    library.openDocument(uri, '', text);
    const offset = text.lastIndexOf('gil') + 3;
    const scope = { globalBibliographies: [], folders: [FOLDER] };
    const strokes = await times(KEYSTROKES, i => {
      library.editDocument(uri, [{ span: { start: offset + i, end: offset + i }, newText: 'l' }]);
      return completions(library, uri, offset + i + 1, { scope });
    });
    const split = percentile(await times(20, i => `${text}${i}`.split(/\s+/).length), 0.5);
    const typical = percentile(strokes, 0.5);
    rows.push([id, typical, percentile(strokes, 0.99), typical / split]);
  }
  console.log(
    `A keystroke in a document of ${SIZE / 1000} kB, its completion included\n\n` +
      table(['language', 'p50 ms', 'p99 ms', 'p50 / split into words'], rows),
  );
}

void main();
