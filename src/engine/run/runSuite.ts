import { forEachAtOnce } from './forEachAtOnce.ts';
import { ABORTED, raceAbort } from './raceAbort.ts';
import type { RunEvent, RunStatus, RunSummary } from './run.ts';
import { RunAccumulator } from './runAccumulator.ts';
import type { RunPlan, RunPorts } from './runPlan.ts';
import { type SampleTask, takeSample } from './takeSample.ts';

/** How long samples may follow each other before the event loop gets a turn; a stop must get through to a replay too. */
const TURN_MS = 20;

/**
 * Takes every sample of a plan: case by case, in each case variant by variant, in each variant repeat by repeat.
 *
 * Samples start in that order and finish in any. A failed call is a sample of status error; nothing that a model, a metric or
 * a case does ends the run. When the signal aborts, calls under way are aborted and forgotten, what had finished is kept, and
 * the run ends as `cancelled`. When the known spend reaches the budget, no further sample starts; the run still ends as
 * `finished`, with fewer samples than planned.
 *
 * @throws what the sink, the event listener or the cases throw; the run is then recorded as `interrupted`, if the sink lets it.
 */
export async function runSuite(plan: RunPlan, ports: RunPorts): Promise<RunSummary> {
  const stop = new AbortController();
  const onStop = () => stop.abort();
  if (ports.signal.aborted) stop.abort();
  ports.signal.addEventListener('abort', onStop, { once: true });

  const totals = new RunAccumulator(plan);
  const emit = (event: RunEvent) => ports.onEvent?.(event);
  const isOver = () => stop.signal.aborted || (plan.budgetUsd !== null && totals.spentUsd >= plan.budgetUsd);
  const take = { ...ports, signal: stop.signal, policy: plan.header.policy };
  let turnedAtMs = ports.nowMs();

  const perform = async (task: SampleTask) => {
    emit({
      type: 'sample-started',
      key: { variantId: task.planned.variant.id, caseId: task.testCase.id, repeat: task.repeat },
    });
    const taken = await raceAbort(takeSample(task, take), stop.signal);
    if (taken === ABORTED || taken === null || stop.signal.aborted) return;
    totals.add(taken, task.planned);
    ports.sink.add(taken.sample, task.testCase);
    emit({ type: 'sample-finished', sample: taken.sample, line: task.testCase.line });
    if (ports.nowMs() - turnedAtMs > TURN_MS) {
      await ports.turn();
      turnedAtMs = ports.nowMs();
    }
  };
  const performOrStop = (task: SampleTask) =>
    perform(task).catch((error: unknown) => {
      // The others under way are not waited for.
      stop.abort();
      throw error;
    });
  const end = (status: RunStatus) => {
    const summary = totals.summary(status, ports.isoNow());
    ports.sink.finish(summary);
    return summary;
  };

  ports.sink.begin(plan.header);
  try {
    emit({ type: 'run-started', header: plan.header });
    await forEachAtOnce(sampleTasks(plan), plan.concurrency, performOrStop, isOver);
  } catch (error) {
    endQuietly(end);
    throw error;
  } finally {
    ports.signal.removeEventListener('abort', onStop);
  }
  const summary = end(stop.signal.aborted && totals.done < plan.header.plannedSamples ? 'cancelled' : 'finished');
  emit({ type: 'run-finished', summary });
  return summary;
}

async function* sampleTasks(plan: RunPlan): AsyncIterable<SampleTask> {
  for await (const testCase of plan.cases()) {
    for (const planned of plan.variants) {
      for (let repeat = 0; repeat < plan.header.repeats; repeat += 1) yield { planned, testCase, repeat };
    }
  }
}

/** What made the run fail is thrown; that its end cannot be written either would only hide it. */
function endQuietly(end: (status: RunStatus) => unknown): void {
  try {
    end('interrupted');
  } catch {}
}
