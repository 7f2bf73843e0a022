import type picocolors from 'picocolors';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** One of the process's two streams, as the commands see it. */
export type Output = {
  readonly write: (text: string) => void;
  /** Waits until what was written has been taken. false when nobody reads any more: a long report may stop then. */
  readonly taken: () => Promise<boolean>;
  readonly isTerminal: boolean;
  /** Columns now; 80 where there is no terminal. */
  readonly columns: () => number;
  readonly colors: Colors;
};

/** All that a command has of its process. `main.ts` makes the real one. */
export type Shell = {
  readonly cwd: string;
  /** The editor's open folder, when a task of the editor runs the command: its workspace is the editor's. */
  readonly within?: string | undefined;
  /** The report: nothing else is ever written to it. */
  readonly stdout: Output;
  /** Progress, notes and problems. */
  readonly stderr: Output;
  /** Aborted by the first Ctrl+C. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Whether this is a checkout of the project, where `npm run vscode` opens the editor. */
  readonly isCheckout: boolean;
  /** In a job of GitHub Actions: the root of its checkout, and the file that becomes the summary of the step. */
  readonly github?: { readonly root?: string | undefined; readonly summaryFile?: string | undefined };
};
