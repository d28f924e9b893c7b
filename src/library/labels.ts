import type { Citation, CitationGroup, Manuscript } from '../languages/language.ts';

/** What a project says of names behind an `@` that are no keys. */
export interface LabelRules {
  /** Whether all that looks like the label of a figure or section is one, whatever a bibliography has (Quarto). */
  readonly takesAll: boolean;
  /** Kinds of figures of the project's own: "vid" for `@vid-x`. */
  readonly prefixes: readonly string[];
}

export const noLabels: LabelRules = { takesAll: false, prefixes: [] };

export const sameRules = (a: LabelRules, b: LabelRules): boolean =>
  a.takesAll === b.takesAll && sameNames(a.prefixes, b.prefixes);

export const sameNames = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name, index) => name === b[index]);

/** A document without the references to its figures and sections, as far as the rules tell them from citations. */
export function withoutLabels(text: string, manuscript: Manuscript, rules: LabelRules): Manuscript {
  const prefixes = new Set([...rules.prefixes, ...(manuscript.labelPrefixes ?? [])]);
  if (!rules.takesAll && prefixes.size === 0) return manuscript;
  const isLabel = (citation: Citation): boolean =>
    (rules.takesAll && citation.isLabelLike === true) || hasPrefix(text, citation, prefixes);
  return { ...manuscript, groups: manuscript.groups.flatMap(group => withoutLabelsIn(group, isLabel)) };
}

function withoutLabelsIn(group: CitationGroup, isLabel: (citation: Citation) => boolean): readonly CitationGroup[] {
  if (!/^\[?@$/.test(group.command)) return [group];
  const labels = new Set(group.citations.filter(isLabel));
  if (labels.size === 0) return [group];
  const places = new Set(Array.from(labels, ({ span }) => span.start));
  const slots = group.slots.filter(({ start }) => !places.has(start));
  return slots.length === 0 ? [] : [{ ...group, slots, citations: group.citations.filter(one => !labels.has(one)) }];
}

/** `@vid-x`, `@Vid-x`, and `@vid-` while it is being typed. */
function hasPrefix(text: string, { key, span }: Citation, prefixes: ReadonlySet<string>): boolean {
  const dash = key.indexOf('-');
  if (dash < 0 && text[span.end] !== '-') return false;
  const prefix = dash < 0 ? key : key.slice(0, dash);
  return prefixes.has(prefix) || prefixes.has(prefix.slice(0, 1).toLowerCase() + prefix.slice(1));
}
