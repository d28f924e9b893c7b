import { append } from '../base/append.ts';
import type { Dialect, Language } from '../languages/language.ts';
import { noLabels } from './labels.ts';
import type { LabelRules } from './labels.ts';
import { projectFilesOf } from './scopeSource.ts';
import type { ScopeSource } from './scopeSource.ts';

/** How the project of a document wants it to be read. */
export interface ProjectDialect {
  readonly language: Language;
  readonly labels: LabelRules;
}

/** `own`: its language as far as it alone tells. The nearest file of a project that names a dialect counts. */
export function projectDialect(
  source: ScopeSource,
  uri: string,
  {
    own,
    isQuarto,
    languages,
  }: { readonly own: Language; readonly isQuarto: boolean; readonly languages: readonly Language[] },
): ProjectDialect {
  if (own.id !== 'markdown') return { language: own, labels: noLabels };
  let dialect: Dialect | undefined = isQuarto || /\.qmd$/i.test(uri) ? 'quarto' : undefined;
  const prefixes: string[] = [];
  for (const file of projectFilesOf(source, uri)) {
    const declared = source.metadata(file);
    dialect ??= declared?.dialect;
    append(prefixes, declared?.labelPrefixes ?? []);
  }
  const language = dialect === 'myst' ? languages.find(({ id }) => id === 'myst') : undefined;
  return { language: language ?? own, labels: { takesAll: dialect === 'quarto', prefixes } };
}
