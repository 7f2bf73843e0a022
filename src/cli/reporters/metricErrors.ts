import type { RunEvent } from '../../engine/run/run.ts';
import { plural } from '../format.ts';

/** Remembers why metrics could not run, as a judge that does not answer: the first reason of each says what to mend. */
export function metricErrors(): { readonly onEvent: (event: RunEvent) => void; readonly notes: () => string[] } {
  const errors = new Map<string, { count: number; readonly reason: string }>();
  return {
    onEvent: (event) => {
      if (event.type !== 'sample-finished' || event.sample.status === 'error') return;
      for (const { metric, outcome, reason } of event.sample.scores) {
        if (outcome !== 'error') continue;
        const known = errors.get(metric) ?? { count: 0, reason };
        known.count += 1;
        errors.set(metric, known);
      }
    },
    notes: () =>
      [...errors].map(
        ([metric, { count, reason }]) =>
          `${metric} could not run on ${plural(count, 'sample')}, at first because: ${reason}`,
      ),
  };
}
