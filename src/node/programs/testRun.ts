import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { JsonObject } from '../../engine/json.ts';
import type { ProgramAnswer } from '../../engine/metric/own/ownProgram.ts';
import { endGroup, HAS_GROUPS, startFailure } from './processGroup.ts';

export type TestSetup = {
  readonly command: readonly string[];
  /** The name under which the answer is written, inside the folder. */
  readonly file: string;
  /** What stands beside it: where each is, and its path in the folder. */
  readonly copied: readonly { readonly from: string; readonly to: string }[];
  readonly timeoutMs: number;
};

const FORCE_AFTER_MS = 200;
/** The end of what the tests wrote tells how many passed. */
const SHOWN_OUTPUT = 20_000;
/** What the tests may know of the environment: no key of a provider is among it. */
const PASSED_ON = ['PATH', 'Path', 'PATHEXT', 'SystemRoot', 'HOME', 'USERPROFILE', 'TMPDIR', 'TEMP', 'TMP', 'LANG'];

/**
 * Writes code into a folder of its own, with the tests beside it, and runs them there; the folder is gone afterwards, and so is everything
 * that was started in it.
 *
 * @returns `{ code, output }`; an error where the command cannot be started
 */
export async function runTests(setup: TestSetup, code: string, signal: AbortSignal): Promise<ProgramAnswer> {
  if (signal.aborted) return { error: 'Stopped.' };
  const folder = await fs.promises.mkdtemp(path.join(os.tmpdir(), 'touchstone-tests-'));
  try {
    for (const { from, to } of setup.copied) await fs.promises.cp(from, path.join(folder, to), { recursive: true });
    const file = path.join(folder, setup.file);
    await fs.promises.mkdir(path.dirname(file), { recursive: true });
    await fs.promises.writeFile(file, code);
    return await ended(setup, folder, signal);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    await fs.promises.rm(folder, { recursive: true, force: true });
  }
}

function ended({ command, timeoutMs }: TestSetup, cwd: string, signal: AbortSignal): Promise<ProgramAnswer> {
  const [program = '', ...args] = command;
  const known = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return new Promise((resolve) => {
    const env = { ...Object.fromEntries(known), NO_COLOR: '1', CI: 'true' };
    const child = spawn(program, args, { cwd, env, shell: false, windowsHide: true, detached: HAS_GROUPS });
    let output = '';
    let failure: ProgramAnswer | null = null;
    let force: NodeJS.Timeout | undefined;
    const end = (why: ProgramAnswer) => {
      failure ??= why;
      endGroup(child, 'SIGTERM');
      force ??= setTimeout(() => endGroup(child, 'SIGKILL'), FORCE_AFTER_MS);
    };
    const stop = () => end({ error: 'Stopped.' });
    const late = () => end({ error: `The tests did not end within ${timeoutMs / 1000} s.`, isLate: true });
    const timer = setTimeout(late, timeoutMs);
    signal.addEventListener('abort', stop, { once: true });
    const settle = (answer: ProgramAnswer) => {
      clearTimeout(timer);
      clearTimeout(force);
      signal.removeEventListener('abort', stop);
      resolve(failure ?? answer);
    };
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-SHOWN_OUTPUT);
      });
    child.stdin.on('error', () => {}).end();
    child.on('error', (error) => settle({ error: `${program} cannot be started: ${startFailure(error)}.` }));
    // What it has started and left behind, while the group's id can be nobody else's.
    child.on('exit', () => endGroup(child, 'SIGKILL'));
    child.on('close', (code) => settle({ answer: { code, output } satisfies JsonObject }));
  });
}
