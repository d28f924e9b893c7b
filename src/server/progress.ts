import { WorkDoneProgress } from 'vscode-languageserver';
import type {
  Connection,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from 'vscode-languageserver';

/** How much of a source has been converted; a total of 0 as long as it is looked through. */
export interface ConvertProgress {
  readonly done: number;
  readonly total: number;
}

/** Tells the editor how far a request has come; silent where the editor did not ask. */
export interface Progress {
  begin(): void;
  report(progress: ConvertProgress): void;
  nextSource(): void;
  end(): void;
}

export function createProgress(connection: Connection, token: string | number | undefined, sources: number): Progress {
  let source = 0;
  let told = 0;
  const send = (value: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd) => {
    if (token !== undefined) void connection.sendProgress(WorkDoneProgress.type, token, value);
  };
  return {
    begin: () => {
      send({ kind: 'begin', title: 'Converting', cancellable: true, percentage: 0 });
    },
    report: ({ done, total }) => {
      const share = total === 0 ? 0 : done / total;
      const percentage = Math.floor((100 * (source + share)) / sources);
      if (percentage <= told) return;
      told = percentage;
      send({ kind: 'report', percentage, message: `${done} of ${total}` });
    },
    nextSource: () => {
      source += 1;
    },
    end: () => {
      send({ kind: 'end' });
    },
  };
}
