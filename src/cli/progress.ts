/** A terminal, as far as a progress bar needs one. */
export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const width = 30;
/** Short work needs no bar, and nobody sees more than a few pictures a second. */
const wait = 300;
const between = 100;

/** A bar on one line of a terminal; elsewhere nothing. `now` gives milliseconds. */
export function progressBar(terminal: Terminal, now: () => number): Progress {
  const start = now();
  let last = start;
  let isShown = false;
  return {
    show(done, total, name) {
      const time = now();
      if (terminal.isTTY !== true || time - start < wait || time - last < between) return;
      last = time;
      isShown = true;
      const filled = total === 0 ? width : Math.round((width * done) / total);
      const line = `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(done)} of ${String(total)} ${name}`;
      terminal.write(`\r\u001B[K${line.slice(0, (terminal.columns ?? 80) - 1)}`);
    },
    clear() {
      if (isShown) terminal.write('\r\u001B[K');
      isShown = false;
    },
  };
}

export interface Progress {
  show(done: number, total: number, name: string): void;
  clear(): void;
}
