import * as assert from 'node:assert/strict';
import { decodeTex, encodeTex, plainTex } from '../../src/syntax/tex.ts';

type Table = readonly (readonly [tex: string, text: string])[];
const tex = String.raw;
const nocase = (text: string): string => `<span class="nocase">${text}</span>`;

function decodes(title: string, table: Table): void {
  describe(title, () => {
    for (const [source, text] of table) {
      it(source, () => {
        assert.equal(decodeTex(source), text);
        assert.equal(decodeTex(encodeTex(text)), text, encodeTex(text));
      });
    }
  });
}

describe('syntax/tex: decodeTex', () => {
  decodes('reads accents in every spelling', [
    [tex`\"u \"{u} {\"u} \" u {\"{u}}`, 'ü ü ü ü ü'],
    [tex`\'\i{} \'{\i} {\'\i} {\'{\i}} \'i \'{i}`, 'í í í í í í'],
    [tex`\v c \v{c} {\v c} {\v{c}}`, 'č č č č'],
    [tex`\c{c}\k a\H o\r a\u g\.z\=a\b{d}\d{o}\~n\^\j`, 'çąőåğżāḏọñĵ'],
    [tex`\t{oo}`, 'o͡o'],
    [tex`\r{A}ngstr\"om`, 'Ångström'],
    [tex`Erd\H{o}s, \.{I}stanbul, Mal\={\i}k`, 'Erdős, İstanbul, Malīk'],
    [tex`\'{\^a} \^{\'a} \d{\^e} \'{\ohorn} Nguy\~{\^e}n`, 'ấ á̂ ệ ớ Nguyễn'],
    [tex`\'{} \~{} \^{} \"{}`, '´ ~ ^ ¨'],
    [tex`\textcommabelow{s} \textogonekcentered{o}`, 'ș ǫ'],
    [tex`K{\accent'27u}rk \accent 19 e`, 'Kůrk é'],
    [tex`Milo\ifmmode \check{s}\else \v{s}\fi{}evi\'c`, 'Milošević'],
  ]);

  decodes('reads letters and symbols', [
    [tex`\ss \o{} {\O} \L{}\l \ae\oe{}\AA\aa \i\j \th\dh\dj`, 'ßø Ø ŁłæœÅåıȷþðđ'],
    [tex`\& \% \$ \# \_ \{ \}`, '& % $ # _ { }'],
    [tex`\textbackslash{} \textasciitilde{} \textasciicircum{}`, '\\ ~ ^'],
    [tex`\copyright{} \textregistered\ \texttrademark{} \S 3 \P`, '© ® ™ §3 ¶'],
    [tex`25\,\textdegree C, \textmu m`, '25\u2009°C, µm'],
    [tex`\ldots{} \dots`, '… …'],
    [tex`\TeX, {\LaTeX} and \BibTeX{} in \XML{}`, `TeX, ${nocase('LaTeX')} and BibTeX in XML`],
    [tex`\char"41 \char65\char'101 \symbol{97} ^^41`, 'AAAa A'],
    [tex`\char${'`'}\\let \char${'`'}a`, tex`\let a`],
    [tex`\cyrchar\CYRA. \CYRN\cyri`, 'А. Ни'],
    [tex`\aap, \mnras`, 'A&A, MNRAS'],
    ['50% of A & B #1 a_b', '50% of A & B #1 a_b'],
  ]);

  decodes('reads ligatures and spaces', [
    ["pp. 1--2 --- ``so'' ?`que? !`si!", 'pp. 1–2 — “so” ¿que? ¡si!'],
    ["`a' don't `it's'", "‘a’ don't ‘it's’"],
    [tex`a~b J.\,K. well\-known a\/b \@x`, 'a\u00a0b J.\u2009K. wellknown ab x'],
    ['  a \n\t b\r\nc  ', 'a b c'],
    [tex`a\\b\ c\newline d\quad e\par f`, 'a b c d e f'],
    [tex`a{ }b{}c { 4}`, 'a bc 4'],
    [tex`a\kern-.03em b\hskip 1pt c\hspace{2em}d`, 'abcd'],
  ]);

  decodes('keeps layout', [
    [tex`\emph{a} \textit{b} {\it c} {\em d\/} \mkbibemph{e}`, '<i>a</i> <i>b</i> <i>c</i> <i>d</i> <i>e</i>'],
    [tex`\textbf{a} {\bf b} {\bfseries c}`, '<b>a</b> <b>b</b> <b>c</b>'],
    [tex`x\textsuperscript{2} y\textsubscript{i} \textsuperscript2`, 'x<sup>2</sup> y<sub>i</sub> <sup>2</sup>'],
    [
      tex`\textsc{Abc} {\sc d}`,
      '<span style="font-variant:small-caps;">Abc</span> <span style="font-variant:small-caps;">d</span>',
    ],
    [tex`\emph{a \textbf{b} c}`, '<i>a <b>b</b> c</i>'],
    [tex`{\it a \bf b} c`, '<i>a <b>b</b></i> c'],
    [tex`a \it b`, 'a <i>b</i>'],
    [tex`\emph{}a\textbf{ }b`, 'a b'],
    [tex`\enquote{a \enquote{b}} \mkbibquote{c} \mkbibparens{d}`, '“a ‘b’” “c” (d)'],
    [tex`\texttt{a} \textrm{B} {\tt c} {\small 4}`, `a B ${nocase('c')} 4`],
    [tex`\MakeUppercase{abc\"u} \uppercase{d}`, 'ABCÜ D'],
  ]);

  decodes('protects capitals in braces', [
    ['The {DNA} of', `The ${nocase('DNA')} of`],
    ['{A}merican {B}', `${nocase('A')}merican ${nocase('B')}`],
    ['{Whole Title}', 'Whole Title'],
    ['{{Whole Title}}', 'Whole Title'],
    ['a {{X}} {b {C}}', `a ${nocase('X')} ${nocase('b C')}`],
    [tex`{\"U}ber {{\"U}ber} {\'{E}}cole {Écoles} x`, `Über ${nocase('Über')} École ${nocase('Écoles')} x`],
    [tex`{\O}re {\AA} {12} {} {\&} x`, 'Øre Å 12 & x'],
    [tex`x {\emph{E. coli}} \emph{{E. coli}} y`, `x ${nocase('<i>E. coli</i>')} <i>${nocase('E. coli')}</i> y`],
    [tex`{$\Omega$} and {\LaTeX}`, `${nocase('Ω')} and ${nocase('LaTeX')}`],
  ]);

  decodes('reads mathematics that text can show', [
    [tex`$\alpha$-decay at $10^{-3}$ of $\mathrm{H}_2\mathrm{O}$`, 'α-decay at 10<sup>-3</sup> of H<sub>2</sub>O'],
    [tex`$x \in X$, $\alpha x$, $a \leq b$, $O(n \log n)$`, 'x ∈ X, αx, a ≤ b, O(n log n)'],
    [tex`$90^\circ$, $f'$, $T_\mathrm{eff}$, $x^𝟙$`, '90°, f′, T<sub>eff</sub>, x<sup>𝟙</sup>'],
    [tex`${'$'}{\rm GaN}\left( 000\bar{1} \right)$ \(a\) \[b\] \ensuremath{\beta}`, 'GaN(0001\u0305) a b β'],
    [tex`$\mathbb{R}^n$ $\frac{1}{2}$ $\sqrt 2$ $\mathbf{P}\sp 3$`, 'ℝ<sup>n</sup> ½ √2 <b>P</b><sup>3</sup>'],
    [tex`H$_2$O, $\sim$10, \alpha, A\sp{d}`, 'H<sub>2</sub>O, ∼10, α, A<sup>d</sup>'],
    [tex`\ce{H2O}, \ce{Fe^{3+}}, \ce{SO4^2-}`, 'H<sub>2</sub>O, Fe<sup>3+</sup>, SO<sub>4</sub><sup>2-</sup>'],
  ]);

  decodes('keeps other mathematics, and dollars that are none', [
    [tex`for $\sqrt{a+b}$`, tex`for $\sqrt{a+b}$`],
    [tex`$e^{x^2}$ {$\frac{a}{b}$} c`, tex`$e^{x^2}$ ${nocase(tex`$\frac{a}{b}$`)} c`],
    ['$\\frac{a}\n  {b}$ c', tex`$\frac{a} {b}$ c`],
    ['it costs $5 and $10', 'it costs $5 and $10'],
    [tex`it costs \$5 and \$10 or $`, 'it costs $5 and $10 or $'],
    [tex`{$}a{$}`, '$a$'],
  ]);

  decodes('reads commands with arguments that are no text', [
    [tex`\url{http://a.b/c_d?e=%20~f} \href{http://x}{text}`, 'http://a.b/c_d?e=%20~f text'],
    [tex`\url{http://a/\#b\_c\~{}d} \verb|x_y| \path+a b+`, 'http://a/#b_c~d x_y a b'],
    [tex`\noopsort{1973b}1973 {\noopsort{b}}a`, '1973 a'],
    [tex`\textcolor{red}{a} \foreignlanguage{german}{b} \cite[p.~1]{key}`, 'a b key'],
    [tex`\unknown{text} \unknown[o]{text}`, 'text text'],
    [tex`C:\temp x`, tex`C:\temp x`],
    [tex`{\foo font} {\foo}`, `font ${nocase(tex`\foo`)}`],
  ]);

  decodes('reads broken TeX', [
    ['a } b', 'a b'],
    ['a { 4', 'a 4'],
    [tex`\emph{a`, '<i>a</i>'],
    ['a\\', 'a\\'],
    [tex`\url{a`, 'a'],
    [tex`\'`, '´'],
    [tex`\é \1`, 'é 1'],
    ['<p> a < b', '<p> a < b'],
  ]);

  it('leaves out what braces protect when asked to', () => {
    assert.equal(decodeTex('The {DNA} of \\emph{x}', { nocase: false }), 'The DNA of <i>x</i>');
  });
});

describe('syntax/tex: plainTex', () => {
  const table: Table = [
    [tex`The {DNA} of \emph{x} {\bf y}`, 'The DNA of x y'],
    [tex`M{\"u}ller, J.\,K.~L.`, 'Müller, J. K. L.'],
    [tex`10\textsuperscript{-3}, $10^{12}$, H$_2$O, $x^n$`, '10⁻³, 10¹², H2O, xn'],
    [tex`\enquote{a}, ${'``'}b''`, '“a”, “b”'],
    [tex`$\sqrt{a+b}$`, tex`$\sqrt{a+b}$`],
    ['  a \n b ', 'a b'],
  ];
  for (const [source, text] of table)
    it(source, () => {
      assert.equal(plainTex(source), text);
    });
});

describe('syntax/tex: encodeTex', () => {
  const table: Table = [
    ['plain text, “as” it is', "plain text, ``as'' it is"],
    ['R&D 100% $5 #1 a_b', tex`R\&D 100\% \$5 \#1 a\_b`],
    [tex`{a} \ ~ ^`, tex`\{a\} \textbackslash{} \textasciitilde{} \textasciicircum{}`],
    ['a } b {', tex`a \textbraceright{} b \textbraceleft{}`],
    ['1–2 — a\u00a0b', '1--2 --- a~b'],
    ["a -- b ''c'' ?`", tex`a -{}- b '{}'c'{}' ?\textasciigrave{}`],
    ['<i>a</i> <b>b</b> <sup>c</sup> <sub>d</sub>', tex`\emph{a} \textbf{b} \textsuperscript{c} \textsubscript{d}`],
    ['<span style="font-variant:small-caps;">a</span> <sc>b</sc>', tex`\textsc{a} \textsc{b}`],
    [`The ${nocase('DNA')}`, 'The {DNA}'],
    ['<i>a <b>b</i> c</b> <u>', tex`\emph{a <b>b} c</b> <u>`],
    [tex`$\sqrt{a+b}$ for $3`, tex`$\sqrt{a+b}$ for \$3`],
    ['Müller ß α', 'Müller ß α'],
  ];
  for (const [text, source] of table)
    it(text, () => {
      assert.equal(encodeTex(text), source);
    });

  const ascii: Table = [
    ['Müller, Łukasz, Çelik', tex`M{\"u}ller, {\L}ukasz, {\c{C}}elik`],
    ['Nguyễn', tex`Nguy{\~{\^e}}n`],
    ['α ∈ Ω', tex`\ensuremath{\alpha} \ensuremath{\in} \ensuremath{\Omega}`],
    ['© 25°', tex`\copyright{} 25\textdegree{}`],
    [`${nocase('Über')} x`, tex`{{\"U}ber} x`],
    ['o͡o z̄', String.raw`{\t{o}}o {\=z}`],
    ['日本', '日本'],
  ];
  describe('in ASCII', () => {
    for (const [text, source] of ascii) {
      it(text, () => {
        assert.equal(encodeTex(text, { ascii: true }), source);
        assert.equal(decodeTex(source), text);
      });
    }
  });
});
