import { canonicalJson } from '../../engine/json.ts';
import type { Problem } from '../../engine/problem.ts';
import type { RemoteWorker } from '../workerClient.ts';

export type CheckPorts = {
  readonly worker: () => Pick<RemoteWorker, 'check' | 'obstacles'>;
  /** Open files that are ours to check, in the order in which they are checked. */
  readonly open: () => readonly string[];
  /** Gets all problems that are known, whenever they are others than before; the same one may come twice. */
  readonly publish: (problems: readonly Problem[]) => void;
  readonly onError: (error: unknown) => void;
};

/**
 * The problems of the files that are open, and what kept suites from being evaluated. One round of questions is under way at
 * a time; however many changes come meanwhile, one more round follows.
 */
export class OpenChecks {
  readonly #ports: CheckPorts;
  /** What each checked file found, by that file: a suite's check also finds problems in what it names. */
  readonly #found = new Map<string, readonly Problem[]>();
  /** By suites that were refused, open or not. A check does not know these; they are asked for until there are none. */
  readonly #obstacles = new Map<string, readonly Problem[]>();
  #published = '';
  #again = false;
  #working: Promise<void> | null = null;

  constructor(ports: CheckPorts) {
    this.#ports = ports;
  }

  /** Resolves when what is known is at least as new as this call. */
  check(): Promise<void> {
    this.#again = true;
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
    return this.#working;
  }

  /** A suite was not evaluated because of these: they stand until it could be. */
  refused(suite: string, problems: readonly Problem[]): void {
    this.#obstacles.set(suite, problems);
    this.#publish();
  }

  async #work(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#round();
    }
  }

  async #round(): Promise<void> {
    const { worker, open, onError } = this.#ports;
    const paths = open();
    for (const path of this.#found.keys()) if (!paths.includes(path)) this.#found.delete(path);
    for (const path of paths) {
      try {
        this.#found.set(path, await worker().check(path));
      } catch (error) {
        onError(error);
      }
      // A small prompt does not wait for a large dataset.
      this.#publish();
    }
    for (const suite of [...this.#obstacles.keys()]) {
      try {
        const left = await worker().obstacles(suite);
        if (left.length > 0) this.#obstacles.set(suite, left);
        else this.#obstacles.delete(suite);
      } catch (error) {
        onError(error);
      }
    }
    this.#publish();
  }

  #publish(): void {
    const problems = [...this.#found.values(), ...this.#obstacles.values()].flat();
    const published = canonicalJson(problems);
    if (published === this.#published) return;
    this.#published = published;
    this.#ports.publish(problems);
  }
}
