import picocolors from 'picocolors';
import type { Output } from './shell.ts';

type Environment = { readonly [name: string]: string | undefined };

/**
 * A stream of the process as the commands see it. A reader that has seen enough (`| head`) is no error: the command goes on
 * and ends with its own exit code, and what it still says is dropped.
 *
 * @param onFailure told once when the stream fails otherwise, as on a full disk
 */
export function processOutput(stream: NodeJS.WriteStream, env: Environment, onFailure: (error: Error) => void): Output {
  let isOpen = true;
  const fail = (error: unknown) => {
    if (isOpen && error instanceof Error && !('code' in error && error.code === 'EPIPE')) onFailure(error);
    isOpen = false;
  };
  stream.on('error', fail);
  const isTerminal = stream.isTTY === true && env['TERM'] !== 'dumb';
  const write = (text: string, done?: (error?: Error | null) => void) => {
    try {
      if (isOpen) stream.write(text, done);
    } catch (error) {
      // Where the stream is a file it throws instead of telling.
      fail(error);
    }
    if (!isOpen) done?.();
  };
  return {
    write: (text) => write(text),
    taken: () => new Promise((resolve) => write('', (error) => resolve(isOpen && !error))),
    isTerminal,
    columns: () => Math.max(MIN_COLUMNS, stream.columns ?? 80),
    colors: picocolors.createColors(isColored(env, isTerminal)),
  };
}

/** A table in fewer columns could not be read. */
const MIN_COLUMNS = 40;

/** https://no-color.org: set and not empty. */
function isColored({ NO_COLOR, FORCE_COLOR }: Environment, isTerminal: boolean): boolean {
  if (NO_COLOR) return false;
  return FORCE_COLOR ? FORCE_COLOR !== '0' : isTerminal;
}
