import type { BaselineDifference, ResultsState, RunListItem, RunningState } from '../../src/protocol/views.ts';
import { countOf, deltaTitle, formatAgo, formatDelta, formatInterval, formatScore, formatTime } from '../format.ts';
import { Commit } from '../ui/commit.tsx';
import { RunStatusNote } from '../ui/runStatus.tsx';

/** Which run this is and what it came to. With several variants the figures stand in their table. */
export function RunHeader({ results, run, running }: RunHeaderProps) {
  const only = results.variants.length === 1 ? run.variants[0] : undefined;
  const composite = running ? running.composite : (only?.composite?.mean ?? null);
  const baseline = only && !running ? results.baseline[only.variant.id] : undefined;
  return (
    <div class="run-head">
      {results.variants.length === 1 ? (
        <div class="run-score">
          <span class="run-composite" title="Composite: the weighted score, mean over the cases">
            {formatScore(composite)}
          </span>
          {!running && only?.composite ? (
            <span class="note" title="95 % confidence interval">
              {formatInterval(only.composite.low, only.composite.high)}
            </span>
          ) : null}
          {baseline ? <Delta {...baseline} /> : null}
        </div>
      ) : null}
      <div class="run-facts">
        <RunStatusNote status={run.status} />
        <span title={run.suite}>{run.suite.replace(/^.*\//, '')}</span>
        <span>{casesText(run)}</span>
        {run.git ? <Commit git={run.git} /> : null}
        <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
          {formatAgo(run.startedAt, Date.now())}
        </time>
      </div>
    </div>
  );
}

type RunHeaderProps = {
  readonly results: ResultsState;
  readonly run: RunListItem;
  /** When it is this run that is going on. */
  readonly running: RunningState | null;
};

/** How far a composite is from the committed baseline. */
export function Delta({ difference, cases }: BaselineDifference) {
  const direction = Math.abs(difference) < 0.00005 ? 'same' : difference > 0 ? 'up' : 'down';
  const title = `${deltaTitle(difference, 'the committed baseline')}, over ${countOf(cases, 'case')}`;
  return (
    <span class={`delta is-${direction}`} title={title}>
      {formatDelta(difference)}
    </span>
  );
}

function casesText({ cases, selection }: RunListItem): string {
  return selection.cases < cases ? `${selection.cases} of ${countOf(cases, 'case')}` : countOf(cases, 'case');
}
