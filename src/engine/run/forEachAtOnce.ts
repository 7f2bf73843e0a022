/**
 * Works on the items of a source, several at once, begun in their order. An item is taken only when there is room to work on
 * it, so that a source of any length is never held in memory.
 *
 * A pool of lanes rather than a queue: filling a queue no faster than it empties costs more than the rest of a replayed sample.
 *
 * @param most   items under way at once; integer >= 1
 * @param isOver asked before each item; once true, none is begun
 * @throws the first error of `work` or of the source, when everything under way has ended; none is begun after it
 */
export async function forEachAtOnce<T>(
  source: AsyncIterable<T>,
  most: number,
  work: (item: T) => Promise<void>,
  isOver: () => boolean,
): Promise<void> {
  const items = source[Symbol.asyncIterator]();
  let failed = false;
  const lane = async () => {
    try {
      while (!failed && !isOver()) {
        const next = await items.next();
        // While this lane waited for its item, another may have come to the end.
        if (next.done || failed || isOver()) return;
        await work(next.value);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: most }, lane));
  await items.return?.();
  const broken = lanes.find((outcome) => outcome.status === 'rejected');
  if (broken) throw broken.reason;
}
