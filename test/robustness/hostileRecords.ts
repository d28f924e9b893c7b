import { chain, fill, nested, text, type HostileText } from './hostileMakers.ts';

const ENDNOTE = ['<xml><records><record><titles><title>', '</title></titles></record></records></xml>'] as const;
const MODS = ['<modsCollection><mods><titleInfo><title>', '</title></titleInfo></mods></modsCollection>'] as const;
const YAML = ['references:\n- id: a\n  type: book\n  title: ', '\n  note: N\n'] as const;
const CFF = [
  'cff-version: 1.2.0\ntitle: T\nmessage: M\nauthors:\n- family-names: Doe\nabstract: ',
  '\nversion: 1\n',
] as const;
const HAYAGRIVA = ['a:\n  type: book\n  title: ', '\n  note: N\n'] as const;

/** Records of markup, YAML and tagged lines. */
export const HOSTILE_RECORDS: readonly HostileText[] = [
  ...(
    [
      ['a.xml', ENDNOTE],
      ['a.mods', MODS],
    ] as const
  ).flatMap(([file, [before, after]]) => [
    ...['<', '>', '&', '&#', '&amp;', '<a>', '<a b="', '</a>', '<!--', '<![CDATA[', '<?', '<!', ']]>'].map(piece =>
      text(`${JSON.stringify(piece)} in a title`, file, fill(piece, before, after)),
    ),
    text('elements in elements', file, nested('<style>', '</style>', before, after)),
    text('elements never closed', file, fill('<style face="italic">', before)),
    text('one long title', file, fill('long words ', before, after)),
  ]),
  text('empty records', 'a.xml', fill('<record></record>', '<xml><records>', '</records></xml>')),
  text('records in records', 'a.xml', nested('<record>', '</record>', '<xml><records>', '</records></xml>')),
  text('one long attribute', 'a.xml', fill('a', '<xml><records><record ', '=""></record></records></xml>')),
  text('records never closed', 'a.xml', fill('<record>', '<xml><records>')),
  text('many authors', 'a.xml', fill('<author>Doe, Jane</author>', '<xml><records><record><contributors><authors>')),
  text('empty records', 'a.mods', fill('<mods></mods>', '<modsCollection>', '</modsCollection>')),
  text('records in records', 'a.mods', nested('<mods>', '</mods>', '<modsCollection>', '</modsCollection>')),
  text(
    'hosts in hosts',
    'a.mods',
    nested('<relatedItem type="host">', '</relatedItem>', '<modsCollection><mods>', '</mods></modsCollection>'),
  ),
  text('many names', 'a.mods', fill('<name><namePart>Doe</namePart></name>', '<modsCollection><mods>')),
  ...(
    [
      ['a.yaml', YAML],
      ['a.cff', CFF],
      ['a.yml', HAYAGRIVA],
    ] as const
  ).flatMap(([file, [before, after]]) => [
    ...['[', '{', '{a: ', '- ', '\n  - ', '? ', 'a: ', '"', "'", '&a ', '*a ', '!t ', '|\n', '#', ' ', '\t'].map(
      piece => text(`${JSON.stringify(piece)} in a value`, file, fill(piece, before, after)),
    ),
    text('lists in lists', file, nested('[', ']', before, after)),
    text('maps in maps', file, nested('{a: ', '}', before, after)),
    text('one long value', file, fill('long words ', before, after)),
    text('blocks in blocks', file, size =>
      [before, ...Array.from({ length: Math.floor(Math.sqrt(size)) }, (_, i) => `${' '.repeat(i + 4)}a:`)].join('\n'),
    ),
    text(
      'aliases that double',
      file,
      chain(i => (i === 0 ? 'x0: &a0 [x]\n' : `x${i}: &a${i} [*a${i - 1}, *a${i - 1}]\n`)),
    ),
  ]),
  text('many items', 'a.yaml', fill('- id: a\n  type: book\n', 'references:\n')),
  text('comments behind a type', 'a.yml', fill(' #', 'a:\n  type: book', '\n    x\n  title: T\n')),
  text('lines that name nothing', 'a.yml', fill('|\n', 'a:\n  type: book\n', '  note: N\n')),
  text('items with one id', 'a.yml', fill('a:\n  type: book\n')),
  text('parents in parents', 'a.yml', size =>
    ['a:', ...Array.from({ length: Math.floor(Math.sqrt(size)) }, (_, i) => `${' '.repeat(i + 1)}parent:`)].join('\n'),
  ),
  ...(
    [
      ['a.nbib', 'PMID- 1\n', 'AU  - Doe J\n', '      more\n', ''],
      ['a.enw', '%0 Book\n', '%A Doe, Jane\n', 'more\n', ''],
      ['a.ciw', 'FN X\nVR 1.0\nPT J\n', 'AU Doe, J\n', '   more\n', 'ER\nEF\n'],
    ] as const
  ).flatMap(([file, first, line, more, last]) => [
    text('records that never end', file, fill(first)),
    text('one tag', file, fill(line, first, last)),
    text('continuation lines', file, fill(more, first + line, last)),
    text('one long line', file, fill('word ', first + line.trimEnd(), `\n${last}`)),
    text('blank lines', file, fill('\n', first + line, last)),
    text('line ends of old', file, fill(line.replace('\n', '\r'), first, last)),
  ]),
];
