import { expect, it } from 'vitest';
import { StateCache } from '../../../src/extension/stateCache.ts';

/** Answers only when told to. */
function slowSource() {
  const questions: ((answer: string) => void)[] = [];
  return { questions, fetch: () => new Promise<string>((resolve) => questions.push(resolve)) };
}

it('gives what was known while it asks again, one question at a time', async () => {
  const { questions, fetch } = slowSource();
  const cache = new StateCache(fetch, () => undefined);
  const changed: string[] = [];
  cache.changed.on((path) => changed.push(path));

  const first = cache.refresh('/a');
  await Promise.resolve();
  expect(cache.get('/a')).toBeUndefined();
  void cache.refresh('/a');
  void cache.refresh('/a');
  expect(questions).toHaveLength(1);

  questions[0]?.('old');
  await new Promise(setImmediate);
  expect(cache.get('/a')).toBe('old');
  // The two questions in between became one.
  expect(questions).toHaveLength(2);
  questions[1]?.('new');
  await first;
  expect(cache.get('/a')).toBe('new');
  expect(changed).toEqual(['/a', '/a']);
  expect(questions).toHaveLength(2);
});

it('keeps what was known when asking fails, and can ask again', async () => {
  const answers: (string | Error)[] = ['known', new Error('down'), 'again'];
  const errors: unknown[] = [];
  const cache = new StateCache(
    async () => {
      const answer = answers.shift();
      if (typeof answer === 'string') return answer;
      throw answer;
    },
    (error) => errors.push(error),
  );
  await cache.refresh('/a');
  await cache.refresh('/a');
  expect(cache.get('/a')).toBe('known');
  expect(errors).toEqual([new Error('down')]);
  await cache.refresh('/a');
  expect(cache.get('/a')).toBe('again');
  cache.forget('/a');
  expect(cache.paths()).toEqual([]);
});
