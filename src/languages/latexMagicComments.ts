import type { Include } from './language.ts';

/** The root document that a comment line names for TeX editors (`% !TEX root = ../main.tex`) or RStudio (`% !Rnw root = main.Rnw`). */
export function readRootComment(line: string, start: number): Include | undefined {
  return readPath(line, start, /^%[\s%]*!\s*(?:tex|rnw)\s{1,9}root\s*[=:]/i);
}

/**
 * The root document that AUCTeX keeps in Emacs' file variables (`%%% TeX-master: "main"`, or in the first line between `-*-`); `t`
 * means this file itself.
 */
export function readEmacsRoot(line: string, start: number): Include | undefined {
  const root =
    readPath(line, start, /^%[\s%]*tex-master\s*:/i) ??
    readPath(line, start, /^%[\s%]*-\*-(?:[^";]*;)?\s*tex-master\s*:\s*(?=")/i);
  return root === undefined || root.target === 't' || root.target === 'nil' ? undefined : root;
}

function readPath(line: string, start: number, label: RegExp): Include | undefined {
  const head = label.exec(line)?.[0];
  if (head === undefined) return undefined;
  const rest = line.slice(head.length);
  const target = /^\s*"([^"]*)"/.exec(rest)?.[1] ?? rest.trim();
  if (target === '') return undefined;
  const from = start + head.length + rest.indexOf(target);
  return {
    target,
    span: { start: from, end: from + target.length },
    impliedExtensions: ['.tex', '.Rnw', '.Rtex', '.ltx'],
  };
}
