import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createProgram } from '../../../../src/cli/program.ts';
import { explainError } from '../../../../src/cli/tellUser.ts';
import { testShell } from '../testShell.ts';

/** A copy of the sample workspace, for tests that run it or break it. */
export function copySample(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-cli-'));
  const isKept = (file: string) => path.basename(file) !== '.touchstone';
  fs.cpSync('media/sample', folder, { recursive: true, filter: isKept });
  return folder;
}

/** The command line as `main.ts` runs it, in a folder. */
export async function touchstone(cwd: string, ...args: string[]) {
  const { shell, stdout, stderr } = testShell(cwd);
  const code = await createProgram(shell, '0')
    .run(args)
    .catch((error: unknown) => explainError(shell, error));
  return { code, stdout: stdout(), stderr: stderr() };
}
