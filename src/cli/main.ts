import fs from 'node:fs';
import path from 'node:path';
import picocolors from 'picocolors';
import { EXIT, type ExitCode } from './exitCode.ts';
import { createProgram } from './program.ts';
import type { Output, Shell } from './shell.ts';
import { explainError } from './tellUser.ts';

// The one place that touches the process: everything below gets a Shell.
const cancel = new AbortController();
const folder = import.meta.dirname;
const shell: Shell = {
  cwd: process.cwd(),
  stdout: outputOf(process.stdout),
  stderr: outputOf(process.stderr),
  signal: cancel.signal,
  now: () => Date.now(),
  isCheckout: fs.existsSync(path.join(folder, '..', 'src', 'cli', 'main.ts')),
};

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (cancel.signal.aborted) process.exit(EXIT.cancelled);
    shell.stderr.write('\nStopping; what has finished is kept. Press Ctrl+C again to quit at once.\n');
    cancel.abort();
  });
}
// A reader that has seen enough (`| head`) is no error.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.ok : EXIT.environment),
  );
}

const code = await run();
// What a pipe has not taken yet would be lost by an exit at once.
process.stdout.write('', () => process.exit(code));

async function run(): Promise<ExitCode> {
  try {
    return await createProgram(shell, readVersion()).run(process.argv.slice(2));
  } catch (error) {
    return explainError(shell, error);
  }
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  const isTerminal = stream.isTTY === true && TERM !== 'dumb';
  const isColored = NO_COLOR ? false : FORCE_COLOR ? FORCE_COLOR !== '0' : isTerminal;
  return {
    write: (text) => void stream.write(text),
    isTerminal,
    columns: () => Math.max(40, stream.columns ?? 80),
    colors: picocolors.createColors(isColored),
  };
}

function readVersion(): string {
  const file = [path.join(folder, '..', 'package.json'), path.join(folder, '..', '..', 'package.json')].find(
    (candidate) => fs.existsSync(candidate),
  );
  const parsed: unknown = file === undefined ? null : JSON.parse(fs.readFileSync(file, 'utf8'));
  return typeof parsed === 'object' && parsed !== null && 'version' in parsed ? String(parsed.version) : 'unknown';
}
