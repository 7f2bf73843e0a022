import type { PlaygroundState, RunningState, Tab } from '../../protocol/views.ts';
import type { RunProgress } from '../../protocol/worker.ts';
import { chosenSuite } from '../chosenSuite.ts';
import { baseName, fileKind } from '../fileKind.ts';
import type { PlaygroundPorts } from './playgroundPorts.ts';

/** What the playground is about, as far as it is known: a prompt with its chosen suite, or a suite with its first prompt. */
export type Subject = {
  readonly promptPath: string | null;
  readonly suitePath: string | null;
  readonly suites: readonly string[];
};

export function subjectOf(
  file: string | null,
  { prompts, suites, chosenSuites }: Pick<PlaygroundPorts, 'prompts' | 'suites' | 'chosenSuites'>,
): Subject {
  if (file === null) return { promptPath: null, suitePath: null, suites: [] };
  if (fileKind(file) === 'suite') {
    return { promptPath: suites.get(file)?.prompts[0] ?? null, suitePath: file, suites: [file] };
  }
  const suitePath = chosenSuite(file, { prompts, chosenSuites }) ?? null;
  return { promptPath: file, suitePath, suites: prompts.get(file)?.suites ?? [] };
}

/** The frame around the tabs. */
export function playgroundFrame(
  file: string | null,
  ports: Pick<PlaygroundPorts, 'prompts' | 'suites' | 'chosenSuites' | 'controller'>,
  { pinned, tab }: { readonly pinned: boolean; readonly tab: Tab },
): PlaygroundState {
  const { promptPath, suitePath, suites } = subjectOf(file, ports);
  const state = promptPath === null ? undefined : ports.prompts.get(promptPath);
  const evaluation = suitePath === null ? undefined : ports.controller.evaluation(suitePath);
  return {
    promptName: promptPath === null ? null : baseName(promptPath),
    promptVersion: state?.version ?? null,
    model: state?.model ?? null,
    modelReady: state?.modelReady ?? true,
    usedBy: state?.usedBy?.map(({ path }) => baseName(path)) ?? null,
    pinned,
    tab,
    suites: suites.map(baseName),
    suite: suitePath === null ? null : baseName(suitePath),
    running: evaluation ? runningState(evaluation.progress) : null,
  };
}

function runningState(progress: RunProgress | null): RunningState {
  if (progress === null) {
    const counts = { pass: 0, fail: 0, error: 0, unscored: 0 };
    return { runId: '', done: 0, planned: 0, composite: null, costUsd: null, counts, variants: {} };
  }
  const { runId, done, planned, composite, costUsd, counts, variants } = progress;
  return { runId, done, planned, composite, costUsd, counts, variants };
}
