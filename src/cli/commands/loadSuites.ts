import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import type { Problem } from '../../engine/problem.ts';
import { isPromptPath } from '../../engine/prompt/formats/promptPath.ts';
import { ABORTED, raceAbort } from '../../engine/run/raceAbort.ts';
import { findSuites } from '../../node/workspace/findSuites.ts';
import { type LoadedSuite, loadSuite, type SuiteOverrides } from '../../node/workspace/loadSuite.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { doubtfulParams } from './doubtfulParams.ts';
import type { EvalOptions } from './eval.ts';

type LoadedSuites = { readonly suites: readonly LoadedSuite[]; readonly problems: readonly Problem[] };

/**
 * Reads suites as named, a folder standing for all that lie in it, with everything that they name.
 *
 * @throws TouchstoneError `cancelled` as soon as the user stops it; `invalid-argument` or `not-found` for what is no suite
 */
export async function loadSuites(paths: readonly string[], options: EvalOptions, shell: Shell): Promise<LoadedSuites> {
  const loaded = await raceAbort(loadAll(paths, options, shell), shell.signal);
  if (loaded === ABORTED) throw stopped();
  return loaded;
}

async function loadAll(paths: readonly string[], options: EvalOptions, shell: Shell): Promise<LoadedSuites> {
  const suites: LoadedSuite[] = [];
  const problems: Problem[] = [];
  for (const file of await suiteFiles(paths, shell)) {
    if (shell.signal.aborted) throw stopped();
    const workspace = openWorkspace(file, { cwd: shell.cwd, within: shell.within });
    const { loaded, problems: found } = await loadSuite(workspace, file, suiteOverrides(options), shell.signal);
    problems.push(...found);
    if (!loaded) continue;
    problems.push(...doubtfulParams(loaded));
    // A budget given here is instead of the suite's, not beside it.
    const budgetUsd = options.budget ?? loaded.suite.budgetUsd;
    const compare = { ...loaded.suite.compare, ...(options.stopWhenDecided && { isSequential: true }) };
    suites.push({ ...loaded, suite: { ...loaded.suite, budgetUsd, compare } });
  }
  return { suites, problems };
}

/** What stands on the command line instead of what the suite says. */
export function suiteOverrides({ model, params, repeats, filter, tag, limit }: EvalOptions): SuiteOverrides {
  return { models: model, params, repeats, filter, tags: tag, limit };
}

async function suiteFiles(paths: readonly string[], shell: Shell): Promise<string[]> {
  const files: string[] = [];
  for (const given of paths) {
    const file = path.resolve(shell.cwd, given);
    if (!fs.statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      if (isPromptPath(file))
        throw new TouchstoneError('invalid-argument', `${given} is a prompt, not a suite.`, {
          remedy: `Name a *.eval.yaml file that lists it, or run it once: touchstone run ${given}`,
        });
      // Of a file of another kind every line would be a problem.
      if (fs.existsSync(file) && !/\.ya?ml$/.test(file))
        throw new TouchstoneError('invalid-argument', `${given} is no suite.`, { remedy: 'Name a *.eval.yaml file.' });
      files.push(file);
      continue;
    }
    const found = await findSuites(file);
    if (found.length === 0)
      throw new TouchstoneError('not-found', `There is no *.eval.yaml file in ${shownPath(shell.cwd, file)}.`);
    files.push(...found);
  }
  return [...new Set(files)];
}

function stopped(): TouchstoneError {
  return new TouchstoneError('cancelled', 'Stopped while the suites were read.');
}
