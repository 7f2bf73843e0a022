import { expect, it } from 'vitest';
import { TouchstoneError } from '../../../../src/engine/error.ts';
import { Calls } from '../../../../src/node/worker/calls.ts';

/** Ends only by its signal. */
const endless = (signal: AbortSignal) =>
  new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

it('stops a call by its id, and ignores ids that it does not know', async () => {
  const calls = new Calls();
  const first = calls.run('1', endless).catch((error: unknown) => error);
  const second = calls.run('2', endless).catch((error: unknown) => error);
  calls.stop('3');
  calls.stop('1');
  expect(await first).toMatchObject({ code: 'cancelled' });
  calls.stop('1');
  const reason = new TouchstoneError('cancelled', 'Closing.');
  calls.stopAll(reason);
  await calls.settled();
  expect(await second).toBe(reason);
});

it('gives what a call gives', async () => {
  const calls = new Calls();
  expect(await calls.run('1', async () => 42)).toBe(42);
  await calls.settled();
});
