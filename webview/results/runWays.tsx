import { trustWords } from '../../src/engine/judge/trustWords.ts';
import { formatCount } from '../format.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../ui/icon.tsx';
import type { Scope } from './scope.ts';

/** How much of the run people have rated, and the way to rate more. */
export function ReviewButton({ store, scope: { results, run } }: { readonly store: Store; readonly scope: Scope }) {
  const people = results.metrics.filter(({ form }) => form !== undefined);
  if (run.status === 'running') return null;
  const sums = run.variants.flatMap(({ metrics }) => people.flatMap(({ name }) => metrics[name] ?? []));
  const rated = sums.reduce((sum, { n }) => sum + n, 0);
  const total = sums.reduce((sum, { n, error, unscored }) => sum + n + error + unscored, 0);
  const title =
    people.length === 0
      ? 'People rate the answers, without knowing whose they are'
      : `${rated} of ${total} scores of ${people.map(({ name }) => name).join(', ')} are there. Rates answers without knowing whose they are.`;
  return (
    <button type="button" class="link-button" title={title} onClick={() => store.review.open({ runId: run.id })}>
      <Icon name="person" /> Review{people.length === 0 ? '' : ` ${formatCount(rated)}/${formatCount(total)}`}
    </button>
  );
}

/** How far the run's judges agree with people; a warning when the suite does not trust one. */
export function JudgesButton({ store, scope: { results, run } }: Parameters<typeof ReviewButton>[0]) {
  if (!results.isJudged || run.status === 'running') return null;
  const doubt = results.doubts[0];
  return (
    <button
      type="button"
      class="link-button"
      title={doubt ? trustWords(doubt) : 'How far the judges agree with people'}
      onClick={() => store.showJudges(true)}
    >
      <Icon name={doubt ? 'warning' : 'law'} class={doubt ? 'status-error' : undefined} /> Judges
    </button>
  );
}

/** Puts another run beside this one. */
export function CompareButton({ store, scope: { run } }: Parameters<typeof ReviewButton>[0]) {
  if (run.status === 'running') return null;
  return (
    <button
      type="button"
      class="link-button"
      title="Puts another run beside this one: what broke, what was fixed, and how sure that is"
      onClick={() => store.post({ type: 'compare-with', runId: run.id })}
    >
      <Icon name="git-compare" /> Compare
    </button>
  );
}

/** Goes on with a run that was stopped or cut off; one of a revision or of kept answers is done again instead. */
export function ResumeButton({ store, scope: { run } }: Parameters<typeof ReviewButton>[0]) {
  const isCutOff = run.status === 'cancelled' || run.status === 'interrupted';
  if (!isCutOff || run.rescoreOf !== null || run.revision !== null) return null;
  return (
    <button
      type="button"
      class="link-button"
      disabled={(store.playground.value?.running ?? null) !== null}
      title="Takes the samples that are missing; those that are there are kept, and nothing is asked twice"
      onClick={() => store.post({ type: 'resume', runId: run.id })}
    >
      <Icon name="debug-continue" /> Resume
    </button>
  );
}

/** Opens what weighs the scores, and what scores the answers again. */
export function WeightsButton({ store, scope: { run } }: Parameters<typeof ReviewButton>[0]) {
  const { weighing } = store;
  if (run.status === 'running') return null;
  return (
    <button
      type="button"
      class="link-button"
      aria-expanded={weighing.isOpen.value}
      title="Try other weights on these scores, or score the answers again"
      onClick={() => weighing.setOpen(!weighing.isOpen.value)}
    >
      <Icon name="settings" /> Weights
    </button>
  );
}
