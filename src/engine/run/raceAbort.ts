/** The answer when `signal` aborted first. */
export const ABORTED: unique symbol = Symbol('aborted');

/** Waits for a promise or for the signal, whichever is first: code that ignores the signal cannot hold up a stop. */
export function raceAbort<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | typeof ABORTED> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve(ABORTED);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
