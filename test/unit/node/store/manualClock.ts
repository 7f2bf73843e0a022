import type { Clock } from '../../../../src/node/store/clock.ts';

/** Time that moves when it is told to. */
export function manualClock(startMs = 1_000_000): Clock & { advance(milliseconds: number): void } {
  let nowMs = startMs;
  const waiting = new Set<{ readonly atMs: number; readonly callBack: () => void }>();
  return {
    nowMs: () => nowMs,
    later: (callBack, delayMs) => {
      const entry = { atMs: nowMs + delayMs, callBack };
      waiting.add(entry);
      return () => waiting.delete(entry);
    },
    advance: (milliseconds) => {
      const endMs = nowMs + milliseconds;
      for (;;) {
        const [next] = [...waiting].filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs);
        if (!next) break;
        waiting.delete(next);
        nowMs = next.atMs;
        next.callBack();
      }
      nowMs = endMs;
    },
  };
}
