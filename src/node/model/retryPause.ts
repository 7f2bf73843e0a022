import { setTimeout as wait } from 'node:timers/promises';
import { ModelError } from '../../engine/model/modelClient.ts';

const LONGEST_WAIT_MS = 60_000;

/** Whether another try may do better. */
export function isRetried(status: number): boolean {
  return status === 429 || status === 408 || status >= 500;
}

/**
 * Before the next try: as long as the server says, else half a second and twice as long each time.
 *
 * @throws ModelError `cancelled` when the signal aborts
 */
export async function retryPause(attempt: number, retryAfter: string | null, signal: AbortSignal): Promise<void> {
  const seconds = Number(retryAfter ?? Number.NaN);
  const ms = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : 500 * 2 ** (attempt - 1);
  try {
    await wait(Math.min(ms, LONGEST_WAIT_MS), undefined, { signal });
  } catch {
    throw new ModelError('cancelled', 'Stopped.');
  }
}
