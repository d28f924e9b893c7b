import assert from 'node:assert/strict';
import { createPause, inSlices, stepsInSlices } from '../../src/server/pacing.ts';

describe('pacing', () => {
  it('lets messages in that wait for each other', async () => {
    const handled: number[] = [];
    // As a connection does: the next message has its turn once the one before has been handled.
    const handle = (message: number): void => {
      handled.push(message);
      if (message < 4) setImmediate(handle, message + 1);
    };
    setImmediate(handle, 1);
    await createPause()();
    assert.deepEqual(handled, [1, 2, 3, 4]);
  });

  it('gives what the steps returned', async () => {
    const steps = (function* () {
      yield 1;
      return 'end';
    })();
    assert.deepEqual(await stepsInSlices(createPause(), steps, () => true), { value: 'end' });
  });

  it('stops when it is told to', async () => {
    const steps = (function* () {
      for (;;) yield;
    })();
    assert.equal(await inSlices(createPause(), steps, () => true), false);
  });
});
