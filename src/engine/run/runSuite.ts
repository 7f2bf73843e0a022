import { performRun } from './performRun.ts';
import type { RunSummary } from './run.ts';
import type { RunPlan, RunPorts } from './runPlan.ts';
import { type SampleTask, takeSample } from './takeSample.ts';

/**
 * Takes every sample of a plan: case by case, in each case variant by variant, in each variant repeat by repeat.
 *
 * See `performRun` for how it ends.
 *
 * @throws what the sink, the event listener or the cases throw; the run is then recorded as `interrupted`, if the sink lets it.
 */
export function runSuite(plan: RunPlan, ports: RunPorts): Promise<RunSummary> {
  return performRun({ ...plan, tasks: () => sampleTasks(plan), take: takeSample }, ports);
}

async function* sampleTasks(plan: RunPlan): AsyncIterable<SampleTask> {
  for await (const testCase of plan.cases()) {
    for (const planned of plan.variants) {
      for (let repeat = 0; repeat < plan.header.repeats; repeat += 1) yield { planned, testCase, repeat };
    }
  }
}
