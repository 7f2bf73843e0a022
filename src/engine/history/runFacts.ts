import type { GitState, RunStatus, VariantSummary } from '../run/run.ts';
import type { RunMarks } from './runMarks.ts';

/** A run as a list shows it: what a filter can ask about. */
export type ListedRun = {
  readonly id: string;
  readonly revision: string | null;
  readonly suite: string;
  readonly status: RunStatus;
  readonly startedAt: string;
  readonly git: GitState | null;
  readonly dataset: string;
  readonly selection: { readonly cases: number };
  readonly variants: readonly VariantSummary[];
  readonly marks: RunMarks;
};

export type Fact = string | number | boolean | readonly string[] | null;

/** How a value is compared. `beginning`: an id or a hash is equal to its own beginning, as people type it. */
export type FactKind = 'number' | 'text' | 'beginning' | 'truth' | 'texts' | 'time';

type Field = {
  readonly kind: FactKind;
  /** For people who do not know the name. */
  readonly says: string;
  /** null where the run has nothing to say: such a run is not found, nor by the opposite. */
  readonly of: (run: ListedRun, variant: VariantSummary | null) => Fact;
};

/** What a filter may name, beside `metrics.<name>` and `params.<name>`. */
export const FIELDS: ReadonlyMap<string, Field> = new Map<string, Field>([
  ['composite', { kind: 'number', says: 'mean composite, 0 to 1', of: (_, of) => of?.composite?.mean ?? null }],
  ['model', { kind: 'text', says: 'provider/name', of: (_, of) => of?.variant.model ?? null }],
  ['prompt', { kind: 'text', says: 'path of the prompt file', of: (_, of) => of?.variant.prompt ?? null }],
  ['version', { kind: 'beginning', says: 'prompt version', of: (_, of) => of?.variant.promptVersion ?? null }],
  ['suite', { kind: 'text', says: 'path of the suite file', of: (run) => run.suite }],
  ['dataset', { kind: 'beginning', says: 'digest of the dataset', of: (run) => run.dataset }],
  ['commit', { kind: 'beginning', says: 'git commit', of: (run) => run.git?.commit ?? null }],
  ['dirty', { kind: 'truth', says: 'files were not committed', of: (run) => run.git?.dirty ?? null }],
  ['revision', { kind: 'text', says: 'git revision whose prompts were evaluated', of: (run) => run.revision }],
  ['run', { kind: 'beginning', says: 'id', of: (run) => run.id }],
  ['status', { kind: 'text', says: 'finished, cancelled, interrupted or running', of: (run) => run.status }],
  ['started', { kind: 'time', says: "a date ('2026-11-01') or time", of: (run) => run.startedAt }],
  ['cases', { kind: 'number', says: 'how many were asked', of: (run) => run.selection.cases }],
  ['pass', { kind: 'number', says: 'samples that passed', of: (_, of) => of?.samples.pass ?? null }],
  ['fail', { kind: 'number', says: 'samples that failed', of: (_, of) => of?.samples.fail ?? null }],
  ['error', { kind: 'number', says: 'samples in error', of: (_, of) => of?.samples.error ?? null }],
  ['unscored', { kind: 'number', says: 'samples without a score', of: (_, of) => of?.samples.unscored ?? null }],
  ['passing', { kind: 'number', says: 'share of the judged samples that passed, 0 to 1', of: passing }],
  ['cost', { kind: 'number', says: 'US dollars', of: (_, of) => of?.costUsd ?? null }],
  ['latency', { kind: 'number', says: 'median, in ms', of: (_, of) => of?.latencyMs?.p50 ?? null }],
  ['name', { kind: 'text', says: 'as the run was named', of: (run) => run.marks.name }],
  ['tag', { kind: 'texts', says: 'one of its tags', of: (run) => run.marks.tags }],
  ['pinned', { kind: 'truth', says: '', of: (run) => run.marks.pinned }],
  ['archived', { kind: 'truth', says: '', of: (run) => run.marks.archived }],
]);

/** Of a metric, by its name in the suite. `metrics.composite` is the composite, as long as no metric is called so. */
export function metricFact(name: string): Field['of'] {
  return (_run, of) => {
    const own = of && Object.hasOwn(of.metrics, name) ? of.metrics[name] : undefined;
    if (own) return own.mean;
    return name === 'composite' ? (of?.composite?.mean ?? null) : null;
  };
}

export function paramFact(name: string): Field['of'] {
  return (_run, of) => {
    const value = of && Object.hasOwn(of.variant.params, name) ? of.variant.params[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
    return value === undefined || value === null ? null : JSON.stringify(value);
  };
}

function passing(_run: ListedRun, of: VariantSummary | null): number | null {
  const judged = of ? of.samples.pass + of.samples.fail : 0;
  return of && judged > 0 ? of.samples.pass / judged : null;
}
