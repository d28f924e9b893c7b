import assert from 'node:assert/strict';
import fc from 'fast-check';
import { hover } from '../../src/features/hover.ts';
import { projectWithCursor, scope } from './project.ts';

const references = `
  %! lib/my refs.bib
  @article{gillard2015,
    author = {Gillard, Steve and Holley, Jess},
    title = {Introducing new peer worker roles},
    journal = {Advances in Psychiatric Treatment},
    year = 2015,
    doi = {10.1192/apt.bp.114.012088},
    url = {https://example.org/a_(b)},
    keywords = {peers, mental health},
    abstract = {First paragraph.},
  }
  @book{knuth, author = {Knuth, Donald E.}, title = {The {\\TeX}book}, url = {javascript:alert(1)}}
`.replace(/^ {2}/gmu, '');

const at = (source: string): { text: string; markdown: string } | undefined => {
  const { library, cursor } = projectWithCursor(source);
  const found = hover(library, cursor.file.uri, cursor.offset, { scope });
  return found && { text: cursor.file.text.slice(found.span.start, found.span.end), markdown: found.markdown };
};

describe('Hover', () => {
  it('shows the reference, its abstract, keywords and links', () => {
    const found = at('%! a.tex\n\\cite{knuth, gill|ard2015}' + references);
    assert.equal(found?.text, 'gillard2015');
    assert.deepEqual(found.markdown.split('\n\n'), [
      'Gillard &amp; Holley \\(2015\\)\\. Introducing new peer worker roles\\. *Advances in Psychiatric Treatment*',
      'First paragraph\\.',
      '*Keywords:* peers · mental health',
      '[doi\\:10\\.1192\\/apt\\.bp\\.114\\.012088](https://doi.org/10.1192/apt.bp.114.012088) · ' +
        '[example\\.org\\/a\\_\\(b\\)](https://example.org/a_%28b%29) · ' +
        '[my refs\\.bib](file:///project/lib/my%20refs.bib#L1) · `gillard2015`',
    ]);
  });

  it('shows nothing of a record that a conversion carried along', () => {
    const record = 'ris-record = {{"layout":"TY  - JOUR\\nXX  - hidden\\nER  -"}},';
    const source = '%! a.tex\n\\cite{gill|ard2015}' + references;
    const carrying = source.replace('year = 2015,', `year = 2015, ${record}`);
    assert.ok(carrying.includes('hidden'));
    assert.equal(at(carrying)?.markdown, at(source)?.markdown);
  });

  it('shows the one under the pointer, wherever in the key', () => {
    assert.equal(at('%! a.tex\n\\cite{|knuth, gillard2015}' + references)?.text, 'knuth');
    assert.equal(at('%! a.tex\n\\cite{knuth|, gillard2015}' + references)?.text, 'knuth');
    assert.equal(at('%! a.tex\n\\cite{knuth, |gillard2015}' + references)?.text, 'gillard2015');
    assert.equal(at('%! a.md\nsee [p. 3 @knu|th]' + references)?.text, 'knuth');
  });

  const links = [
    '[text](https://doi.org/10.1192/apt.bp.|114.012088)',
    '[](doi:10.1192/APT.bp.|114.012088)',
    '<doi:10.1192/apt.bp.|114.012088>',
    '<https://doi.org/10.1192/apt.bp.|114.012088>',
    'https://doi.org/10.1192/apt.bp.|114.012088, too',
    'See @10.1192/apt.bp.|114.012088',
    '[@10.1192/apt.bp.|114.012088]',
  ];
  for (const link of links) {
    it(`shows the work that ${link.replace('|', '')} names`, () => {
      const found = at(`%! a.md\n${link}${references}`);
      assert.equal(found?.text.toLowerCase(), '10.1192/apt.bp.114.012088');
      assert.match(found.markdown, /^Gillard/u);
    });
  }

  it('takes a DOI in capitals for the same', () => {
    const entry = (doi: string): string => `\n%! refs.bib\n@book{own, title = {Forest}, doi = {${doi}}}\n`;
    for (const [cited, written] of [
      ['10.1016/s0140-6736', '10.1016/S0140-6736'],
      ['10.1016/S0140-6736', '10.1016/s0140-6736'],
      ['10.1016/S0140-6736', '10.1016/S0140-6736'],
    ] as const)
      assert.match(at(`%! a.md\n[@${cited}|]${entry(written)}`)?.markdown ?? '', /^Forest/u, `${cited} ${written}`);
  });

  it('looks at no other DOI', () => {
    assert.equal(at(`%! a.md\n<doi:10.1192/apt.bp.|114.01208>${references}`), undefined);
    assert.equal(at(`%! a.md\n[text](https://example.org/10.1192/apt.bp.|114.012088)${references}`), undefined);
  });

  it('is silent elsewhere and for keys that nothing has', () => {
    assert.equal(at('%! a.tex\n\\ci|te{knuth}' + references), undefined);
    assert.equal(at('%! a.tex\n\\cite{unk|nown}' + references), undefined);
  });

  it('offers no link that is not to the web', () => {
    const markdown = at('%! a.tex\n\\cite{kn|uth}' + references)?.markdown ?? '';
    assert.ok(markdown.includes('[my refs\\.bib]'));
    assert.doesNotMatch(markdown, /javascript|alert/u);
  });

  it('formats the reference in the style at hand', () => {
    const { library, cursor } = projectWithCursor('%! a.tex\n\\cite{kn|uth}' + references);
    const formatReference = (): { text: string; italic?: true }[] => [
      { text: 'Knuth. ' },
      { text: 'Book', italic: true },
    ];
    assert.match(
      hover(library, cursor.file.uri, cursor.offset, { scope, formatReference })?.markdown ?? '',
      /^Knuth\\. \*Book\*\n/u,
    );
  });

  it('shows the card on the key of an entry, and where else the key stands', () => {
    const found = at(`
      %! a.bib
      @book{do|e, title = {One}}
      @book{doe, title = {Two}}
      %! b.bib
      @book{doe, title = {Three}}
    `);
    assert.equal(found?.text, 'doe');
    assert.match(found.markdown, /^One\n/u);
    assert.match(
      found.markdown,
      /Same key: \[a\\\.bib\]\(file:\/\/\/project\/a\.bib#L2\) · \[b\\\.bib\]\(file:\/\/\/project\/b\.bib#L1\)$/u,
    );
    assert.equal(at('%! a.bib\n@book{doe, ti|tle = {One}}'), undefined);
  });

  it('shows the card of a record on its ID, else on its type', () => {
    const record = (id: string): string => `TY  - BO${id === '' ? '|' : ''}OK\n${id}TI  - One\nER  - \n`;
    assert.equal(at(`%! a.ris\n${record('ID  - do|e\n')}`)?.text, 'doe');
    assert.equal(at(`%! a.ris\n${record('')}`)?.text, 'BOOK');
  });

  it('law: nothing in an entry becomes markup or a link', () => {
    const value = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom(
        '](command:x)',
        '<img src=x onerror=y>',
        '![](http://e.example)',
        '`',
        '```\n',
        '$(x)',
        '[a]: http://e.example',
        '&lt;script&gt;',
        'http://e.example',
        '\u202e',
      ),
    );
    fc.assert(
      fc.property(
        fc.record({
          title: value,
          author: value,
          keywords: value,
          abstract: value,
          journaltitle: value,
          doi: value,
          url: value,
        }),
        fields => {
          const lines = Object.entries(fields).map(([name, text]) => `${name} = {${text.replace(/[{}\\@|]/gu, '')}}`);
          const { library, cursor } = projectWithCursor('%! a.tex\n\\cite{k|}');
          library.setFile('file:///project/r.bib', { text: `@article{k, ${lines.join(', ')}}` });
          const markdown = hover(library, cursor.file.uri, cursor.offset, { scope })?.markdown ?? '';
          const bare = markdown
            .replace(/\\[!-/:-@[-`{-~]|&(?:amp|lt|gt);/gu, '')
            .replace(/\[([^\][]*)\]\((?:https?:\/\/[^\s()<>]+|file:\/\/\/project\/r\.bib#L1)\)/gu, '$1')
            .replace(/^\*Keywords:\*/mu, '')
            .replace(/`k`$/u, '')
            .replace(/\*([^*\n]*)\*/u, '$1');
          assert.doesNotMatch(bare, /[!-/:-@[-`{-~]/u, markdown);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});
