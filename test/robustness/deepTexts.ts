/** So deep that whatever recurses runs out of stack. */
const DEPTH = 100_000;

const NESTED: readonly (readonly [file: string, before: string, open: string, close: string, after: string])[] = [
  ['a.bib', '@a{b,title={', '{', '}', '}}'],
  ['a.bib', '@a{b,title={', '\\textbf{', '}', '}}'],
  ['a.bib', '@a{b,title={$x', '_{', '}', '$}}'],
  ['a.bib', '@a{b,author={', '{', '}', '}}'],
  ['a.bib', '@a{b,author={family=', '{', '}', ', given=x}}'],
  ['a.bib', '@a{b,title={', '<i>', '</i>', '}}'],
  ['a.json', '[{"id":"a","type":"book","title":', '[', ']', '}]'],
  ['a.json', '[{"id":"a","type":"book","custom":', '{"a":', '}', '}]'],
  ['a.yaml', 'references:\n- id: a\n  type: book\n  title: ', '[', ']', '\n'],
  ['a.yaml', 'references:\n- id: a\n  type: book\n  title: ', '{a: ', '}', '\n'],
  ['a.yaml', 'references:\n- id: a\n  type: book\n  title:\n    ', '- ', '', '\n'],
  ['a.yml', 'a:\n  type: book\n  parent: ', '{parent: ', '}', '\n'],
  ['a.cff', 'cff-version: 1.2.0\ntitle: T\nreferences: ', '[', ']', '\n'],
  ['a.xml', '<xml><records><record><titles><title>', '<a>', '</a>', '</title></titles></record></records></xml>'],
  ['a.mods', '<modsCollection><mods>', '<relatedItem type="host">', '</relatedItem>', '</mods></modsCollection>'],
  ['a.tex', '\\cite{', '{', '}', '}'],
  ['a.tex', '', '\\emph{', '}', '\\cite{doe}'],
  ['a.md', '', '[', ']', '[@doe]'],
  ['a.md', '', '> ', '', '[@doe]'],
  ['a.md', '---\nbibliography: ', '[', ']', '\n---\n[@doe]'],
  ['a.myst', '', '{cite}`[', ']`', '{cite}`doe`'],
  ['a.typ', '', '#[', ']', '@doe'],
  ['a.typ', '', '#f(', ')', '@doe'],
  ['a.typ', '', '/*', '*/', '@doe'],
  ['a.org', '', '[[', ']]', '[cite:@doe]'],
  ['a.rst', '', '|', '|', ':cite:`doe`'],
  ['a.adoc', '', '[', ']', 'cite:[doe]'],
  ['a.adoc', '', '{', '}', 'cite:[doe]'],
];

/** What stands in itself so often, in every notation. */
export const DEEP_TEXTS: readonly { readonly title: string; readonly file: string; readonly text: string }[] =
  NESTED.map(([file, before, open, close, after]) => ({
    title: `${file}: ${JSON.stringify(open)} in ${JSON.stringify(before.slice(-30))}`,
    file,
    text: before + open.repeat(DEPTH) + 'x' + close.repeat(DEPTH) + after,
  }));
