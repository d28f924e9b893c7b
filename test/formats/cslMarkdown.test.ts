import assert from 'node:assert/strict';
import fc from 'fast-check';
import { convert } from '../../src/formats/convert.ts';
import { cslYaml } from '../../src/formats/cslYaml.ts';
import { fromMarkdown, toMarkdown } from '../../src/formats/cslMarkdown.ts';

describe('formats/cslMarkdown', () => {
  const cases: [text: string, markdown: string][] = [
    ['A <i>b</i> c', 'A *b* c'],
    ['<b>b</b>, x<sup>2</sup>, H<sub>2</sub>O', '**b**, x^2^, H~2~O'],
    ['<span class="nocase">NASA</span>', '[NASA]{.nocase}'],
    ['2 * 3 * 4 *x*', String.raw`2 \* 3 \* 4 \*x\*`],
    ['snake_case _x_', String.raw`snake_case \_x\_`],
    ['$x$ \\alpha `y` [z]', '\\$x\\$ \\\\alpha \\`y\\` \\[z\\]'],
    ['a < b <foo> & &amp; @key m@x.org', String.raw`a < b \<foo> & \&amp; \@key m@x.org`],
    ['1. First', String.raw`1\. First`],
    ['# C', String.raw`\# C`],
    ['- a', String.raw`\- a`],
    ['J. R. Smith', 'J. R. Smith'],
    ['<i>a <b>b</b></i>', '<i>a **b**</i>'],
    ['x<sup>a b</sup>', 'x<sup>a b</sup>'],
    ['<i>a</i><b>b</b>', '*a*<b>b</b>'],
  ];
  for (const [text, markdown] of cases) {
    it(text, () => {
      assert.equal(toMarkdown(text), markdown);
      assert.equal(fromMarkdown(markdown), text);
    });
  }

  it('reads what others write', () => {
    assert.equal(fromMarkdown('_a_ __b__ snake_case * c *'), '<i>a</i> <b>b</b> snake_case * c *');
    assert.equal(fromMarkdown('[x] *a ~b'), '[x] *a ~b');
  });

  it('gives every text back', () => {
    const piece = fc.constantFrom(
      ...'<i> </i> <b> </b> <sup> </sup> <span> </span> * _ ** ^ ~ [ ] ]{.nocase} \\ a b . 1 @ < &amp; # - ` { } é )'.split(
        ' ',
      ),
      ' ',
      '\n',
      '<span class="nocase">',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), pieces => {
        const text = pieces.join('');
        assert.equal(fromMarkdown(toMarkdown(text)), text);
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('takes linear time for marks without a partner', () => {
    assert.ok(fromMarkdown(`${'['.repeat(50_000)}${'a* '.repeat(50_000)}`).length > 0);
  });
});

describe('formats/cslYaml', () => {
  const entry = '@article{k_1, title = {Foo* \\emph{bar} [x]}, url = {http://x.org/~a/~b_c}, author = {{A * B}}}';

  it('writes Markdown, but not in keys', () => {
    const { text } = convert(entry, { from: 'biblatex', to: 'csl-yaml', lossless: false });
    assert.match(text, /title: "Foo\\\\\* \*bar\* \\\\\[x\\\\\]"/u);
    assert.match(text, /URL: http:\/\/x\.org\/\\~a\/\\~b_c$/mu);
    assert.match(text, /id: k_1/u);
    const back = cslYaml.read(text, cslYaml.scan(text), 0);
    assert.deepEqual(back.fields.get('title'), { kind: 'text', text: 'Foo* <i>bar</i> [x]' });
    assert.deepEqual(back.fields.get('url'), { kind: 'verbatim', text: 'http://x.org/~a/~b_c' });
  });

  it('reads items between brackets', () => {
    for (const text of [
      '[{id: a, type: book, title: T}, {id: "b", type: book}]',
      '---\nreferences: [{id: a, type: book, title: T},\n  {id: b, type: book}]\n...\n',
      '- {id: a, type: book, title: T}\n- {id: b, type: book}\n',
    ]) {
      const blocks = cslYaml.scan(text);
      assert.ok(cslYaml.recognise(text) > 0.9);
      assert.deepEqual([blocks.key(0), blocks.key(1), blocks.entryCount], ['a', 'b', 2]);
      const { start, end } = blocks.keySpan(1);
      assert.equal(text.slice(start, end), 'b');
      assert.deepEqual(cslYaml.read(text, blocks, 0).fields.get('title'), { kind: 'text', text: 'T' });
    }
  });
});
