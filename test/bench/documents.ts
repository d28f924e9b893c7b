/**
 * Run as a program: a keystroke in a long document of each language, beside the time that splitting its text into words takes; and two
 * thousand documents that come one after the other.
 */
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { completions } from '../../src/features/completion.ts';
import { Library } from '../../src/library/library.ts';
import { scopeIn } from '../../src/library/visibleBibliographies.ts';
import { percentile, stopwatch, table } from './measure.ts';

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

const words =
  'the quick brown fox (see below) jumps over; "lazy" dogs -- and 3.5 % of cats: all_of_them *strongly* agree';

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

function keystrokes(): string {
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
    const strokes = timed(KEYSTROKES, i => {
      library.editDocument(uri, [{ span: { start: offset + i, end: offset + i }, newText: 'l' }]);
      return completions(library, uri, offset + i + 1, { scope });
    });
    const split = percentile(
      timed(20, i => `${text}${i}`.split(/\s+/).length),
      0.5,
    );
    const typical = percentile(strokes, 0.5);
    rows.push([id, typical, percentile(strokes, 0.99), typical / split]);
  }
  return (
    `A keystroke in a document of ${SIZE / 1000} kB, its completion included\n\n` +
    table(['language', 'p50 ms', 'p99 ms', 'p50 / split into words'], rows)
  );
}

function timed(count: number, run: (i: number) => unknown): number[] {
  return Array.from({ length: count }, (_, i) => {
    const elapsed = stopwatch();
    run(i);
    return elapsed();
  });
}

/** Names and texts of documents that belong together: all as chapters of one, or ten and ten. */
function chapters(perRoot: number): [name: string, text: string][] {
  const files: [string, string][] = [];
  for (let index = 0; index < DOCUMENTS; index++) {
    const folder = `book${Math.floor(index / perRoot)}`;
    const inputs = Array.from({ length: perRoot - 1 }, (_, chapter) => `\\input{parts/chapter${chapter + 1}}`).join(
      '\n',
    );
    const own = Array.from({ length: 25 }, (_, line) => `${words} \\cite{key${(index * 7 + line) % 500}}\n\n`).join('');
    const root = `\\documentclass{book}\\begin{document}\n${inputs}\n\\bibliography{../refs}\n\\end{document}`;
    const chapter = index % perRoot;
    files.push(chapter === 0 ? [`${folder}/main.tex`, root] : [`${folder}/parts/chapter${chapter}.tex`, own]);
  }
  return files;
}

const DOCUMENTS = 2000;

/** The documents come one after the other while one of them is open and asks after each which bibliographies it sees. */
function scanning(): string {
  const rows = [10, DOCUMENTS].map(perRoot => {
    const library = new Library({ formats, languages });
    library.setFile(`${FOLDER}/refs.bib`, { text: '@book{gillard, title = {A}}' });
    const files = chapters(perRoot);
    const uri = `${FOLDER}/book0/parts/chapter3.tex`;
    library.openDocument(uri, '', files[3]?.[1] ?? '');
    const ask = (): unknown => [
      library.manuscript(uri),
      scopeIn(library, uri, { globalBibliographies: [], folders: [FOLDER] }),
    ];
    const steps: number[] = [];
    const answers: number[] = [];
    for (const [name, text] of files) {
      const taking = library.settingFile(`${FOLDER}/${name}`, text);
      for (;;) {
        const elapsed = stopwatch();
        const { done } = taking.next();
        steps.push(elapsed());
        if (done === true) break;
      }
      answers.push(...timed(1, ask));
    }
    const updates = timed(200, i => {
      const [name, text] = files[i * 9 + 1] ?? ['', ''];
      library.setFile(`${FOLDER}/${name}`, { text: `${text} \\cite{gil}` });
      return ask();
    });
    const strokes = timed(200, () => {
      library.editDocument(uri, [{ span: { start: 0, end: 0 }, newText: 'x' }]);
      return ask();
    });
    const total = steps.reduce((sum, step) => sum + step, 0);
    const longest = [...steps].sort((a, b) => b - a);
    return [
      `${DOCUMENTS / perRoot} of ${perRoot}`,
      total,
      percentile(steps, 0.99),
      longest[0] ?? 0,
      percentile(answers, 0.99),
      percentile(updates, 0.5),
      percentile(strokes, 0.5),
    ];
  });
  const head = ['manuscripts', 'total ms', 'step p99', 'longest', 'question p99', 'changed file p50', 'keystroke p50'];
  return `${DOCUMENTS} documents of LaTeX that come one after the other\n\n${table(head, rows)}`;
}

console.log(`${keystrokes()}\n\n${scanning()}`);
