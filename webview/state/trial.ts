import { type ReadonlySignal, signal } from '@preact/signals';
import type { CompositePolicy } from '../../src/engine/metric/composite/compositePolicy.ts';
import type { RunMetric } from '../../src/engine/run/run.ts';
import type { Trial } from '../../src/engine/trial/trial.ts';
import type { ResultsState, TrialState, ViewMessage } from '../../src/protocol/views.ts';

/** Other weights for the run in the results tab: what is tried, and what it comes to. */
export type TrialStore = {
  /** Whether the strip is open. */
  readonly isOpen: ReadonlySignal<boolean>;
  /** null while everything is as the run has it. */
  readonly trial: ReadonlySignal<Trial | null>;
  /** Of the last trial that was answered for; null before. */
  readonly tried: ReadonlySignal<TrialState | null>;
  setOpen(isOpen: boolean): void;
  setWeight(metric: string, change: { readonly weight?: number; readonly gate?: boolean }): void;
  setPolicy(change: Partial<CompositePolicy>): void;
  reset(): void;
  write(): void;
  receive(state: TrialState): void;
  /** Another run, or none, is on show. */
  setRun(results: ResultsState): void;
};

export type TrialPorts = {
  readonly post: (message: ViewMessage) => void;
  readonly onFrame: (callback: () => void) => void;
  /** What is tried has changed: the rows of the grid are others. */
  readonly onTrial: (trial: Trial | null) => void;
};

export function createTrialStore({ post, onFrame, onTrial }: TrialPorts): TrialStore {
  const isOpen = signal(false);
  const trial = signal<Trial | null>(null);
  const tried = signal<TrialState | null>(null);
  let run: { readonly id: string; readonly metrics: readonly RunMetric[]; readonly policy: CompositePolicy } | null =
    null;
  let isAsked = false;

  /** As often as the screen can show it. */
  const ask = () => {
    if (isAsked) return;
    isAsked = true;
    onFrame(() => {
      isAsked = false;
      const current = trial.peek();
      onTrial(current);
      if (current && run) post({ type: 'try-weights', runId: run.id, trial: current });
    });
  };
  const change = (next: Trial) => {
    if (!run) return;
    trial.value = isAsRun(next, run) ? null : next;
    if (trial.peek() === null) tried.value = null;
    ask();
  };
  const current = (): Trial | null => trial.peek() ?? (run && { weights: weightsOf(run.metrics), policy: run.policy });
  const reset = () => {
    if (trial.peek() === null) return;
    trial.value = null;
    tried.value = null;
    ask();
  };

  return {
    isOpen,
    trial,
    tried,
    setOpen(open) {
      isOpen.value = open;
      if (!open) reset();
    },
    setWeight(metric, { weight, gate }) {
      const now = current();
      const before = now?.weights[metric];
      if (!now || !before) return;
      const after = { weight: weight ?? before.weight, gate: gate ?? before.gate };
      change({ ...now, weights: { ...now.weights, [metric]: after } });
    },
    setPolicy(part) {
      const now = current();
      if (now) change({ ...now, policy: { ...now.policy, ...part } });
    },
    reset,
    write() {
      const now = trial.peek();
      if (!now || !run) return;
      // What was not moved stays as the suite has it, whatever it has become there.
      const before = weightsOf(run.metrics);
      const moved = Object.entries(now.weights).filter(
        ([name, one]) => one.weight !== before[name]?.weight || one.gate !== before[name]?.gate,
      );
      post({ type: 'write-weights', runId: run.id, trial: { ...now, weights: Object.fromEntries(moved) } });
    },
    receive(state) {
      if (JSON.stringify(state.trial) === JSON.stringify(trial.peek())) tried.value = state;
    },
    setRun({ run: shown, metrics, policy }) {
      const id = shown?.id ?? null;
      const isOther = run?.id !== id;
      run = id === null || policy === null ? null : { id, metrics, policy };
      if (!isOther) {
        // People may have rated: the same trial comes to something else.
        if (trial.peek()) ask();
        return;
      }
      trial.value = null;
      tried.value = null;
      onTrial(null);
    },
  };
}

/** Of the metrics that have a part in the composite. */
export function weightsOf(metrics: readonly RunMetric[]): Trial['weights'] {
  return Object.fromEntries(
    metrics.filter(({ role }) => role !== 'measures').map(({ name, weight, gate }) => [name, { weight, gate }]),
  );
}

function isAsRun(
  { weights, policy }: Trial,
  run: { readonly metrics: readonly RunMetric[]; readonly policy: CompositePolicy },
): boolean {
  const { threshold, missing, mean = 'arithmetic' } = run.policy;
  return (
    JSON.stringify(weights) === JSON.stringify(weightsOf(run.metrics)) &&
    policy.threshold === threshold &&
    policy.missing === missing &&
    (policy.mean ?? 'arithmetic') === mean
  );
}
