import { readRecording } from '../../engine/model/recording.ts';
import type { Workspace } from '../workspace/workspace.ts';

type ReadRecording = Awaited<ReturnType<typeof readRecording>>;

/** The recordings of one run: each file is read once, when it is first asked for, however many variants replay it. */
export class Recordings {
  readonly #files: Workspace['files'];
  readonly #open = new Map<string, Promise<ReadRecording | null>>();

  constructor(files: Workspace['files']) {
    this.#files = files;
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
    return (await this.#files.exists(file)) ? readRecording(this.#files.chunks(file, signal)) : null;
  }
}
