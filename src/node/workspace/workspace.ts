import type { Problem } from '../../engine/problem.ts';
import type { DatasetChecks } from './datasetChecks.ts';
import type { TouchstoneConfig } from './touchstoneConfig.ts';

/** A folder with prompts, suites and datasets, seen with the unsaved buffers of whoever looks. */
export type Workspace = {
  /** Absolute. Prompts, partials, baselines, recordings and functions lie below it; only a dataset may lie elsewhere. */
  readonly root: string;
  readonly files: WorkspaceFiles;
  readonly config: TouchstoneConfig;
  /** Of `touchstone.yaml`. */
  readonly configProblems: readonly Problem[];
  /** false: the editor's user does not trust it, so nothing that it names is called, run or read from elsewhere. */
  readonly trusted: boolean;
  /** Of a past version of it: where a recording is looked for that today's files do not hold. */
  readonly pastFiles?: WorkspaceFiles;
  /** Of a front end that looks at the same datasets again and again. */
  readonly checks?: DatasetChecks;
};

/** Files as the user sees them: an unsaved buffer stands in for its file. Text is strict UTF-8 without byte-order mark. */
export interface WorkspaceFiles {
  /** @throws TouchstoneError; `fileProblem` turns it into the user's words */
  readText(path: string): Promise<string>;
  /** The text in pieces, cut anywhere but inside a character. @throws as readText does, and `cancelled` when the signal aborts */
  chunks(path: string, signal?: AbortSignal): AsyncIterable<string>;
  exists(path: string): Promise<boolean>;
  /** null takes the overlay back. */
  setOverlay(path: string, text: string | null): void;
  /** Whether anything below a folder is seen otherwise than it is on the disk. */
  hasOverlays(folder: string): boolean;
}
