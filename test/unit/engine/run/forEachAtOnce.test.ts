import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachAtOnce } from '../../../../src/engine/run/forEachAtOnce.ts';

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function* counting(count: number, onRead: () => void = () => {}): AsyncGenerator<number> {
  for (let item = 0; item < count; item += 1) {
    onRead();
    yield item;
  }
}

describe('forEachAtOnce', () => {
  it('works on every item once, in order, with never more under way than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 3 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 6 }),
        async (delays, most) => {
          const begun: number[] = [];
          let underWay = 0;
          let furthest = 0;
          let read = 0;
          let done = 0;
          await forEachAtOnce(
            counting(delays.length, () => (read += 1)),
            most,
            async (item) => {
              begun.push(item);
              underWay += 1;
              furthest = Math.max(furthest, underWay);
              expect(read - done).toBeLessThanOrEqual(most);
              await wait(delays[item] ?? 0);
              underWay -= 1;
              done += 1;
            },
            () => false,
          );
          expect(begun).toEqual(delays.map((_, index) => index));
          expect(furthest).toBe(Math.min(most, delays.length));
          expect(underWay).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('begins nothing once it is over, and closes the source', async () => {
    let closed = false;
    const begun: number[] = [];
    async function* source(): AsyncGenerator<number> {
      try {
        yield* counting(1000);
      } finally {
        closed = true;
      }
    }
    const work = async (item: number) => {
      begun.push(item);
      await wait(1);
    };
    await forEachAtOnce(source(), 2, work, () => begun.length >= 5);
    expect([begun, closed]).toEqual([[0, 1, 2, 3, 4], true]);
  });

  it.each(['work', 'source'])(
    'throws the first error of the %s when all that is under way has ended',
    async (where) => {
      const broken = new Error('broken');
      let ended = 0;
      async function* source(): AsyncGenerator<number> {
        yield* counting(4);
        if (where === 'source') throw broken;
        yield* counting(100);
      }
      const work = async (item: number) => {
        await wait(item === 3 ? 1 : 10);
        ended += 1;
        if (where === 'work' && item === 3) throw broken;
      };
      await expect(forEachAtOnce(source(), 4, work, () => false)).rejects.toBe(broken);
      expect(ended).toBe(4);
    },
  );
});
