/**
 * The text that LaTeX typesets of a documented source (`.dtx`), every character at its place: the documentation stands behind `%`, what
 * is code becomes spaces (docstrip manual; ltxdoc).
 */
export function documentationText(text: string): string {
  const lines: string[] = [];
  const state: State = { isCode: false, isMeta: false, guard: '' };
  for (let start = 0; start < text.length;) {
    const lineFeed = text.indexOf('\n', start);
    const end = lineFeed < 0 ? text.length : lineFeed + 1;
    const line = text.slice(start, end);
    lines.push(line.startsWith('%') ? commentedLine(state, line) : plainLine(state, line));
    start = end;
  }
  return lines.join('');
}

interface State {
  /** Between `\begin{macrocode}` and its end. */
  isCode: boolean;
  /** Between `% \iffalse` and `% \fi`, where authors keep licences and the driver. */
  isMeta: boolean;
  /** The name between `%<*name>` and `%</name>`; empty outside. */
  guard: string;
}

function commentedLine(state: State, line: string): string {
  const guard = /^%<([*/])([^>\r\n]{1,200})>/.exec(line);
  if (guard !== null) {
    state.guard = guard[1] === '*' ? (guard[2] ?? '') : '';
    return blank(line);
  }
  const command = /^%[ \t]*\\(begin\{macrocode\*?\}|end\{macrocode\*?\}|iffalse|fi(?![A-Za-z]))/.exec(line)?.[1];
  if (command === undefined) return isText(state, line) ? textOf(line) : isMagic(line) ? line : blank(line);
  if (command === 'iffalse') state.isMeta = !/\\fi(?![A-Za-z])/.test(line);
  else if (command === 'fi') state.isMeta = false;
  else state.isCode = command.startsWith('begin');
  return blank(line);
}

const isText = ({ isCode, isMeta, guard }: State, line: string): boolean =>
  !isCode && !isMeta && guard !== 'driver' && !/^%[%<]/.test(line) && !isMagic(line);

/** For editors, such as `% !TeX root = main.dtx`. */
const isMagic = (line: string): boolean => /^%[%\s]{0,9}!/.test(line);

/** `^^A` begins a comment, and text between `|` is verbatim. */
const textOf = (line: string): string =>
  ` ${line
    .slice(1)
    .replace('^^A', '%  ')
    .replace(/\|[^|\r\n]*\|/g, shortVerbatim => ' '.repeat(shortVerbatim.length))}`;

/** Outside of code and its guards, a line without `%` drives the typesetting; what follows its end is the documentation. */
function plainLine({ isCode, guard }: State, line: string): string {
  const isDriver = guard === 'driver' || (guard === '' && !isCode);
  return isDriver ? line.replace('\\end{document}', spaces => ' '.repeat(spaces.length)) : blank(line);
}

const blank = (line: string): string => line.replace(/[^\r\n]+/, code => ' '.repeat(code.length));
