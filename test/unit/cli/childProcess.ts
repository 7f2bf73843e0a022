import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

/** The command line as a process of its own, ended with the test if it still runs. */
export function startTouchstone(
  cwd: string,
  args: readonly string[],
  options: { readonly env?: { readonly [name: string]: string }; readonly stdio?: StdioOptions } = {},
): {
  child: ChildProcess;
  stderr: () => string;
  end: Promise<{ code: number | null; stdout: string; stderr: string }>;
} {
  const flags = ['--experimental-transform-types', '--no-warnings'];
  const child = spawn(process.execPath, [...flags, MAIN, ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...options.env },
    stdio: options.stdio ?? 'pipe',
  });
  onTestFinished(() => void (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')));
  const written = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text) => {
      written[name] += text;
    });
  const end = once(child, 'close').then(([code]) => ({ code, ...written }));
  return { child, stderr: () => written.stderr, end };
}
