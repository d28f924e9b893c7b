import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../src/text/span.ts';
import type { Language } from '../../src/languages/language.ts';

/** What must hold for the reading of any text in any language. */
export function assertLaws(language: Language, text: string, offsets: readonly number[]): void {
  const manuscript = language.scan(text);
  const isInside = (inner: Span, outer: Span): boolean =>
    outer.start <= inner.start && inner.start <= inner.end && inner.end <= outer.end;
  const whole = { start: 0, end: text.length };
  let before = 0;
  for (const group of manuscript.groups) {
    assert.ok(isInside(group.span, whole), 'a group lies in the text');
    assert.ok(group.span.start >= before, 'groups are sorted');
    before = group.span.start;
    for (const slot of group.slots) assert.ok(isInside(slot, group.span), 'a slot lies in its group');
    let end = 0;
    for (const { key, span } of group.citations) {
      assert.ok(
        group.slots.some(slot => isInside(span, slot)),
        'a citation lies in a slot',
      );
      assert.ok(span.start >= end && span.end > span.start, 'citations are sorted and not empty');
      assert.equal(key, text.slice(span.start, span.end));
      end = span.end;
    }
  }
  for (const list of [manuscript.declarations, manuscript.includes]) {
    for (const { span, target } of list) {
      assert.ok(isInside(span, whole) && target !== '');
    }
  }
  for (const offset of offsets.filter(one => one <= text.length)) {
    const site = language.citationSite(text, manuscript, offset);
    if (site === undefined) continue;
    assert.ok(
      isInside(site.replace, whole) && isInside({ start: offset, end: offset }, site.replace),
      'a site holds its cursor',
    );
    assert.ok(
      text.slice(site.replace.start, offset).endsWith(site.query),
      'the query is what stands before the cursor',
    );
  }
}

/** Texts put together from the words that mean something in a language. */
export function checkLaws(language: Language, fragments: readonly string[]): void {
  const words = fc.array(fc.oneof(fc.constantFrom(...fragments), fc.string({ maxLength: 3 })), { maxLength: 40 });
  const property = fc.property(words, fc.array(fc.nat(200), { maxLength: 12 }), (parts, offsets) => {
    assertLaws(language, parts.join(''), offsets);
  });
  fc.assert(property, { seed: 20, numRuns: 3000 });
}
