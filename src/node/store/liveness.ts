/** How often a run says that it is alive. */
export const HEARTBEAT_MS = 5_000;
/** A run that has been silent for this long is taken for dead; it comes back to life when it writes again. */
const SILENCE_MS = 30_000;

export type Writer = { readonly host: string; readonly pid: number; readonly heartbeatMs: number };

/**
 * Whether the process that writes a run still does. A process of this machine that is gone is known at once; of any other
 * only the silence tells.
 */
export function isAlive(
  writer: Writer,
  here: { readonly host: string; readonly nowMs: number; readonly processExists: (pid: number) => boolean },
): boolean {
  if (writer.host === here.host && !here.processExists(writer.pid)) return false;
  return here.nowMs - writer.heartbeatMs < SILENCE_MS;
}

/** Signal 0 asks without sending anything; EPERM means that it is there and someone else's. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
