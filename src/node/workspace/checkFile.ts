import path from 'node:path';
import { datasetFormat } from '../../engine/dataset/datasetFormat.ts';
import type { Problem } from '../../engine/problem.ts';
import { isPromptPath, mayBePromptPath } from '../../engine/prompt/formats/promptPath.ts';
import { isSuitePath, suitesNaming } from './findSuites.ts';
import { loadPrompt } from './loadPrompt.ts';
import { loadSuite } from './loadSuite.ts';
import { CONFIG_NAME, parseConfig } from './touchstoneConfig.ts';
import type { Workspace } from './workspace.ts';
import { fileProblem } from './workspaceFiles.ts';

/**
 * Problems of a file by its kind: a prompt (with its partials), a suite (with all that it names), `touchstone.yaml`, or a
 * dataset or text that a suite names (as that suite reads it). Other files, and prompts of other tools, are not ours and
 * have none.
 */
export async function checkFile(workspace: Workspace, filePath: string): Promise<readonly Problem[]> {
  const file = path.resolve(workspace.root, filePath);
  try {
    if (isPromptPath(file)) return await ownProblems(workspace, file);
    if (isSuitePath(file)) return (await loadSuite(workspace, file)).problems;
    if (path.basename(file) === CONFIG_NAME) return parseConfig(await workspace.files.readText(file), file).problems;
  } catch (error) {
    return [fileProblem(error, file)];
  }
  const isNamed =
    mayBePromptPath(file) && (await suitesNaming(workspace, ({ prompts }) => prompts.includes(file))).length > 0;
  if (isNamed) return (await loadPrompt(workspace, file)).closure.problems;
  return datasetFormat(file) === null ? [] : datasetProblems(workspace, file);
}

/** Another tool's file has no problems here, until a suite names it. */
async function ownProblems(workspace: Workspace, file: string): Promise<readonly Problem[]> {
  const { problems } = (await loadPrompt(workspace, file)).closure;
  return problems.some(({ code }) => code === 'foreign-prompt') ? [] : problems;
}

async function datasetProblems(workspace: Workspace, file: string): Promise<readonly Problem[]> {
  const found = new Map<string, Problem>();
  for (const suite of await suitesNaming(workspace, ({ data }) => data === file)) {
    for (const problem of (await loadSuite(workspace, suite)).problems) {
      if (problem.file === file) found.set(JSON.stringify([problem.range, problem.code, problem.message]), problem);
    }
  }
  return [...found.values()];
}
