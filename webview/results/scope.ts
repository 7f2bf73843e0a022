import type { StatusCounts } from '../../src/engine/run/sample.ts';
import type { RunListItem } from '../../src/protocol/history.ts';
import type { ResultsState, RunningState } from '../../src/protocol/views.ts';

/** What of a run is looked at: the variants of one prompt, or all. */
export type Scope = {
  readonly results: ResultsState;
  readonly run: RunListItem;
  /** How many prompts the run has. */
  readonly prompts: number;
  /** The prompt that is looked at alone; null for the whole run, also where that has no other. */
  readonly prompt: string | null;
};

/** A prompt's results are about its own variants, unless the reader asks for the whole run. */
export function scopeOf(results: ResultsState, run: RunListItem, isWholeRun: boolean): Scope {
  const prompts = new Set(results.variants.map(({ prompt }) => prompt)).size;
  if (isWholeRun || results.ofPrompt.length === 0) return { results, run, prompts, prompt: null };
  const own = new Set(results.ofPrompt);
  const variants = results.variants.filter(({ id }) => own.has(id));
  return {
    results: { ...results, variants },
    run: { ...run, variants: run.variants.filter(({ variant }) => own.has(variant.id)) },
    prompts,
    prompt: variants[0]?.prompt ?? null,
  };
}

/** How the samples in scope ended, as far as the run has come. */
export function countsOf({ results, run }: Scope, live: RunningState | null): readonly StatusCounts[] {
  if (live === null) return run.variants.map(({ samples }) => samples);
  return results.variants.flatMap(({ id }) => live.variants[id]?.counts ?? []);
}
