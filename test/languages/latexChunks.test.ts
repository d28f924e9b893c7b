import assert from 'node:assert/strict';
import { latex } from '../../src/languages/latex.ts';

const keys = (text: string): string[] =>
  latex.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));

describe('latex with chunks of code', () => {
  const cases: [what: string, text: string, keys: string[]][] = [
    ['Sweave', '\\cite{a}\n<<plot, echo=FALSE>>=\nx <- "\\\\cite{no}" # %\n@\n\\cite{b}', ['a', 'b']],
    ['Windows line ends', '<<>>=\r\n"\\cite{no}"\r\n@ \r\n\\cite{b}', ['b']],
    ['a chunk at the start and the end', '<<>>=\n\\cite{no}\n@', []],
    ['an @ that is code', '<<>>=\n@foo \\cite{no}\n@\n\\cite{b}', ['b']],
    ['a chunk that does not end', '<<a>>=\n\\cite{doe}\n', ['doe']],
    ['guillemets', '<<quoted \\cite{doe}>>\n@\n text <<>>= \\cite{roe}\n@', ['doe', 'roe']],
    ['.Rtex', '%% begin.rcode a\n% \\cite{no}\n\\cite{no}\n%% end.rcode\n\\cite{b}', ['b']],
    ['.Rtex that does not end', '%% begin.rcode a\n\\cite{doe}', ['doe']],
    ['inline code', '\\Sexpr{f("%", x)} \\cite{doe} \\rinline{"\\%"} \\cite{roe}', ['doe', 'roe']],
    ['Weave.jl', '<<echo=false>>=\n"\\cite{no}"\n@\n\\cite{doe}', ['doe']],
  ];
  for (const [what, text, expected] of cases) {
    it(`reads ${what}`, () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  const children: [text: string, children: string[]][] = [
    ["<<child='ch/one.Rnw'>>=\n@\n", ['ch/one.Rnw']],
    ['<<all, child = c(\'one.Rnw\', "two.Rnw"), eval=TRUE>>=\n@\n', ['one.Rnw', 'two.Rnw']],
    ['%% begin.rcode child="one.Rtex"\n%% end.rcode', ['one.Rtex']],
    ['<<a>>=\nchild = "no.Rnw"\n@\n', []],
  ];
  for (const [text, expected] of children) {
    it(`${JSON.stringify(text)} takes in ${expected.join(', ') || 'nothing'}`, () => {
      const { includes } = latex.scan(text);
      assert.deepEqual(
        includes.map(({ target }) => target),
        expected,
      );
      for (const { span, target } of includes) assert.equal(text.slice(span.start, span.end), target);
    });
  }

  for (const unit of ['<<a>>=\n', '%% begin.rcode\n', '<<a>>=\n@x\n', '<<child=c(\n', '<<']) {
    it(`comes to an end with many of ${JSON.stringify(unit)}`, () => {
      assert.deepEqual(keys(unit.repeat(300_000)), []);
    });
  }
});
