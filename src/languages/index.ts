import type { Language, ProjectFile } from './language.ts';
import { asciidoc } from './asciidoc.ts';
import { docTex, latex } from './latex.ts';
import { markdown } from './markdown.ts';
import { myst } from './myst.ts';
import { org } from './org.ts';
import { percentScript } from './percentScript.ts';
import { restructuredText } from './restructuredText.ts';
import { typst } from './typst.ts';

export const languages: readonly Language[] = [
  latex,
  docTex,
  markdown,
  typst,
  restructuredText,
  org,
  asciidoc,
  myst,
  percentScript,
];

/** The language of a document: by the editor's id for it, else by the extension of its path. */
export function languageOf(languageId: string | undefined, path: string): Language | undefined {
  const byId = languages.find(language => languageId !== undefined && language.languageIds.includes(languageId));
  if (byId !== undefined) return byId;
  const name = path.toLowerCase();
  return languages.find(language => language.extensions.some(extension => name.endsWith(extension)));
}

/** The editor's id for the language of a document; where that is none of its ids, the usual one, by the extension of its path. */
export function usualLanguageId(languageId: string, path: string): string {
  const language = languageOf(languageId, path);
  const isOwn = language === undefined || language.languageIds.includes(languageId);
  return isOwn ? languageId : (language.languageIds[0] ?? languageId);
}

/** What reads the project file of that name ("_quarto.yml"); undefined for another file. */
export function projectFileOf(path: string): ProjectFile | undefined {
  return projectFiles.get(path.slice(path.lastIndexOf('/') + 1));
}

/** All project files of the language that the one of that name belongs to; none for another file. */
export const projectFilesBeside = (path: string): readonly ProjectFile[] =>
  languages.find(language => language.projectFiles.some(file => file === projectFileOf(path)))?.projectFiles ?? [];

/** By name; the first language that knows one counts. */
const projectFiles: ReadonlyMap<string, ProjectFile> = new Map(
  languages.flatMap(language => language.projectFiles.map(file => [file.name, file] as const)).reverse(),
);
