import path from 'node:path';
import type { Baseline } from '../engine/compare/baseline.ts';
import { readBaseline } from '../engine/compare/readBaseline.ts';
import { AT_START, type Problem } from '../engine/problem.ts';
import type { Suite } from '../engine/suite/suite.ts';
import { suiteFolder } from './model/resolveModel.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { portablePath, requireInside } from './workspace/paths.ts';
import type { Workspace } from './workspace/workspace.ts';
import { fileProblem } from './workspace/workspaceFiles.ts';

/** Where the numbers of the other side are from, as reports tell it. */
export type BaselineOrigin =
  | { readonly kind: 'baseline'; readonly path: string }
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'revision'; readonly revision: string; readonly commit: string; readonly run: string | null };

/**
 * The file that a suite's runs are compared with, absolute: the one it names, or else `<suite>.baseline.json`. It is a name only:
 * who opens the file asks `insideBaselinePath`.
 */
export function baselinePath(workspace: Workspace, suite: Pick<Suite, 'path' | 'baseline'>): string {
  const folder = suiteFolder(workspace, suite.path);
  if (suite.baseline !== null) return path.resolve(folder, suite.baseline);
  return path.join(folder, `${path.basename(suite.path).replace(/(\.eval)?\.ya?ml$/, '')}.baseline.json`);
}

/** @throws TouchstoneError `invalid-argument` when the file lies outside the workspace, by its name or through a link */
export async function insideBaselinePath(
  workspace: Workspace,
  suite: Pick<Suite, 'path' | 'baseline'>,
): Promise<string> {
  const file = baselinePath(workspace, suite);
  await requireInside(workspace.root, file, 'The baseline');
  return file;
}

/** @returns `baseline` is null when the suite has none; one that it names and that is not there is a problem */
export async function loadBaseline(
  workspace: Workspace,
  suite: Pick<Suite, 'path' | 'baseline'>,
): Promise<{ readonly baseline: Baseline | null; readonly problems: readonly Problem[] }> {
  const file = baselinePath(workspace, suite);
  if (!(await workspace.files.exists(file))) {
    const problems = suite.baseline === null ? [] : [missing(suite.baseline, suite.path)];
    return { baseline: null, problems };
  }
  try {
    await insideBaselinePath(workspace, suite);
    return readBaseline(await workspace.files.readText(file), file);
  } catch (error) {
    return { baseline: null, problems: [fileProblem(error, file)] };
  }
}

function missing(named: string, suitePath: string): Problem {
  const message = `The baseline ${named} is not there.`;
  const remedy = 'Make it from a run, or take `baseline` out of the suite.';
  return { severity: 'error', code: 'not-found', message, remedy, file: suitePath, range: AT_START };
}

/** Of the numbers that a suite is compared with when nobody says otherwise. */
export function committedOrigin({ workspace, suite }: LoadedSuite): BaselineOrigin {
  return { kind: 'baseline', path: portablePath(workspace.root, baselinePath(workspace, suite)) };
}
