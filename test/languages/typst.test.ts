import assert from 'node:assert/strict';
import { projectFileOf } from '../../src/languages/index.ts';
import { typst } from '../../src/languages/typst.ts';
import { parseCursor, parseFixture, underline } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] =>
  typst.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));
const targets = (text: string): string[] => typst.scan(text).declarations.map(one => one.target);
const included = (text: string): string[] => typst.scan(text).includes.map(one => one.target);

describe('typst citations', () => {
  const forms: [text: string, keys: string[]][] = [
    ['@doe says', ['doe']],
    ['@doe[p. 7] and @roe[see @poe]', ['doe', 'roe', 'poe']],
    ['(@doe), "@roe"; *@poe* _@qoe_', ['doe', 'roe', 'poe', 'qoe_']],
    ['@doe. @roe: @poe.x @a:b-c_d', ['doe', 'roe', 'poe.x', 'a:b-c_d']],
    ['@Müller2020 @李2020 研究@doe', ['Müller2020', '李2020', 'doe']],
    ['#cite(<doe>)', ['doe']],
    ['#cite(<doe>, supplement: [p. 7], form: "prose")', ['doe']],
    ['#cite(<doe>, form: none, style: "apa")', ['doe']],
    ['#cite(\n  <doe>,\n  supplement: [see @roe],\n)', ['doe', 'roe']],
    ['#cite(label("DBLP:books/x/Y"))', ['DBLP:books/x/Y']],
    ['#cite(label("a b"), form: "year") @doe', ['a b', 'doe']],
    ['#{ cite(<doe>); ref(<roe>) }', ['doe', 'roe']],
    ['#let x = cite(<doe>)\n@roe', ['doe', 'roe']],
    ['#figure(image("a.png"), caption: [From @doe.])', ['doe']],
    ['#let f(x) = {\n  [@doe #x]\n}\n@roe', ['doe', 'roe']],
    ['#if a == "x" [@doe] else { [@roe] } @poe', ['doe', 'roe', 'poe']],
    ['#for x in (1, 2) [@doe] @roe', ['doe', 'roe']],
    ['#set text(red)\n@doe', ['doe']],
    ['#show heading: it => [@doe]\n@roe', ['doe', 'roe']],
    ['#[@doe]@roe #emph[@poe].', ['doe', 'roe', 'poe']],
    ['#x.y.at("k").z @doe', ['doe']],
    ['$ x "a $" #f[@doe] $ @roe', ['doe', 'roe']],
    ['$5 not closed\n\n@doe', ['doe']],
    ['= Title @doe\n- item @roe\n/ Term @poe: x', ['doe', 'roe', 'poe']],
    ['https://a.org/@name @doe // @no', ['doe']],
    ['http://a.org @doe', ['doe']],
    ['a /* b /* c */ @no */ @doe', ['doe']],
    ['it\'s a "quote @doe', ['doe']],
    ['[@doe] ] @roe', ['doe', 'roe']],
    ['``@doe', ['doe']],
    ['#"a @no" @doe', ['doe']],
    ['#table(\n  [@doe], [@roe],\n\n  [@poe],\n)', ['doe', 'roe', 'poe']],
    ['text <sec:a> @doe', ['doe']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('knows where each key stands', () => {
    const [file] = parseFixture(`
      As @doe2020[p. 3] and #cite(<roe>, form: "prose") say.
          ^^^^^^^                  ^^^
      #cite(label("a/b")).
                   ^^^
    `).files;
    const spans = typst.scan(file?.text ?? '').groups.flatMap(group => group.citations.map(one => one.span));
    assert.equal(underline(file?.text ?? '', spans), underline(file?.text ?? '', file?.ranges ?? []));
  });

  it('knows the whole construct', () => {
    const [file] = parseFixture(`
      a @doe b #cite(<roe>, form: "year") c
        ^^^^   ^^^^^^^^^^^^^^^^^^^^^^^^^^
    `).files;
    const spans = typst.scan(file?.text ?? '').groups.map(group => group.span);
    assert.equal(underline(file?.text ?? '', spans), underline(file?.text ?? '', file?.ranges ?? []));
  });
});

describe('typst text that cites nothing', () => {
  const silent = [
    'escaped \\@doe',
    'jane@example.org',
    '`@doe` ```typ @doe\n`` @doe``` `#cite(<doe>)`',
    '// @doe',
    '/* @doe\n/* @doe */ #cite(<doe>) */',
    '#let x = "@doe"',
    '#let x = "a\n@doe"\n',
    '#text("cite(<doe>)")',
    '#raw("@doe")',
    '$a @ b$ $x "@doe"$',
    '#import "@preview/cetz:0.2.0": canvas',
    '<doe> = Title <roe>\n@doe @roe #ref(<roe>)',
    '@sec:method #figure([x]) <sec:method>',
    '@fig:x @tbl:x @eq:x @fig-x',
    '#link(<doe>)[x] #link("https://a.org/@doe")',
    '#let x = a < b and b > c',
    'a @ b @@',
    '#bibliography("a.bib", target: <doe>)',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), []);
    });
  }

  it('goes on behind each of them', () => {
    for (const text of silent) assert.deepEqual(keys(`${text}\n\nText @after.\n`), ['after'], text);
  });
});

describe('typst bibliographies', () => {
  const forms: [text: string, targets: string[]][] = [
    ['#bibliography("a.bib")', ['a.bib']],
    ['#bibliography(("a.bib", "b.yml"), title: "x", full: true, style: "ieee")', ['a.bib', 'b.yml']],
    ['#bibliography("/refs/a.bib", title: [x], style: "x.csl", group: "a")', ['/refs/a.bib']],
    ['#bibliography("a.bib", target: selector(cite).within(here()))\n#bibliography("b.bib")', ['a.bib', 'b.bib']],
    ['#bibliography(path("a.bib"))', ['a.bib']],
    ['#bibliography(read("a.bib", encoding: none))', ['a.bib']],
    ['#bibliography(bytes(read("a.bib")))', ['a.bib']],
    ['#bibliography(bytes("@book{a}"))', []],
    ['#show: tpl.with(bibliography: bibliography("refs.bib"), title: "x.bib")', ['refs.bib']],
    ['#show: tpl.with(\n  title: [x],\n  bibliography-file: "refs.bib",\n  authors: ((name: "a"),),\n)', ['refs.bib']],
    ['#tpl(bib: ("a.bib", "b.yaml"))', ['a.bib', 'b.yaml']],
    ['#{ bibliography("a.bib") }', ['a.bib']],
    ['#let b = bibliography("a.bib")', ['a.bib']],
    ['#set bibliography(style: "ieee")', []],
    ['#set bibliography(title: "a.bib")', []],
    ['#bibliography(style: "x.csl", "a.bib")', []],
    ['#image("a.png") #read("a.bib") #tpl(bibliography-style: "x.bib")', []],
    ['// #bibliography("a.bib")\n`#bibliography("a.bib")`', []],
    ['#bibliography("")', []],
    ['#bibliography("a.bib', ['a.bib']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(targets(text), expected);
      for (const { span, target } of typst.scan(text).declarations)
        assert.equal(text.slice(span.start, span.end), target);
    });
  }

  it('stand in the files that the document includes', () => {
    const text = '#include "ch/a.typ"\n#import "lib.typ": x, y\n#import "@preview/a:1.0.0"\n#{ include "b.typ" }\n';
    assert.deepEqual(included(text), ['ch/a.typ', 'lib.typ', 'b.typ']);
    for (const { span, target } of typst.scan(text).includes) assert.equal(text.slice(span.start, span.end), target);
  });

  it('stand in the main file of a package', () => {
    const text = '[package]\nname = "x"\nentrypoint = "src/main.typ"\n';
    const file = projectFileOf('file:///a/typst.toml');
    assert.equal(file?.isRoot, true);
    assert.deepEqual(
      file.scan(text).includes.map(one => [one.target, text.slice(one.span.start, one.span.end)]),
      [['src/main.typ', 'src/main.typ']],
    );
  });
});

describe('typst while typing', () => {
  const unfinished: [text: string, keys: string[]][] = [
    ['#cite(<doe\n\n@roe', ['doe', 'roe']],
    ['#cite(\n\n@roe', ['roe']],
    ['#cite(<doe and @roe', ['roe']],
    ['#figure(\n\n= Title\n\n#strong[@roe] @poe', ['roe', 'poe']],
    ['#bibliography("a\n@roe', ['roe']],
    ['@doe[p. 7\n\n@roe', ['doe', 'roe']],
    ['`open @roe', ['roe']],
  ];
  for (const [text, expected] of unfinished) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  const sites: [source: string, query: string | undefined, replaced?: string, written?: [string, string]][] = [
    ['@|', '', '@', ['@a', '#cite(label("a/b"))']],
    ['A @gil|', 'gil', '@gil', ['@a', '#cite(label("a/b"))']],
    ['@gil|lard[p. 7]', 'gil', '@gillard'],
    ['@gillard peer|', 'gillard peer', '@gillard peer'],
    ['@gillard pe|er and more', 'gillard pe', '@gillard peer'],
    ['研究@gil|', 'gil', '@gil'],
    ['#cite(<|>)', '', '<>', ['<a>', 'label("a/b")']],
    ['#cite(<gil|', 'gil', '<gil', ['<a>', 'label("a/b")']],
    ['#cite(<gil|lard>, form: "prose")', 'gil', '<gillard>'],
    ['#cite(<gillard peer|>)', 'gillard peer', '<gillard peer>'],
    ['#cite(label("gil|"))', 'gil', 'gil', ['a', 'a/b']],
    ['#cite(label("|"))', '', '', ['a', 'a/b']],
    ['#{ ref(<gil|>) }', 'gil', '<gil>'],
    ['@doe[p. |]', undefined],
    ['@doe. Then|', undefined],
    ['@doe\nsaid|', undefined],
    ['jane@exa|', undefined],
    ['`@gil|`', undefined],
    ['// @gil|', undefined],
    ['#text("@gil|")', undefined],
    ['\\@gil|', undefined],
    ['#cite(<a>, |)', undefined],
    ['#bibliography("|")', undefined],
    ['|@gil', undefined],
    ['<gil|>', undefined],
  ];
  for (const [source, query, replaced, written] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = typst.citationSite(text, typst.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      if (written !== undefined)
        assert.deepEqual(
          ['a', 'a/b'].map(key => typst.writeKey(key, site)),
          written,
        );
    });
  }

  it('writes odd keys as calls', () => {
    const written = ['doe', 'a:b.c', 'doe.', 'a b', 'a"b', 'DBLP:books/x/Y', 'Müller'].map(key => typst.writeKey(key));
    assert.deepEqual(written, [
      '@doe',
      '@a:b.c',
      '#cite(<doe.>)',
      '#cite(label("a b"))',
      '#cite(label("a\\"b"))',
      '#cite(label("DBLP:books/x/Y"))',
      '@Müller',
    ]);
  });
});

describe('typst reading of any text', () => {
  const fragments =
    '@ @doe # #cite( <doe> < > ( ) [ ] { } #let #if #show #f .x "a" " ` ``` $ // /* */ \\ , : ; label(" #bibliography(" #include bib: https:// = else'
      .split(' ')
      .concat([' ', '\n', '\n\n', '\r\n', '💙', '\ud83d']);

  it('keeps the laws', () => {
    checkLaws(typst, fragments);
  });

  const count = 50_000;
  const hostile: [what: string, unit: string][] = [
    ['open calls', '#cite('],
    ['open code', '#{('],
    ['open content', '['],
    ['open strings', '#f("'],
    ['open raw text', '` '],
    ['raw text of growing length', '` `` ``` '],
    ['open comments', '/*'],
    ['formulas', '$'],
    ['statements', '#if x '],
    ['open labels', '#cite(<a '],
    ['signs', '@'],
    ['closing brackets', '#(]'],
    ['wrong brackets', '#{(])}'],
  ];
  for (const [what, unit] of hostile) {
    it(`comes to an end with ${count} ${what}`, () => {
      assert.ok(typst.scan(unit.repeat(count)).groups.length >= 0);
    });
  }
});
