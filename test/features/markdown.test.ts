import assert from 'node:assert/strict';
import fc from 'fast-check';
import { doiLink, escapeMarkdown, fileLink, runsToMarkdown, webLink } from '../../src/features/markdown.ts';

describe('Markdown from data', () => {
  const hostile: readonly (readonly [data: string, markdown: string])[] = [
    ['plain words, ünïcode', 'plain words\\, ünïcode'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert\\(1\\)&lt;\\/script&gt;'],
    ['[x](command:evil)', '\\[x\\]\\(command\\:evil\\)'],
    ['![](https://evil.example/pixel)', '\\!\\[\\]\\(https\\:\\/\\/evil\\.example\\/pixel\\)'],
    ['https://evil.example', 'https\\:\\/\\/evil\\.example'],
    ['a@b.example', 'a\\@b\\.example'],
    ['`code` ~~gone~~ **bold** __bold__', '\\`code\\` \\~\\~gone\\~\\~ \\*\\*bold\\*\\* \\_\\_bold\\_\\_'],
    ['$(zap) icon', '\\$\\(zap\\) icon'],
    ['&lt;b&gt; &#60;', '\\&lt\\;b\\&gt\\; \\&\\#60\\;'.replaceAll('\\&', '&amp;')],
    ['\\[x\\]', '\\\\\\[x\\\\\\]'],
    ['    code\n\n# heading\n- list\n1. list\n---', 'code \\# heading \\- list 1\\. list \\-\\-\\-'],
    ['| a | b |\n|---|---|', '\\| a \\| b \\| \\|\\-\\-\\-\\|\\-\\-\\-\\|'],
    ['a\u0000b\u0007c', 'a b c'],
    ['\u202eevil\u2066', 'evil'],
    ['half \ud83d pair', 'half \ufffd pair'],
  ];
  for (const [data, markdown] of hostile) {
    it(`shows ${JSON.stringify(data)} as it is`, () => {
      assert.equal(escapeMarkdown(data), markdown);
    });
  }

  it('law: every sign that could be markup is escaped, and nothing else is changed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[!-~\s]*$/)), data => {
        const markdown = escapeMarkdown(data);
        const bare = markdown.replace(/\\[!-/:-@[-`{-~]|&(?:amp|lt|gt);/gu, '');
        assert.doesNotMatch(bare, /[!-/:-@[-`{-~\n\r\t]/u);
        const shown = markdown
          .replace(/\\([!-/:-@[-`{-~])/gu, '$1')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
        assert.equal(
          shown.replace(/\s/gu, ''),
          data.replace(/\p{Surrogate}/gu, '\ufffd').replace(/[\s\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, ''),
        );
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('links to the web only', () => {
    assert.equal(webLink('x', 'https://a.example/b?c=d&e=f#g'), '[x](https://a.example/b?c=d&amp;e=f#g)');
    for (const address of [
      'command:evil',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'data:text/html,x',
      '//a.example',
      'https://',
      'vscode://x',
      ' x https://a',
      '',
    ]) {
      assert.equal(webLink('x', address), undefined, address);
    }
  });

  it('encodes what would end an address', () => {
    assert.equal(
      webLink('x', 'https://a.example/(b) "c" <d> \\e\n[f]é'),
      '[x](https://a.example/%28b%29%20%22c%22%20%3Cd%3E%20%5Ce%0A%5Bf%5D%C3%A9)',
    );
    assert.equal(
      doiLink('10.1002/(SICI)1097<1::AID>3.0;2-#'),
      '[doi\\:10\\.1002\\/\\(SICI\\)1097&lt;1\\:\\:AID&gt;3\\.0\\;2\\-\\#](https://doi.org/10.1002/%28SICI%291097%3C1%3A%3AAID%3E3.0%3B2-%23)',
    );
    assert.equal(fileLink('a.bib', 'file:///p/a%20(1).bib', 7), '[a\\.bib](file:///p/a%20%281%29.bib#L7)');
  });

  it('law: an address never ends its link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (label, path) => {
        for (const written of [webLink(label, `https://a.example/${path}`), doiLink(path)]) {
          assert.match(written ?? '', /^\[(?:\\[^]|[^\\\][])*\]\(https:\/\/[\w\-.~:/?#@!$&+,;=%]*\)$/u);
        }
      }),
      { seed: 2 },
    );
  });

  it('keeps italic and bold where Markdown can show them', () => {
    assert.equal(
      runsToMarkdown([{ text: 'Doe. ' }, { text: 'A *b* ', italic: true }, { text: '(2nd ed.)' }]),
      'Doe\\. *A \\*b\\** \\(2nd ed\\.\\)',
    );
    assert.equal(runsToMarkdown([{ text: 'Big', bold: true }]), '**Big**');
    assert.equal(runsToMarkdown([{ text: 'un' }, { text: 'believ', italic: true }, { text: 'able' }]), 'unbelievable');
    assert.equal(runsToMarkdown([{ text: 'H' }, { text: '2', position: 'sub' }, { text: 'O' }]), 'H2O');
    assert.equal(runsToMarkdown([{ text: ' ', italic: true }, { text: 'a' }]), 'a');
  });
});
