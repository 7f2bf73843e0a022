import { performRun, type RecordedSample } from './performRun.ts';
import { inputOf, rescoreSample } from './rescoreRun.ts';
import type { RunSummary } from './run.ts';
import type { HeldSamples, RunPlan, RunPorts } from './runPlan.ts';
import { type SampleTask, takeSample } from './takeSample.ts';

/**
 * Takes every sample of a plan: case by case, in each case variant by variant, in each variant repeat by repeat. Answers that
 * the plan keeps are not asked for, and samples that it holds are not taken again.
 *
 * See `performRun` for how it ends.
 *
 * @throws what the sink, the event listener or the cases throw; the run is then recorded as `interrupted`, if the sink lets it.
 */
export function runSuite(plan: RunPlan, ports: RunPorts): Promise<RunSummary> {
  const { kept, held } = plan;
  const take = kept ? takeOrReuse(kept) : takeSample;
  const recorded = held && (() => recordedSamples(plan, held, ports.signal));
  return performRun({ ...plan, tasks: () => sampleTasks(plan), take, ...(recorded && { recorded }) }, ports);
}

/** An answer that is kept is scored as if it had just come, and costs nothing. */
function takeOrReuse(kept: NonNullable<RunPlan['kept']>): typeof takeSample {
  return (task, ports) => {
    const { planned, testCase, repeat } = task;
    const sample = kept(planned.variant.id, testCase, repeat);
    if (sample === null) return takeSample(task, ports);
    const here = { ...sample, caseId: testCase.id, caseIndex: testCase.index };
    return rescoreSample({ ...task, sample: here }, ports);
  };
}

/** A sample of this run from before it was cut off stays as it was, an error too. */
async function* recordedSamples(
  plan: RunPlan,
  held: HeldSamples,
  signal: AbortSignal,
): AsyncIterable<RecordedSample<SampleTask>> {
  for await (const task of allTasks(plan)) {
    const sample = held.find(task.planned.variant.id, task.testCase, task.repeat);
    if (sample !== null) yield { task, taken: { sample, input: inputOf({ ...task, sample }, signal) } };
  }
}

async function* sampleTasks(plan: RunPlan): AsyncIterable<SampleTask> {
  for await (const task of allTasks(plan)) {
    if (!plan.held?.has(task.planned.variant.id, task.testCase, task.repeat)) yield task;
  }
}

async function* allTasks(plan: RunPlan): AsyncIterable<SampleTask> {
  for await (const testCase of plan.cases()) {
    for (const planned of plan.variants) {
      for (let repeat = 0; repeat < plan.header.repeats; repeat += 1) yield { planned, testCase, repeat };
    }
  }
}
