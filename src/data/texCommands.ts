/** Commands that put a mark on the next letter, and the combining character of each. */
export const TEX_ACCENTS: Readonly<Record<string, string>> = {
  '`': '\u0300',
  "'": '\u0301',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  '"': '\u0308',
  u: '\u0306',
  v: '\u030c',
  H: '\u030b',
  r: '\u030a',
  c: '\u0327',
  k: '\u0328',
  d: '\u0323',
  b: '\u0331',
  t: '\u0361',
  G: '\u030f',
  C: '\u030f',
  U: '\u030e',
  // The hook of Vietnamese (T5 encoding) and its horn.
  h: '\u0309',
  horn: '\u031b',
  // The names that mathematical reviews use.
  polhk: '\u0328',
  ocirc: '\u030a',
  soft: '\u030c',
  udot: '\u0323',
  // Accents of mathematics, met in text as well.
  grave: '\u0300',
  acute: '\u0301',
  hat: '\u0302',
  widehat: '\u0302',
  tilde: '\u0303',
  widetilde: '\u0303',
  bar: '\u0304',
  overline: '\u0305',
  breve: '\u0306',
  dot: '\u0307',
  ddot: '\u0308',
  check: '\u030c',
  mathring: '\u030a',
  vec: '\u20d7',
  underbar: '\u0332',
  not: '\u0338',
  textcommabelow: '\u0326',
  textcommaabove: '\u0313',
  textogonekcentered: '\u0328',
  textvbaraccent: '\u030d',
  textdoublevbaraccent: '\u030e',
  textdoublegrave: '\u030f',
  textinvbreve: '\u0311',
  newtie: '\u0361',
  textsubring: '\u0325',
  textsubumlaut: '\u0324',
  textsubbar: '\u0331',
  textsubarch: '\u032f',
  textsubtilde: '\u0330',
  textsubcircum: '\u032d',
  textsubbridge: '\u032a',
  textsyllabic: '\u0329',
  textseagull: '\u033c',
  textsubplus: '\u031f',
  textraising: '\u031d',
  textlowering: '\u031e',
  textadvancing: '\u0318',
  textretracting: '\u0319',
  textsubwedge: '\u032c',
  textsubrhalfring: '\u0339',
  textsublhalfring: '\u031c',
};

/** What an accent over nothing prints: `\^{}` is a circumflex of its own. */
export const SPACING_ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '`',
  '\u0301': '´',
  '\u0302': '^',
  '\u0303': '~',
  '\u0304': '¯',
  '\u0306': '˘',
  '\u0307': '˙',
  '\u0308': '¨',
  '\u030a': '˚',
  '\u030b': '˝',
  '\u030c': 'ˇ',
  '\u0327': '¸',
  '\u0328': '˛',
};

/** BibTeX reads a brace that begins with one of these, or with an accent, as one letter: it protects no capital. */
export const LETTER_COMMANDS: ReadonlySet<string> = new Set(
  'i j o O l L ss SS ae AE oe OE aa AA th TH dh DH dj DJ ng NG ij IJ'.split(' '),
);

/**
 * Text of commands that the generated table lacks or gives otherwise than it is read in a bibliography:
 * names of programs, and of journals as in AASTeX and the Astrophysics Data System, whose exports write them as commands.
 */
export const TEX_WORDS: Readonly<Record<string, string>> = {
  TeX: 'TeX',
  LaTeX: 'LaTeX',
  LaTeXe: 'LaTeX2e',
  BibTeX: 'BibTeX',
  XeTeX: 'XeTeX',
  XeLaTeX: 'XeLaTeX',
  LuaTeX: 'LuaTeX',
  LuaLaTeX: 'LuaLaTeX',
  ConTeXt: 'ConTeXt',
  AmS: 'AMS',
  AmSTeX: 'AMS-TeX',
  AMS: 'AMS',
  MF: 'METAFONT',
  MP: 'MetaPost',
  PS: 'PostScript',
  SliTeX: 'SliTeX',
  PiCTeX: 'PiCTeX',
  LyX: 'LyX',
  imath: 'ı',
  jmath: 'ȷ',
  slash: '/',
  textperiodcentered: '·',
  textasciigrave: '`',
  textquotesingle: "'",
  textquotedbl: '"',
  textasciitilde: '~',
  textasciicircum: '^',
  textcelsius: '°C',
  celsius: '°C',
  degree: '°',
  degreeCelsius: '°C',
  textohm: 'Ω',
  ohm: 'Ω',
  micro: 'µ',
  angstrom: 'Å',
  upmu: 'μ',
  EUR: '€',
  glqq: '„',
  grqq: '“',
  glq: '‚',
  grq: '‘',
  flqq: '«',
  frqq: '»',
  flq: '‹',
  frq: '›',
  lq: '‘',
  rq: '’',
  ldots: '…',
  dots: '…',
  textellipsis: '…',
  cdots: '⋯',
  cprime: 'ʹ',
  cdprime: 'ʺ',
  ithadh: 'đ',
  Dbar: 'Đ',
  dbar: 'đ',
  SS: 'SS',
  bs: '\\',
  gets: '←',
  land: '∧',
  lor: '∨',
  emptyset: '∅',
  lgroup: '(',
  rgroup: ')',
  dash: '–',
  Dash: '—',
  mdash: '—',
  emdash: '—',
  endash: '–',
  ndash: '–',
  textasteriskcentered: '*',
  ohorn: 'ơ',
  Ohorn: 'Ơ',
  uhorn: 'ư',
  Uhorn: 'Ư',
  TM: '™',
  amp: '&',
  deg: '°',
  hyphen: '-',
  lvert: '|',
  rvert: '|',
  vert: '|',
  Vert: '‖',

  aj: 'AJ',
  actaa: 'Acta Astron.',
  araa: 'ARA&A',
  apj: 'ApJ',
  apjl: 'ApJL',
  apjs: 'ApJS',
  ao: 'Appl. Opt.',
  apss: 'Ap&SS',
  aap: 'A&A',
  aapr: 'A&A Rev.',
  aaps: 'A&AS',
  azh: 'AZh',
  baas: 'BAAS',
  caa: 'Chinese Astron. Astrophys.',
  cjaa: 'Chinese J. Astron. Astrophys.',
  icarus: 'Icarus',
  jcap: 'JCAP',
  jrasc: 'JRASC',
  memras: 'MmRAS',
  mnras: 'MNRAS',
  na: 'New A',
  nar: 'New A Rev.',
  pra: 'Phys. Rev. A',
  prb: 'Phys. Rev. B',
  prc: 'Phys. Rev. C',
  prd: 'Phys. Rev. D',
  pre: 'Phys. Rev. E',
  prl: 'Phys. Rev. Lett.',
  pasa: 'PASA',
  pasp: 'PASP',
  pasj: 'PASJ',
  rmxaa: 'Rev. Mexicana Astron. Astrofis.',
  qjras: 'QJRAS',
  skytel: 'S&T',
  solphys: 'Sol. Phys.',
  sovast: 'Soviet Ast.',
  ssr: 'Space Sci. Rev.',
  zap: 'ZAp',
  nat: 'Nature',
  iaucirc: 'IAU Circ.',
  aplett: 'Astrophys. Lett.',
  apspr: 'Astrophys. Space Phys. Res.',
  bain: 'Bull. Astron. Inst. Netherlands',
  fcp: 'Fund. Cosmic Phys.',
  gca: 'Geochim. Cosmochim. Acta',
  grl: 'Geophys. Res. Lett.',
  jcp: 'J. Chem. Phys.',
  jgr: 'J. Geophys. Res.',
  jqsrt: 'J. Quant. Spectrosc. Radiat. Transf.',
  memsai: 'Mem. Soc. Astron. Italiana',
  nphysa: 'Nucl. Phys. A',
  physrep: 'Phys. Rep.',
  physscr: 'Phys. Scr',
  planss: 'Planet. Space Sci.',
  procspie: 'Proc. SPIE',
};

/** Commands that print white space or a line end: one space in a value. */
export const SPACE_COMMANDS: ReadonlySet<string> = new Set(
  'space par newline linebreak quad qquad newblock newpage break bibpar hfil hfill hfilneg tabularnewline'.split(' '),
);

/** Narrow spaces, kept as U+2009 where markup is. */
export const THIN_SPACE_COMMANDS: ReadonlySet<string> = new Set(
  ', : ; > thinspace enspace medspace thickspace'.split(' '),
);

/** Switches and instructions that print nothing. */
export const SILENT_COMMANDS: ReadonlySet<string> = new Set(
  (
    'rm tt sf up normalfont rmfamily ttfamily sffamily upshape mdseries normalsize small footnotesize scriptsize tiny large Large LARGE huge Huge ' +
    'protect relax unskip ignorespaces noindent indent centering raggedright bgroup egroup begingroup endgroup leavevmode allowbreak nobreak nolinebreak ' +
    'nopagebreak sloppy fussy frenchspacing nonfrenchspacing bibnamedelima bibnamedelimb bibinitperiod bibopenparen kernel selectfont null hss hfuzz ' +
    'displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits left right middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr ' +
    'autocap midsentence boldmath unboldmath strut mathstrut fi cyrchar shy nobreakdash cal protected'
  ).split(' '),
);

/** Commands whose first argument is not text: a sorting key, a length, a colour. */
export const SKIPPED_ARGUMENT: ReadonlySet<string> = new Set(
  (
    'noopsort SortNoop sortnoop noop vphantom hphantom phantom hspace vspace label color begin end href textcolor foreignlanguage foreignquote ' +
    'textquotelang hypertarget hyperlink raisebox fontsize fontfamily fontencoding fontseries fontshape usefont selectlanguage language index ' +
    'bibrangessep vadjust'
  ).split(' '),
);

/** Plain TeX commands that are followed by a number or a length without braces. */
export const DIMENSION_COMMANDS: ReadonlySet<string> = new Set(
  'kern mkern hskip mskip vskip penalty raise lower fontdimen hangindent'.split(' '),
);

/** Names of functions that mathematics prints upright. */
export const OPERATOR_NAMES: ReadonlySet<string> = new Set(
  'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min Pr sec sin sinh sup tan tanh bmod mod'.split(
    ' ',
  ),
);
