import type { ExitCode } from '../exitCode.ts';
import type { Shell } from '../shell.ts';

export type CommandPorts = {
  readonly shell: Shell;
  /** How the program is to end; without it, well. */
  readonly end: (code: ExitCode) => void;
};
