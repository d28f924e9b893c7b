import { readFileSync } from 'node:fs';

/** Milliseconds of each call of `run`, in order. */
export async function times(count: number, run: (i: number) => unknown): Promise<number[]> {
  const result: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await run(i);
    result.push(performance.now() - start);
  }
  return result;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** A Markdown table with its first column to the left and the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map(row => row.map(cell => (typeof cell === 'number' ? rounded(cell) : cell)));
  const widths = head.map((_, column) => Math.max(...cells.map(row => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join(' | ')} |`;
  const rule = `|${widths.map((width, column) => (column === 0 ? '-'.repeat(width + 2) : `${'-'.repeat(width + 1)}:`)).join('|')}|`;
  const [first = [], ...rest] = cells;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

const rounded = (value: number): string =>
  value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);

/** Milliseconds of processor time that this process has used: on a busy machine the clock tells of others, too. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e3;
}

/**
 * Milliseconds since the call: the lesser of the clock, which tells of other processes on a busy machine, too, and of the processor time,
 * which tells of what the engine does beside. Never less than what the thread itself has worked.
 */
export function stopwatch(): () => number {
  const [clock, processor] = [performance.now(), processorTime()];
  return () => Math.min(performance.now() - clock, processorTime() - processor);
}

/** The processor time of the main thread alone, what collects garbage beside it left out; the clock where the system does not tell. */
export function threadTime(): number {
  if (process.platform !== 'linux') return performance.now();
  const [nanoseconds = '0'] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}
