import './zodConfig.ts';
import fs from 'node:fs';
import path from 'node:path';
import { EXIT, type ExitCode, worstExitCode } from './exitCode.ts';
import { processOutput } from './processOutput.ts';
import { createProgram } from './program.ts';
import type { Shell } from './shell.ts';
import { explainError } from './tellUser.ts';

// The one place that touches the process: everything below gets a Shell.
const cancel = new AbortController();
const folder = import.meta.dirname;
const failures: ExitCode[] = [];
const shell: Shell = {
  cwd: process.cwd(),
  within: process.env['TOUCHSTONE_FOLDER'],
  stdout: processOutput(process.stdout, process.env, (error) => {
    failures.push(EXIT.environment);
    shell.stderr.write(`touchstone: The output could not be written: ${error.message}.\n`);
  }),
  stderr: processOutput(process.stderr, process.env, () => failures.push(EXIT.environment)),
  signal: cancel.signal,
  now: () => Date.now(),
  github: {
    root: process.env['GITHUB_WORKSPACE'] || undefined,
    summaryFile: process.env['GITHUB_STEP_SUMMARY'] || undefined,
  },
  isCheckout: fs.existsSync(path.join(folder, '..', 'src', 'cli', 'main.ts')),
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (cancel.signal.aborted) process.exit(EXIT.cancelled);
    shell.stderr.write('\nStopping; what has finished is kept. Press Ctrl+C again to quit at once.\n');
    cancel.abort();
  });
}

const code = await run();
// What a pipe has not taken yet would be lost by an exit at once.
await Promise.all([shell.stdout.taken(), shell.stderr.taken()]);
process.exit(worstExitCode([code, ...failures]));

async function run(): Promise<ExitCode> {
  try {
    return await createProgram(shell, readVersion()).run(process.argv.slice(2));
  } catch (error) {
    return explainError(shell, error);
  }
}

function readVersion(): string {
  const file = [path.join(folder, '..', 'package.json'), path.join(folder, '..', '..', 'package.json')].find(
    (candidate) => fs.existsSync(candidate),
  );
  const parsed: unknown = file === undefined ? null : JSON.parse(fs.readFileSync(file, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown';
}
