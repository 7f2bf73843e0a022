import { outputFile } from '../outputFile.ts';
import type { Shell } from '../shell.ts';
import { textSink } from '../textSink.ts';

/**
 * Writes a page piece by piece. A page that was begun and not finished is not left behind.
 *
 * @param out as it was given; `-` for stdout
 */
export async function writePage(pieces: Iterable<string>, out: string, shell: Shell): Promise<void> {
  const sink = await textSink(outputFile(shell, out), shell.stdout);
  try {
    for (const piece of pieces) {
      shell.signal.throwIfAborted();
      if (!(await sink.add(piece))) break;
    }
    await sink.close();
  } finally {
    await sink.discard();
  }
}
