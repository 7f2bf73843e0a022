import { expect, it } from 'vitest';
import type { Histories } from '../../../../src/node/worker/histories.ts';
import { createReviewApi } from '../../../../src/node/worker/reviewApi.ts';
import type { Workspaces } from '../../../../src/node/worker/workspaces.ts';

it('asks again who rates where that failed, and not where it went well', async () => {
  const names = [Promise.reject(new Error('git hangs')), Promise.resolve('ada')];
  let asked = 0;
  const { review } = createReviewApi(
    { at: () => ({ root: '/w' }) } as unknown as Workspaces,
    { at: () => ({ run: () => undefined }) } as unknown as Histories,
    () => {},
    () => names[asked++] ?? Promise.resolve('bob'),
  );
  const ask = () => review('/w/a.prompt', { runId: 'r1', metric: null, seed: 7, filter: 'all' }, null);
  await expect(ask()).rejects.toThrow('git hangs');
  expect(await ask()).toBeNull();
  expect(await ask()).toBeNull();
  expect(asked).toBe(2);
});
