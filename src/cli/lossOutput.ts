import type { Loss } from '../formats/loss.ts';
import { reasonSentence } from '../protocol/conversionTexts.ts';
import type { Place } from '../text/lineIndex.ts';
import { fileOutput } from './output.ts';
import type { Terminal } from './progress.ts';

/** Where it is told what could not be carried over. Nothing of it is kept, so that memory stays flat. */
export interface LossOutput {
  /** In the order of the files. */
  add(loss: Loss, file: string, place: Place): Promise<void>;
  finish(): Promise<void>;
  discard(): void;
}

/** A file with a list of JSON; line and column count from 1. */
export function lossFile(path: string): LossOutput {
  const output = fileOutput(path);
  let before = '[\n  ';
  return {
    async add({ key, field, value, reason }, file, { line, character }) {
      const one = { file, line: line + 1, column: character + 1, key, field, value, reason };
      await output.write(before + JSON.stringify(one, undefined, 2).replaceAll('\n', '\n  '));
      before = ',\n  ';
    },
    async finish() {
      await output.write(before.startsWith('[') ? '[]\n' : '\n]\n');
      await output.keep();
    },
    discard() {
      output.discard();
    },
  };
}

export interface LossLines {
  /** The name of the format that could not take the values. */
  readonly title: string;
  /** At the end, because the converted text runs over the same terminal. */
  readonly isHeld: boolean;
}

/** Lines as compilers write them. */
export function lossLines(terminal: Terminal, { title, isHeld }: LossLines): LossOutput {
  let held: string[] = [];
  const finish = (): Promise<void> => {
    if (held.length > 0) terminal.write(held.join(''));
    held = [];
    return Promise.resolve();
  };
  return {
    add({ key, field, value, reason }, file, { line, character }) {
      const text = value.replace(/\s+/gu, ' ');
      const shown = text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
      const place = `${file}:${String(line + 1)}:${String(character + 1)}`;
      const subject = key === '' ? field : `${key}: ${field}`;
      held.push(`${place}: ${subject} = ${shown}: ${reasonSentence(reason, title)}.\n`);
      return isHeld || held.length < linesAtOnce ? Promise.resolve() : finish();
    },
    finish,
    discard: () => undefined,
  };
}

const longestValue = 200;
const linesAtOnce = 500;
