import path from 'node:path';
import type { Case } from '../../engine/dataset/case.ts';
import { coerceVars } from '../../engine/dataset/coerceVars.ts';
import { datasetFormat, isTextOnly } from '../../engine/dataset/datasetFormat.ts';
import { agreedTypes } from '../../engine/dataset/promptNeeds.ts';
import { readCases } from '../../engine/dataset/readCases.ts';
import { TouchstoneError } from '../../engine/error.ts';
import type { JsonObject } from '../../engine/json.ts';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { ABORTED, raceAbort } from '../../engine/run/raceAbort.ts';
import { isSuitePath, suitesOfPrompt } from '../../node/workspace/findSuites.ts';
import { loadPrompt } from '../../node/workspace/loadPrompt.ts';
import { loadSuite } from '../../node/workspace/loadSuite.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import type { Workspace } from '../../node/workspace/workspace.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { givenProblems, readVars } from './givenVars.ts';

/** How `run` and `render` are told what a prompt is filled with. */
export type CaseOptions = { readonly case?: string; readonly vars?: string; readonly data?: string };

export type PromptCase = {
  readonly workspace: Workspace;
  readonly promptFile: string;
  readonly closure: PromptClosure;
  readonly testCase: Case;
  /** The suite that the prompt belongs to; recordings are looked for beside it. */
  readonly suitePath: string | undefined;
  /** Errors in it refuse. */
  readonly problems: readonly Problem[];
};

/**
 * A prompt and the case that it is to be filled with: that of `--vars`, the one that `--case` names, or else the first case of
 * the prompt's dataset; a prompt without a dataset is filled with its own sample, or its defaults.
 *
 * @throws TouchstoneError `cancelled` as soon as the user stops it; what the files and the options give cause for
 */
export async function loadPromptCase(prompt: string, options: CaseOptions, shell: Shell): Promise<PromptCase> {
  const found = await raceAbort(findPromptCase(prompt, options, shell), shell.signal);
  if (found === ABORTED) throw new TouchstoneError('cancelled', 'Stopped while the case was looked for.');
  return found;
}

async function findPromptCase(prompt: string, options: CaseOptions, shell: Shell): Promise<PromptCase> {
  if (options.vars !== undefined && options.case !== undefined)
    throw new TouchstoneError('invalid-argument', 'Give either --case or --vars.');
  const promptFile = path.resolve(shell.cwd, prompt);
  // Any text is a prompt without front matter, so these two would pass for one.
  if (isSuitePath(promptFile) || /\.(csv|tsv|jsonl)$/.test(promptFile))
    throw new TouchstoneError('invalid-argument', `${prompt} is a suite or a dataset, not a prompt.`, {
      remedy: `Name a .prompt file, and this one with --data: touchstone render <prompt> --data ${prompt}`,
    });
  const workspace = openWorkspace(promptFile, { cwd: shell.cwd, within: shell.within });
  const { closure } = await loadPrompt(workspace, promptFile);
  const own: Problem[] = [...workspace.configProblems, ...closure.problems];
  const suites = await suitesOfPrompt(workspace, promptFile);
  const filled = (testCase: Case, suitePath: string | undefined, problems: readonly Problem[]): PromptCase => ({
    workspace,
    promptFile,
    closure,
    testCase,
    suitePath,
    problems: [...own, ...problems],
  });

  if (options.vars !== undefined) {
    const file = path.resolve(shell.cwd, options.vars);
    const vars = await readVars(workspace.files, file);
    return filled(caseOf(vars), suites[0], await givenProblems(closure, vars, file));
  }
  if (hasErrors(own)) return filled(caseOf({}), suites[0], []);
  const sources = options.data === undefined ? suites : [path.resolve(shell.cwd, options.data)];
  const wrong: Problem[] = [];
  for (const source of sources) {
    const isSuite = isSuitePath(source);
    const cases = isSuite
      ? suiteCases(workspace, source, promptFile, wrong, shell.signal)
      : datasetCases(workspace, source, closure, wrong, shell.signal);
    for await (const testCase of cases)
      if (options.case === undefined || testCase.id === options.case)
        return filled(testCase, isSuite ? source : suites[0], []);
  }
  // Only a search that found nothing is the fault of a suite or dataset that could not be read.
  if (hasErrors(wrong)) return filled(caseOf({}), suites[0], wrong);
  const sample = closure.document.samples[0] ?? {};
  if (options.case === undefined && options.data === undefined)
    return filled(caseOf(sample), suites[0], await givenProblems(closure, sample, promptFile));
  const where = sources.map((source) => shownPath(shell.cwd, source)).join(', ') || 'any suite that names this prompt';
  throw new TouchstoneError('not-found', `There is no case ${options.case ?? ''} in ${where}.`, {
    remedy: 'Name another case, a dataset with --data, or a file of variables with --vars.',
  });
}

async function* suiteCases(
  workspace: Workspace,
  suite: string,
  prompt: string,
  wrong: Problem[],
  signal: AbortSignal,
): AsyncGenerator<Case> {
  const { loaded, problems } = await loadSuite(workspace, suite, { prompt }, signal);
  wrong.push(...problems);
  if (loaded) yield* loaded.cases(signal);
}

async function* datasetCases(
  { files }: Workspace,
  path: string,
  closure: PromptClosure,
  wrong: Problem[],
  signal: AbortSignal,
): AsyncGenerator<Case> {
  const format = datasetFormat(path);
  if (format === null)
    throw new TouchstoneError('invalid-argument', `${path} is neither a suite nor a dataset.`, {
      remedy: 'Name a .eval.yaml, .csv, .tsv, .jsonl, .json or .yaml file.',
    });
  const { types } = agreedTypes(isTextOnly(format) ? [closure] : []);
  const options = { path, format, columns: {}, onProblem: (problem: Problem) => void wrong.push(problem) };
  for await (const testCase of readCases(files.chunks(path, signal), options))
    yield { ...testCase, vars: coerceVars(testCase.vars, types).vars };
}

function caseOf(vars: JsonObject): Case {
  return { id: 'vars', vars, tags: [], metadata: {}, row: vars, index: 0, line: 0 };
}
