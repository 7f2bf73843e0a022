import { readRecording } from '../../engine/model/recording.ts';
import type { Workspace } from '../workspace/workspace.ts';

type ReadRecording = Awaited<ReturnType<typeof readRecording>>;

/** The recordings of one run: each file is read once, when it is first asked for, however many variants replay it. */
export class Recordings {
  readonly #files: Workspace['files'];
  readonly #past: Workspace['pastFiles'];
  readonly #open = new Map<string, Promise<ReadRecording | null>>();

  constructor({ files, pastFiles }: Pick<Workspace, 'files' | 'pastFiles'>) {
    this.#files = files;
    this.#past = pastFiles;
  }

  /**
   * @param signal ends the reading; it is the run's, so who else waits for the file has stopped as well
   * @returns null when there is no such file; what is wrong with one that is no recording
   */
  at(file: string, signal: AbortSignal): Promise<ReadRecording | null> {
    const opening = this.#open.get(file) ?? this.#read(file, signal);
    this.#open.set(file, opening);
    return opening;
  }

  async #read(file: string, signal: AbortSignal): Promise<ReadRecording | null> {
    const now = await readIfThere(this.#files, file, signal);
    const then = this.#past ? await readIfThere(this.#past, file, signal) : null;
    if (now === null || then === null) return now ?? then;
    if ('error' in now || 'error' in then) return now;
    // Today's answers go before, so that both sides of a comparison replay the same one where they ask the same.
    return new Map([...then, ...now]);
  }
}

async function readIfThere(
  files: Workspace['files'],
  file: string,
  signal: AbortSignal,
): Promise<ReadRecording | null> {
  return (await files.exists(file)) ? readRecording(files.chunks(file, signal)) : null;
}
