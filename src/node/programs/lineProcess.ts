import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { endGroup, HAS_GROUPS, SHOWN_STDERR, said, startFailure } from './processGroup.ts';

export type LineCommand = {
  /** What messages call it. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
};

/** What came of one line: the line that answers it, or why there is none. */
export type LineAnswer =
  | { readonly line: string }
  | { readonly failure: string; readonly isFinal?: boolean; readonly isLate?: boolean };

/** A program that does not end when it is asked to is ended all the same. */
const FORCE_AFTER_MS = 100;
/** One that has no more to read may first tidy up. */
const FINISH_WITHIN_MS = 500;
const LONGEST_LINE = 2 ** 20;

/** A started program that answers each line on stdin with a line on stdout; asked one line at a time. */
export class LineProcess {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #name: string;
  readonly #exited: Promise<void>;
  #stderr = '';
  #buffer = '';
  #settle: ((answer: LineAnswer) => void) | null = null;
  #hasEnded = false;

  constructor({ name, program, args, cwd, env }: LineCommand) {
    this.#name = name;
    // In a group of its own, so that what it starts ends with it.
    const options = { cwd, env, shell: false, stdio: 'pipe', windowsHide: true, detached: HAS_GROUPS } as const;
    const child = spawn(program, args, options);
    this.#child = child;
    child.stdout.setEncoding('utf8').on('data', (text: string) => this.#read(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-SHOWN_STDERR);
    });
    // A program that does not read its input, or is gone, is judged by its end.
    child.stdin.on('error', () => {});
    this.#exited = new Promise((resolve) => {
      child.on('error', (error) => {
        this.#end({ failure: `${name} cannot be started: ${startFailure(error)}.`, isFinal: true });
        resolve();
      });
      child.on('exit', () => {
        // What it has started and left behind; at once, while the group's id can be nobody else's.
        endGroup(child, 'SIGKILL');
        resolve();
      });
      child.on('close', (code, killedBy) => {
        const how = code === null ? `was ended by ${killedBy}` : `ended with ${code}`;
        this.#end({ failure: `${name} ${how} instead of answering.${said(this.#stderr)}` });
      });
    });
  }

  /** false once it has ended, or has failed so that no further answer can be relied on. */
  get isUsable(): boolean {
    return !this.#hasEnded;
  }

  /** Not to be called while another line waits for its answer. */
  ask(line: string, timeoutMs: number, signal: AbortSignal): Promise<LineAnswer> {
    return new Promise((resolve) => {
      const stop = () => this.#fail('Stopped.');
      const timer = setTimeout(
        () => this.#fail(`${this.#name} did not answer within ${timeoutMs / 1000} s.${said(this.#stderr)}`, true),
        timeoutMs,
      );
      this.#settle = (answer) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        this.#settle = null;
        resolve(answer);
      };
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      else this.#child.stdin.write(`${line}\n`);
    });
  }

  /** Lets it finish by the end of its input, then ends it; `now` leaves out the first. Resolves when it is gone. */
  async close(now: boolean): Promise<void> {
    this.#hasEnded = true;
    this.#child.stdin.end();
    if (now || !(await this.#isGoneWithin(FINISH_WITHIN_MS))) await this.kill();
  }

  async kill(): Promise<void> {
    this.#hasEnded = true;
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null || signalCode !== null) return;
    endGroup(this.#child, 'SIGTERM');
    if (!(await this.#isGoneWithin(FORCE_AFTER_MS))) endGroup(this.#child, 'SIGKILL');
    await this.#exited;
  }

  async #isGoneWithin(ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), ms);
    });
    try {
      return await Promise.race([this.#exited.then(() => true), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #read(text: string): void {
    this.#buffer += text;
    for (let end = this.#buffer.indexOf('\n'); end !== -1 && !this.#hasEnded; end = this.#buffer.indexOf('\n')) {
      const line = this.#buffer.slice(0, end).trim();
      this.#buffer = this.#buffer.slice(end + 1);
      if (line === '') continue;
      if (this.#settle) this.#settle({ line });
      else this.#fail(`${this.#name} wrote a line that nothing asked for.`);
    }
    if (this.#buffer.length > LONGEST_LINE) this.#fail(`${this.#name} wrote a line of more than 1 MB.`);
  }

  #fail(failure: string, isLate = false): void {
    this.#end({ failure, isLate });
    void this.kill();
  }

  #end(answer: LineAnswer): void {
    this.#hasEnded = true;
    this.#settle?.(answer);
  }
}
