import type { RunSummary } from '../../engine/run/run.ts';
import { plural } from '../format.ts';

/** What a reader must know of the figures of a run, from the figures themselves. */
export function figureNotes(summary: RunSummary): string[] {
  return [...unscoredNotes(summary), ...flakyNotes(summary)];
}

/** What only measures, and is often not measured at all when answers are replayed, has no part in the composite. */
const MEASURES: ReadonlySet<string> = new Set(['latency', 'cost', 'tokens']);

/** A metric that could not score some samples: their composite is of the others alone. */
function unscoredNotes({ header, variants }: RunSummary): string[] {
  return header.metrics.flatMap(({ name, kind }) => {
    if (MEASURES.has(kind)) return [];
    const figures = variants.flatMap(({ metrics }) => metrics[name] ?? []);
    const without = figures.reduce((sum, { error, unscored }) => sum + error + unscored, 0);
    const all = figures.reduce((sum, { n }) => sum + n, without);
    return without === 0
      ? []
      : [`${name} has no score on ${without} of ${plural(all, 'sample')}; their composite leaves it out.`];
  });
}

/** Whether it is the model that wavers, or what measures it. */
function flakyNotes({ variants }: RunSummary): string[] {
  const byJudge = variants.reduce((sum, { repeats }) => sum + (repeats?.flaky.byJudge ?? 0), 0);
  if (byJudge === 0) return [];
  const cases = variants.reduce((sum, { repeats }) => sum + (repeats?.flaky.cases ?? 0), 0);
  return [
    `In ${byJudge} of ${plural(cases, 'flaky case')} the same answer passes and fails: the measure wavers, not the model.`,
  ];
}
