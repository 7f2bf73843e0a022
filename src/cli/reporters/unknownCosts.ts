import type { RunEvent, RunVariant } from '../../engine/run/run.ts';
import { formatUsd, plural } from '../format.ts';

/** Counts the answers whose cost a budget could not count, so that nobody trusts a limit that did not hold. */
export function unknownCosts(budgetUsd: number | null): {
  readonly onEvent: (event: RunEvent) => void;
  readonly notes: () => string[];
} {
  let variants: ReadonlyMap<string, RunVariant> = new Map();
  const counts = new Map<string, number>();
  let verdicts = 0;
  return {
    onEvent: (event) => {
      if (event.type === 'run-started')
        variants = new Map(event.header.variants.map((variant) => [variant.id, variant]));
      if (event.type !== 'sample-finished' || event.sample.status === 'error') return;
      verdicts += event.sample.scores.filter(({ costUsd }) => costUsd === null).length;
      if (event.sample.costUsd !== null) return;
      const model = variants.get(event.sample.variantId)?.model ?? '';
      // What is replayed costs nothing now.
      if (!model.startsWith('replay/')) counts.set(model, (counts.get(model) ?? 0) + 1);
    },
    notes: () =>
      budgetUsd === null
        ? []
        : [
            ...[...counts].map(([model, count]) => `${plural(count, 'answer')} of ${model}`),
            ...(verdicts > 0 ? [`${plural(verdicts, 'verdict')} of judges`] : []),
          ].map((what) => `The budget of ${formatUsd(budgetUsd)} leaves out ${what}: what they cost is not known.`),
  };
}
