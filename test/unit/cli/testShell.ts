import picocolors from 'picocolors';
import type { Shell } from '../../../src/cli/shell.ts';

/** A shell without a terminal that keeps what was written. */
export function testShell(
  cwd: string,
  signal = new AbortController().signal,
): { shell: Shell; stdout: () => string; stderr: () => string } {
  const written = { stdout: '', stderr: '' };
  const output = (name: keyof typeof written): Shell['stdout'] => ({
    write: (text) => {
      written[name] += text;
    },
    taken: async () => true,
    isTerminal: false,
    columns: () => 80,
    colors: picocolors.createColors(false),
  });
  const shell: Shell = {
    cwd,
    stdout: output('stdout'),
    stderr: output('stderr'),
    signal,
    now: () => Date.now(),
    isCheckout: false,
  };
  return { shell, stdout: () => written.stdout, stderr: () => written.stderr };
}
