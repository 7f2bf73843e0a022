import type { Case } from '../dataset/case.ts';
import type { MetricInput } from '../metric/metric.ts';
import { performRun } from './performRun.ts';
import type { RunSummary } from './run.ts';
import type { PlannedVariant, RunPlan, RunPorts } from './runPlan.ts';
import type { Sample } from './sample.ts';
import { type SampleTask, scoreAnswer, type TakenSample, type TakePorts } from './takeSample.ts';

/** A sample of an earlier run with its case. */
type EarlierSample = { readonly sample: Sample; readonly testCase: Case };

export type RescorePlan = Omit<RunPlan, 'cases'> & {
  /** In the order in which they are scored; those of variants that the plan has not are left out. */
  readonly samples: () => Iterable<EarlierSample>;
};

type RescoreTask = SampleTask & { readonly sample: Sample };

/**
 * Scores the answers of an earlier run once more: no model is asked for an answer, only judges may be. What was an error stays
 * one.
 *
 * See `performRun` for how it ends.
 */
export function rescoreRun(plan: RescorePlan, ports: RunPorts): Promise<RunSummary> {
  return performRun({ ...plan, tasks: () => rescoreTasks(plan), take: rescoreSample }, ports);
}

async function* rescoreTasks({ variants, samples }: RescorePlan): AsyncIterable<RescoreTask> {
  const byId = new Map<string, PlannedVariant>(variants.map((planned) => [planned.variant.id, planned]));
  for (const { sample, testCase } of samples()) {
    const planned = byId.get(sample.variantId);
    if (planned) yield { planned, testCase, repeat: sample.repeat, sample };
  }
}

/** Scores an answer that was given before. */
export async function rescoreSample(task: RescoreTask, { policy, signal }: TakePorts): Promise<TakenSample> {
  const { planned, sample } = task;
  const input = inputOf(task, signal);
  if (sample.status === 'error' || input === null) return { sample, input: null, isReused: true };
  return { sample: { ...sample, ...(await scoreAnswer(input, planned.metrics, policy)) }, input, isReused: true };
}

/** What metrics see of an answer that was given before; null where there was none. */
export function inputOf({ planned, testCase, sample }: RescoreTask, signal: AbortSignal): MetricInput | null {
  if (sample.status === 'error') return null;
  const { messages, output, costUsd, rawRequest } = sample;
  const tools = planned.variant.closure.document.metadata.toolDefinitions;
  return { testCase, messages, tools, output, response: { ...sample, rawRequest }, costUsd, signal };
}
