import type { RunHeader, RunSummary } from '../engine/run/run.ts';
import type { PlannedVariant, RunPlan } from '../engine/run/runPlan.ts';
import { sameMeasurement } from '../engine/run/sameMeasurement.ts';
import type { HistoryReader } from './store/history.ts';

/** What is behind these names may have changed since, and asking costs nothing or is the point. */
const LOCAL_PROVIDERS = ['replay', 'function', 'command', 'http'];

/** Further back there is hardly one of the same dataset. */
const LOOK_BACK = 50;

/** A finished run without errors that asked and measured just what this one would; null when none is kept. */
export function keptRun(history: HistoryReader, header: RunHeader): RunSummary | null {
  if (!header.variants.every(({ model }) => isReusable(model))) return null;
  for (const { id, status } of history.runs({ suite: header.suite, past: true, limit: LOOK_BACK })) {
    const run = status === 'finished' ? history.run(id) : null;
    if (run && sameMeasurement(run.header, header) && isWhole(run)) return run;
  }
  return null;
}

/** Answers of a history, for the variants whose model is asked over a network and stays what it is called. */
export function keptAnswers(history: HistoryReader, variants: readonly PlannedVariant[]): RunPlan['kept'] {
  const find = history.keptAnswers();
  const reusable = new Set(
    variants.filter(({ variant }) => isReusable(variant.model.provider)).map(({ variant }) => variant.id),
  );
  return (variantId, testCase, repeat) => (reusable.has(variantId) ? find(variantId, testCase, repeat) : null);
}

function isReusable(model: string): boolean {
  return !LOCAL_PROVIDERS.includes(model.split('/')[0] ?? '');
}

function isWhole({ header, variants }: RunSummary): boolean {
  const counts = variants.map(({ samples }) => samples);
  const done = counts.reduce((sum, { pass, fail, unscored }) => sum + pass + fail + unscored, 0);
  return done === header.plannedSamples;
}
