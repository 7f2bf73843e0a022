import { type ChildProcess, spawn } from 'node:child_process';
import * as vscode from 'vscode';

export type TaskProcess = {
  readonly process: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: { readonly [name: string]: string };
};

/**
 * A task's terminal around a process of ours. The keys that the process needs are added when it starts: a task object, which
 * every extension may read, never holds them.
 */
export class TaskTerminal implements vscode.Pseudoterminal {
  readonly #wrote = new vscode.EventEmitter<string>();
  readonly #ended = new vscode.EventEmitter<number>();
  readonly onDidWrite = this.#wrote.event;
  readonly onDidClose = this.#ended.event;
  readonly #task: TaskProcess;
  readonly #keys: () => Promise<{ readonly [variable: string]: string }>;
  #child: ChildProcess | null = null;
  #closed = false;

  constructor(task: TaskProcess, keys: () => Promise<{ readonly [variable: string]: string }>) {
    this.#task = task;
    this.#keys = keys;
  }

  open(): void {
    void this.#start().catch((error: unknown) => {
      this.#wrote.fire(`${String(error)}\r\n`);
      this.#ended.fire(3);
    });
  }

  /** Ctrl+C asks the process to end, which keeps what has finished. */
  handleInput(data: string): void {
    if (data === '\u0003') this.#child?.kill('SIGINT');
  }

  close(): void {
    this.#closed = true;
    this.#child?.kill('SIGINT');
  }

  async #start(): Promise<void> {
    const { process: program, args, cwd, env } = this.#task;
    const keys = await this.#keys();
    if (this.#closed) return;
    const child = spawn(program, [...args], {
      cwd,
      // A key that was given in the editor goes first, as it does there.
      env: { ...process.env, ...keys, ...env, FORCE_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => this.#wrote.fire(text.replace(/\r?\n/g, '\r\n')));
    }
    child.once('error', (error) => {
      this.#wrote.fire(`${error.message}\r\n`);
      this.#ended.fire(3);
    });
    // `close`, not `exit`: by then all that was written has come.
    child.once('close', (code) => this.#ended.fire(code ?? 130));
  }
}
