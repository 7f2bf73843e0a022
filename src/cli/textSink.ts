import fs from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import type { Output } from './shell.ts';

/** Takes a long text piece by piece, so that it never lies in memory as a whole. */
export type TextSink = {
  /** false when nobody reads any more. Waited for, it lets a stop get through. */
  readonly add: (text: string) => Promise<boolean>;
  /** Ends it; what was added is then in its place. */
  readonly close: () => Promise<void>;
  /** Leaves a file as it was before. After `close` it does nothing. */
  readonly discard: () => Promise<void>;
};

/** @param file absolute; null for `stdout`. An existing file is replaced when all is written, not before. */
export async function textSink(file: string | null, stdout: Output): Promise<TextSink> {
  if (file === null) return outputSink(stdout);
  const isSpecial = fs.statSync(file, { throwIfNoEntry: false })?.isFile() === false;
  const place = isSpecial ? file : `${file}.partial`;
  const handle = await fs.promises.open(place, 'w');
  let isOpen = true;
  const end = async (andThen: () => Promise<void>) => {
    if (!isOpen) return;
    isOpen = false;
    await handle.close();
    if (!isSpecial) await andThen();
  };
  const { add, flush } = buffered(async (text) => {
    await handle.writeFile(text);
    return true;
  });
  return {
    add,
    close: async () => {
      await flush();
      await end(() => fs.promises.rename(place, file));
    },
    discard: () => end(() => fs.promises.rm(place, { force: true })),
  };
}

function outputSink(stdout: Output): TextSink {
  const { add, flush } = buffered(async (text) => {
    stdout.write(text);
    // A pipe is written to at once, without a turn of the event loop in which Ctrl+C could be seen.
    await setImmediate();
    return stdout.taken();
  });
  return { add, close: async () => void (await flush()), discard: async () => {} };
}

const BUFFER_CHARACTERS = 64 * 1024;

function buffered(write: (text: string) => Promise<boolean>): {
  add: (text: string) => Promise<boolean>;
  flush: () => Promise<boolean>;
} {
  let pending = '';
  const flush = async () => {
    const text = pending;
    pending = '';
    return text === '' || (await write(text));
  };
  return {
    add: async (text) => {
      pending += text;
      return pending.length < BUFFER_CHARACTERS || (await flush());
    },
    flush,
  };
}
