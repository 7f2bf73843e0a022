import type { ChildProcess } from 'node:child_process';

/** Whether a process can be started in a group of its own, so that what it starts ends with it. */
export const HAS_GROUPS = process.platform !== 'win32';

/** Ends a process that was started `detached: HAS_GROUPS`, and what it has started, by its own id. */
export function endGroup(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (child.pid === undefined) return;
  try {
    if (HAS_GROUPS) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It is gone already.
  }
}

/** What it wrote to stderr, as the end of a message. */
export function said(stderr: string): string {
  const text = stderr.trim();
  return text === '' ? '' : ` It says: ${text}`;
}

/** Why it could not be started. */
export function startFailure(error: Error): string {
  return 'code' in error && error.code === 'ENOENT'
    ? 'it, or the folder it is started in, is not there'
    : error.message;
}

/** The end of what a program wrote to stderr tells most. */
export const SHOWN_STDERR = 1_000;
