import assert from 'node:assert/strict';
import { progressBar } from '../../src/cli/progress.ts';

describe('cli/progress', () => {
  const watched = (isTTY: boolean, times: number[]): string[] => {
    const written: string[] = [];
    const bar = progressBar({ isTTY, columns: 50, write: text => written.push(text) }, () => times.shift() ?? 0);
    bar.show(1, 10, 'refs.bib');
    bar.show(5, 10, 'refs.bib');
    bar.clear();
    return written;
  };

  it('shows how far long work is, and goes away', () => {
    const [half, cleared] = watched(true, [0, 100, 500]);
    assert.match(half ?? '', /█{15}░{15} 5 of 10/u);
    assert.equal(cleared, '\r\u001B[K');
  });

  it('is not there for short work or without a terminal', () => {
    assert.deepEqual(watched(true, [0, 10, 20]), []);
    assert.deepEqual(watched(false, [0, 500, 900]), []);
  });
});
