import { forEachAtOnce } from './forEachAtOnce.ts';
import { ABORTED, raceAbort } from './raceAbort.ts';
import type { RunEvent, RunStatus, RunSummary } from './run.ts';
import { RunAccumulator } from './runAccumulator.ts';
import type { RunPlan, RunPorts } from './runPlan.ts';
import type { SampleTask, TakenSample, TakePorts } from './takeSample.ts';

/** How long samples may follow each other before the event loop gets a turn; a stop must get through to a replay too. */
const TURN_MS = 20;

/** The samples of a run and how each of them comes about. */
export type RunWork<Task extends SampleTask> = Pick<
  RunPlan,
  'header' | 'variants' | 'concurrency' | 'budgetUsd' | 'watch'
> & {
  readonly tasks: () => AsyncIterable<Task>;
  /** Samples that were recorded before, in this run; absent where it begins. */
  readonly recorded?: () => AsyncIterable<RecordedSample<Task>>;
  /** null when the run was stopped meanwhile. */
  readonly take: (task: Task, ports: TakePorts) => Promise<TakenSample | null>;
};

export type RecordedSample<Task> = { readonly task: Task; readonly taken: TakenSample };

/**
 * Records a run from its begin to its end, with every sample that its work gives. What it holds from before
 * is counted first, whatever then ends it: the figures are of all that is kept.
 *
 * Samples start in the order of their tasks and finish in any. A failed call is a sample of status error; nothing that a model, a metric or
 * a case does ends the run. When the signal aborts, calls under way are aborted and forgotten, what had finished is kept, and
 * the run ends as `cancelled`. When the known spend reaches the budget, or what is watched is decided, no further sample starts; the
 * run still ends as `finished`, with fewer samples than planned.
 *
 * @throws what the sink, the event listener or the cases throw; the run is then recorded as `interrupted`, if the sink lets it.
 */
export async function performRun<Task extends SampleTask>(plan: RunWork<Task>, ports: RunPorts): Promise<RunSummary> {
  const stop = new AbortController();
  const onStop = () => stop.abort();
  if (ports.signal.aborted) stop.abort();
  ports.signal.addEventListener('abort', onStop, { once: true });

  const totals = new RunAccumulator(plan);
  const emit = (event: RunEvent) => ports.onEvent?.(event);
  const decidedAfter = () => plan.watch?.decidedAfter ?? null;
  const isSpent = () => plan.budgetUsd !== null && totals.spentUsd >= plan.budgetUsd;
  const isOver = () => stop.signal.aborted || isSpent() || decidedAfter() !== null;
  const take = { ...ports, signal: stop.signal, policy: plan.header.policy };
  let turnedAtMs = ports.nowMs();

  const count = async (task: Task, taken: TakenSample) => {
    totals.add(taken, task.planned);
    plan.watch?.add(taken.sample);
    emit({ type: 'sample-finished', sample: taken.sample, line: task.testCase.line });
    if (ports.nowMs() - turnedAtMs <= TURN_MS) return;
    await ports.turn();
    turnedAtMs = ports.nowMs();
  };
  const perform = async (task: Task) => {
    emit({
      type: 'sample-started',
      key: { variantId: task.planned.variant.id, caseId: task.testCase.id, repeat: task.repeat },
    });
    const taken = await raceAbort(plan.take(task, take), stop.signal);
    if (taken === ABORTED || taken === null || stop.signal.aborted) return;
    ports.sink.add(taken.sample, task.testCase);
    await count(task, taken);
  };
  const performOrStop = (task: Task) =>
    perform(task).catch((error: unknown) => {
      // The others under way are not waited for.
      stop.abort();
      throw error;
    });
  const end = (status: RunStatus) => {
    const after = totals.done < plan.header.plannedSamples ? decidedAfter() : null;
    const summary = {
      ...totals.summary(status, ports.isoNow()),
      ...(after !== null && status === 'finished' && { decidedAfter: after }),
    };
    ports.sink.finish(summary);
    return summary;
  };

  ports.sink.begin(plan.header);
  try {
    emit({ type: 'run-started', header: plan.header });
    for await (const { task, taken } of plan.recorded?.() ?? []) await count(task, taken);
    await forEachAtOnce(plan.tasks(), plan.concurrency, performOrStop, isOver);
  } catch (error) {
    endQuietly(end);
    throw error;
  } finally {
    ports.signal.removeEventListener('abort', onStop);
  }
  const summary = end(stop.signal.aborted && totals.done < plan.header.plannedSamples ? 'cancelled' : 'finished');
  emit({ type: 'run-finished', summary, spentUsd: totals.spentUsd });
  return summary;
}

/** What made the run fail is thrown; that its end cannot be written either would only hide it. */
function endQuietly(end: (status: RunStatus) => unknown): void {
  try {
    end('interrupted');
  } catch {}
}
