import type { TexOutput } from './texOutput.ts';
import { LAYOUT, LOWERED, RAISED } from './texOutput.ts';

const FORMULA = /^[\p{L}\p{N}\s()[\]{}_^+\-−–.,·*=/>:;]*$/u;
const LEVELS =
  /([_^])(?:\{([^{}_^]*)\}|(\d*[+-]|[^{}_^\s]))|(?<=[\p{L})\]}])(\d+(?:\.\d+)?)|(?<=[\p{L}\d)\]])([+-])(?=[\s,)]|$)/gu;

/** Writes a formula as the packages mhchem and chemformula set it (`H2O`, `Fe^{3+}`, `SO4^2-`); false for one that says more than that. */
export function writeChemistry(formula: string, output: TexOutput): boolean {
  if (!FORMULA.test(formula)) return false;
  const levels = [...formula.matchAll(LEVELS)];
  let at = 0;
  for (const level of levels) {
    output.words(formula.slice(at, level.index).replace(/[{}]/gu, ''));
    const [all, sign, braced, single, count, charge] = level;
    const raised = sign === '^' || charge !== undefined;
    output.open(LAYOUT + (raised ? RAISED : LOWERED));
    output.words(braced ?? single ?? count ?? charge ?? '');
    output.close();
    at = level.index + all.length;
  }
  output.words(formula.slice(at).replace(/[{}]/gu, ''));
  return true;
}
