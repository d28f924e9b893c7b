import assert from 'node:assert/strict';
import fc from 'fast-check';
import { childElements, encodeXml, findElements, parseXml, xmlText, xmlTokens } from '../../src/syntax/xml.ts';
import { readYaml, writeYaml, yamlItems, yamlMembers, type YamlValue } from '../../src/syntax/yaml.ts';

describe('syntax/yaml', () => {
  const members: [text: string, names: string[]][] = [
    ['a: 1\nb: 2\n', ['a', 'b']],
    ['---\n# c\na b:\n  c: 1\n"q: r":\n- x: 1\n...\n', ['a b', 'q: r']],
    ['a: |\n  b: c\nd: e', ['a', 'd']],
    ['\uFEFFa: 1\r\nb: 2\r\n', ['a', 'b']],
    ['http://x.org', []],
    ['{a: b}', ['a']],
    ["- {a: [b, {c: d}], \"e\": 'f, ''g', h:i: don't} # {x: y}", ['a', 'e', 'h:i']],
    ['{"a":1,"b":[2,3]}', ['a', 'b']],
    ['{ a: b, # c: d\n  e: f', ['a', 'e']],
  ];
  for (const [text, names] of members) {
    it(`finds the members of ${JSON.stringify(text)}`, () => {
      const found = yamlMembers(text);
      assert.deepEqual(
        found.map(member => member.name),
        names,
      );
      for (const member of found) {
        assert.equal(text.slice(member.nameSpan.start, member.nameSpan.end), member.name);
      }
    });
  }

  it('finds items from dash to their last line', () => {
    const text = 'r:\n- a: 1\n  b: |\n    - c\n\n- d\nnext: 1\n';
    const [list] = yamlMembers(text);
    assert.deepEqual(
      yamlItems(text, list?.value).map(item => text.slice(item.start, item.end)),
      ['- a: 1\n  b: |\n    - c', '- d'],
    );
  });

  it('finds items between brackets', () => {
    const text = 'r: [{a: 1, b: [c, d]}, "x, y", z ]\nnext: 1\n';
    const [list] = yamlMembers(text);
    assert.deepEqual(
      yamlItems(text, list?.value).map(item => text.slice(item.start, item.end)),
      ['{a: 1, b: [c, d]}', '"x, y"', 'z'],
    );
    assert.deepEqual(yamlItems('[]'), []);
  });

  it('reads a number only where nothing of its spelling is lost', () => {
    assert.deepEqual(Object.values(readYaml('a: 7\nb: 007\nc: 1.0\nd: true\ne: ~\nf: "7"\ng: 2001-02-03') as object), [
      7,
      '007',
      '1.0',
      true,
      null,
      '7',
      '2001-02-03',
    ]);
  });

  it('refuses what is nested too deeply', () => {
    assert.equal(readYaml(`a: ${'['.repeat(1000)}`), undefined);
    assert.equal(readYaml(`a: ${'{b: '.repeat(1000)}`), undefined);
    assert.equal(readYaml('- '.repeat(1000)), undefined);
    assert.equal(readYaml('a: '.repeat(1000)), undefined);
  });

  it('reads what it wrote', () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom('no', '~', '7', 'a: b', 'a #b', '- a', ' a', 'a,', '\u0085', '\uFEFF'),
      fc.integer(),
    );
    const value = fc.dictionary(
      fc.string({ minLength: 1 }).filter(name => name !== '__proto__'),
      fc.oneof(leaf, fc.array(leaf, { minLength: 1 })),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(value, written => {
        assert.equal(JSON.stringify(readYaml(writeYaml(written as YamlValue))), JSON.stringify(written));
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

describe('syntax/xml', () => {
  it('has every character in one token', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[<>/!?a-c"'=\s[\]\-&;]{0,60}$/u), text => {
        const tokens = [...xmlTokens(text)];
        assert.equal(tokens.map(token => text.slice(token.start, token.end)).join(''), text);
        assert.doesNotThrow(() => xmlText(parseXml(text)));
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  const texts: [xml: string, text: string][] = [
    ['<a>x<b>y</b></a>', 'xy'],
    ['<a>1 &lt; 2 &amp;amp; &#233;&#xe9; &nbsp;</a>', '1 < 2 &amp; éé &nbsp;'],
    ['<a><![CDATA[<b>&amp;]]></a><!-- c --><?p?>', '<b>&amp;'],
    ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', '&e;'],
    ['<a b="1 > 0">x</c></a>', 'x'],
    ['a < b', 'a < b'],
  ];
  for (const [xml, text] of texts) {
    it(`reads ${xml}`, () => {
      assert.equal(xmlText(parseXml(xml)), text);
    });
  }

  it('gives back what it encoded', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}<>&"';#x\d]{0,40}$/u), text => {
        assert.equal(xmlText(parseXml(`<a b="${encodeXml(text)}">${encodeXml(text)}</a>`)), text);
        const [element] = childElements(parseXml(`<a b="${encodeXml(text)}"/>`));
        assert.equal(element?.attributes.get('b'), text);
      }),
      { seed: 5 },
    );
  });

  it('finds records, of which one left open ends where the next begins', () => {
    const text = '<r><record>1<record>2</record></r><record>3';
    assert.deepEqual(
      findElements(text, 'record').map(span => text.slice(span.start, span.end)),
      ['<record>1', '<record>2</record>', '<record>3'],
    );
  });
});
