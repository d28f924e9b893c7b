/** A text that somebody made to break or stop a reader, in any size. */
export interface HostileText {
  readonly title: string;
  /** Its ending tells the kind of file. */
  readonly file: string;
  /** About `size` characters. */
  readonly make: (size: number) => string;
}

const filled = (piece: string, size: number): string => piece.repeat(Math.max(1, Math.floor(size / piece.length)));

const fill =
  (piece: string, before = '', after = '') =>
  (size: number): string =>
    before + filled(piece, size) + after;

/** So many braces around something. */
const nested =
  (open: string, close: string, before: string, after: string) =>
  (size: number): string => {
    const depth = Math.floor(size / (open.length + close.length));
    return before + open.repeat(depth) + 'x' + close.repeat(depth) + after;
  };

/** Entries of which each leads to the next. */
const chain =
  (link: (entry: number) => string) =>
  (size: number): string => {
    const count = Math.max(2, Math.floor(size / link(size).length));
    return Array.from({ length: count }, (_, entry) => link(entry)).join('');
  };

const text = (title: string, file: string, make: (size: number) => string): HostileText => ({ title, file, make });

export const HOSTILE_TEXTS: readonly HostileText[] = [
  ...['{', '}', '"', '@', '@a{', '@a{b,', '#', '\\', '%', ',', '=', '(', '\0', '\ud800', '\r', ' '].map(piece =>
    text(`nothing but ${JSON.stringify(piece)}`, 'a.bib', fill(piece)),
  ),
  text('empty entries', 'a.bib', fill('@a{}\n')),
  text('entries with one key', 'a.bib', fill('@a{k,title={T}}\n')),
  text(
    'entries with numbered keys of one title',
    'a.bib',
    chain(entry => `@a{k${entry},title={T}}\n`),
  ),
  text('one long value', 'a.bib', fill('long words ', '@a{b,title={', '}}')),
  text('one long word', 'a.bib', fill('x', '@a{b,title={', '}}')),
  text('one long key', 'a.bib', fill('x', '@a{', ',title={T}}')),
  text('one long field name', 'a.bib', fill('x', '@a{b,', '={T}}')),
  text('one long abstract', 'a.bib', fill('long words\n\n', '@a{b,abstract={', '}}')),
  text('one long date', 'a.bib', fill('2001/', '@a{b,date={', '}}')),
  text('one long year', 'a.bib', fill('9', '@a{b,year={', '}}')),
  text('one long page range', 'a.bib', fill('1--', '@a{b,pages={', '}}')),
  text('one long name', 'a.bib', fill('von ', '@a{b,author={', ' Last}}')),
  text('one name of many parts', 'a.bib', fill('Last, ', '@a{b,author={', '}}')),
  text('many names', 'a.bib', fill('Jane Doe and ', '@a{b,author={', 'Last}}')),
  text('many words "and"', 'a.bib', fill('and ', '@a{b,author={', '}}')),
  text('many name parts with braces', 'a.bib', fill('{A} ', '@a{b,author={', '}}')),
  text('many keywords', 'a.bib', fill('k, ', '@a{b,keywords={', '}}')),
  text(
    'many fields',
    'a.bib',
    chain(entry => (entry === 0 ? '@a{b' : `,f${entry}={x}`)),
  ),
  text('one field many times', 'a.bib', fill(',title={T}', '@a{b', '}')),
  text(
    'one field many times, each with a value of its own',
    'a.bib',
    chain(i => (i === 0 ? '@a{b' : `,title={T${i}}`)),
  ),
  text('pieces of a value', 'a.bib', fill('"a" # ', '@a{b,title=', '"a"}')),
  text('macros in a value', 'a.bib', fill('jan # ', '@a{b,title=', 'jan}')),
  text('braces in a title', 'a.bib', nested('{', '}', '@a{b,title={', '}}')),
  text('braces in a name', 'a.bib', nested('{', '}', '@a{b,author={', '}}')),
  text('braces in a date', 'a.bib', nested('{', '}', '@a{b,date={', '}}')),
  text('braces in a key', 'a.bib', nested('{', '}', '@a{', ',title={T}}')),
  text('commands in commands', 'a.bib', nested('\\textbf{', '}', '@a{b,title={', '}}')),
  text('commands that are never closed', 'a.bib', fill('\\emph{', '@a{b,title="', '"}')),
  text('accents on accents', 'a.bib', fill("\\'", '@a{b,title={', 'e}}')),
  text('combining accents', 'a.bib', fill('\u0301', '@a{b,title={e', '}}')),
  text('mathematics opened again and again', 'a.bib', fill('$', '@a{b,title={', '}}')),
  text('indices of indices', 'a.bib', nested('_{', '}', '@a{b,title={$x', '$}}')),
  text('fractions of fractions', 'a.bib', nested('\\frac{', '}{}', '@a{b,title={$', '$}}')),
  text('roots of roots', 'a.bib', fill('\\sqrt[', '@a{b,title={$', '$}}')),
  text('markup', 'a.bib', fill('<i>', '@a{b,title={', '}}')),
  text('unclosed tags', 'a.bib', fill('<span ', '@a{b,title={', '}}')),
  text('Markdown marks', 'a.bib', fill('[](`*_', '@a{b,title={', '}}')),
  text(
    'a chain of crossrefs',
    'a.bib',
    chain(i => `@inbook{k${i},crossref={k${i + 1}},title={T}}\n`),
  ),
  text(
    'a chain of xdata',
    'a.bib',
    chain(i => `@xdata{k${i},xdata={k${i + 1}},title={T}}\n`),
  ),
  text(
    'a chain of strings',
    'a.bib',
    chain(i => `@string{s${i + 1} = s${i} # "x"}\n`),
  ),
  text(
    'strings that double',
    'a.bib',
    chain(i => `@string{s${i + 1} = s${i} # s${i} # "x"}\n@a{k${i},title=s${i}}\n`),
  ),
  text('one tag', 'a.ris', fill('AU  - Doe, Jane\n', 'TY  - JOUR\n', 'ER  - \n')),
  text('one tag of another kind', 'a.ris', fill('N1  - note\n', 'TY  - JOUR\n', 'ER  - \n')),
  text('many titles', 'a.ris', fill('TI  - title\n', 'TY  - JOUR\n', 'ER  - \n')),
  text('many dates', 'a.ris', fill('PY  - 2001\n', 'TY  - JOUR\n', 'ER  - \n')),
  text('many IDs', 'a.ris', fill('ID  - key\n', 'TY  - JOUR\n', 'ER  - \n')),
  text('unknown tags', 'a.ris', fill('Z9  - x\n', 'TY  - JOUR\n', 'ER  - \n')),
  text('records without ID', 'a.ris', fill('TY  - JOUR\nER  - \n')),
  text('records with one ID', 'a.ris', fill('TY  - JOUR\nID  - k\nER  - \n')),
  text('continuation lines', 'a.ris', fill('more\n', 'TY  - JOUR\nAB  - ', 'ER  - \n')),
  text('one long line', 'a.ris', fill('word ', 'TY  - JOUR\nTI  - ', '\nER  - \n')),
  text('records that never end', 'a.ris', fill('TY  - JOUR\n')),
  text('lists in lists', 'a.json', nested('[', ']', '[{"id":"a","type":"book","title":', '}]')),
  text('lists never closed', 'a.json', fill('[', '[{"id":"a","type":"book","title":')),
  text('objects in objects', 'a.json', nested('{"a":', '}', '[{"id":"a","type":"book","title":', '}]')),
  text('objects never closed', 'a.json', fill('{"a":', '[{"id":"a","type":"book","title":')),
  text('many items', 'a.json', fill('{"id":"a","type":"book"},', '[', '{"id":"a","type":"book"}]')),
  text('many quotes', 'a.json', fill('"', '[{"id":"a","type":"book","title":')),
  text(
    'many members',
    'a.json',
    chain(i => (i === 0 ? '[{"id":"a","type":"book"' : `,"m${i}":1`)),
  ),
  text('citations never closed', 'a.tex', fill('\\cite{')),
  text('citations', 'a.tex', fill('\\cite{doe} ')),
  text('keys of one citation', 'a.tex', fill('doe,', '\\cite{', '}')),
  text('citations in citations', 'a.tex', nested('\\cite[', ']{doe}', '', '')),
  text('optional arguments', 'a.tex', fill('[', '\\cite')),
  text('nested braces', 'a.tex', nested('{', '}', '\\cite{', '}')),
  text('backslashes', 'a.tex', fill('\\')),
  text('verbatim never closed', 'a.tex', fill('\\begin{verbatim}')),
  text('verb never closed', 'a.tex', fill('\\verb|')),
  text('conditionals', 'a.tex', fill('\\iffalse ')),
  text(
    'definitions',
    'a.tex',
    chain(i => `\\newcommand{\\c${'abcdefghij'[i % 10] ?? ''}}[1]{\\cite{#1}}\n`),
  ),
  text('definitions in definitions', 'a.tex', nested('\\newcommand{\\x}{', '}', '', '')),
  text(
    'inclusions',
    'a.tex',
    chain(i => `\\input{chapter${i}}\n`),
  ),
  text(
    'declarations',
    'a.tex',
    chain(i => `\\addbibresource{b${i}.bib}\n`),
  ),
  text('one declaration of many', 'a.tex', fill('refs,', '\\bibliography{', '}')),
  text('citations never closed', 'a.md', fill('[@')),
  text('citations', 'a.md', fill('[@doe; @roe] ')),
  text('keys of one citation', 'a.md', fill('@doe;', '[', ']')),
  text('brackets', 'a.md', nested('[', ']', '', '')),
  text('at signs', 'a.md', fill('@')),
  text('braced keys', 'a.md', fill('@{')),
  text('backticks', 'a.md', fill('`')),
  text('backticks of all lengths', 'a.md', size =>
    Array.from({ length: Math.floor(Math.sqrt(size)) }, (_, i) => '`'.repeat(i)).join(' '),
  ),
  text('quotes', 'a.md', fill('> ')),
  text('fences', 'a.md', fill('```\n')),
  text('fences of all lengths', 'a.md', size =>
    Array.from({ length: Math.floor(Math.sqrt(size)) }, (_, i) => '`'.repeat(i + 3)).join('\n'),
  ),
  text('comments never closed', 'a.md', fill('<!--')),
  text('dollars', 'a.md', fill('$')),
  text('front matter: lists in lists', 'a.md', nested('[', ']', '---\nbibliography: ', '\n---\n')),
  text('front matter: lists never closed', 'a.md', fill('[', '---\nbibliography: ', '\n---\n')),
  text('front matter: maps in maps', 'a.md', nested('{a: ', '}', '---\nformat: ', '\n---\n')),
  text('front matter: maps never closed', 'a.md', fill('{a: ', '---\nformat: ', '\n---\n')),
  text('front matter: dashes', 'a.md', fill('- ', '---\nbibliography: ', '\n---\n')),
  text(
    'front matter: aliases',
    'a.md',
    chain(i => (i === 0 ? '---\nbibliography: &a0 [x]\n' : `bibliography: &a${i} [*a${i - 1}, *a${i - 1}]\n`)),
  ),
  text('front matter: never closed', 'a.md', fill('---\n')),
  text(
    'front matter: many fields',
    'a.md',
    chain(i => (i === 0 ? '---\n' : `bibliography_${i}: a.bib\n`)),
  ),
];
