/** Time, as the store needs it. */
export type Clock = {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Calls back once, after a delay; the answer cancels it. Waiting does not keep the process alive. */
  readonly later: (callBack: () => void, delayMs: number) => () => void;
};

export const systemClock: Clock = {
  nowMs: Date.now,
  later: (callBack, delayMs) => {
    const timer = setTimeout(callBack, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
