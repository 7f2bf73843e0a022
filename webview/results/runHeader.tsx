import { verdictWords } from '../../src/engine/compare/verdict.ts';
import type { RunListItem } from '../../src/protocol/history.ts';
import type { CompositeDifference, RunningState } from '../../src/protocol/views.ts';
import {
  countOf,
  deltaTitle,
  formatAgo,
  formatDelta,
  formatDifference,
  formatInterval,
  formatMean,
  formatTime,
} from '../format.ts';
import type { Store } from '../state/store.ts';
import { Commit } from '../ui/commit.tsx';
import { Icon } from '../ui/icon.tsx';
import { PassRate } from '../ui/passRate.tsx';
import { RescoreNote, RevisionNote } from '../ui/rescoreNote.tsx';
import { RunMarkWords } from '../ui/runMarks.tsx';
import { RunStatusNote } from '../ui/runStatus.tsx';
import { promptName } from '../variantLabel.ts';
import { CompareButton, JudgesButton, ResumeButton, ReviewButton, WeightsButton } from './runWays.tsx';
import type { Scope } from './scope.ts';
import { repeatsOf, scored } from './variantFigures.ts';

/** Which run this is and what it came to. With several variants the figures stand in their table. */
export function RunHeader({ store, scope, running }: RunHeaderProps) {
  const { results, run } = scope;
  const only = results.variants.length === 1 ? results.variants[0] : undefined;
  const summary = only && run.variants[0];
  const live = only && running?.variants[only.id];
  const composite = live ? live.composite : (summary?.composite?.mean ?? null);
  const counts = live?.counts ?? summary?.samples;
  const baseline = only && !live ? results.baseline[only.id] : undefined;
  return (
    <div class="run-head">
      {only ? (
        <div class="run-score">
          <span class="run-mean">
            <span class="run-composite" title="Composite: the weighted score, mean over the cases">
              {formatMean(composite, counts ? scored(counts) : 0)}
            </span>
            {!live && summary?.composite ? (
              <span class="note" title="95 % confidence interval">
                {formatInterval(summary.composite.low, summary.composite.high)}
              </span>
            ) : null}
            {baseline ? (
              <>
                <Delta {...baseline} against="the committed baseline" /> <span class="note">vs baseline</span>
              </>
            ) : null}
          </span>
          {counts && !live ? <PassRate counts={counts} repeats={repeatsOf(summary)} unit="pass" /> : null}
        </div>
      ) : null}
      <div class="run-facts">
        <RunMarkWords marks={run.marks} />
        <RunStatusNote status={run.status} />
        <RescoreNote of={run.rescoreOf} />
        <RevisionNote of={run.revision} />
        <span title={run.suite}>{run.suite.replace(/^.*\//, '')}</span>
        <PromptScope store={store} scope={scope} />
        <span>{casesText(run)}</span>
        {run.git ? <Commit git={run.git} /> : null}
        {results.isNewest ? (
          <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
            {formatAgo(run.startedAt, Date.now())}
          </time>
        ) : null}
        <ResumeButton store={store} scope={scope} />
        <CompareButton store={store} scope={scope} />
        <ReviewButton store={store} scope={scope} />
        <JudgesButton store={store} scope={scope} />
        <WeightsButton store={store} scope={scope} />
        {run.status === 'running' ? null : (
          <button
            type="button"
            class="link-button"
            title="Later runs are compared with it. Writes the baseline file of the suite."
            onClick={() => store.post({ type: 'use-as-baseline', runId: run.id })}
          >
            <Icon name="milestone" /> Use as baseline
          </button>
        )}
      </div>
    </div>
  );
}

type RunHeaderProps = {
  readonly store: Store;
  readonly scope: Scope;
  /** When it is this run that is going on. */
  readonly running: RunningState | null;
};

/** Whether all prompts of the run are shown or that of the playground, and the way from the one to the other. */
function PromptScope({ store, scope: { results, prompts, prompt } }: Pick<RunHeaderProps, 'store' | 'scope'>) {
  if (prompts < 2) return null;
  const { grid } = store;
  const show = (isWholeRun: boolean) => grid.setView({ ...grid.view.peek(), isWholeRun, variantId: null });
  return (
    <span>
      {prompt === null ? `${prompts} prompts` : `${promptName(prompt)}, 1 of ${prompts} prompts`}
      {results.ofPrompt.length === 0 ? null : (
        <>
          {' · '}
          <button type="button" class="link-button" onClick={() => show(prompt !== null)}>
            {prompt === null ? 'Show only this one' : 'Show all'}
          </button>
        </>
      )}
    </span>
  );
}

/** How far a composite is from another. */
export function Delta(props: CompositeDifference & { readonly against: string }) {
  const { difference, interval, cases, against, verdict } = props;
  const direction = Math.abs(difference) < 0.00005 ? 'same' : difference > 0 ? 'up' : 'down';
  const range = interval ? `, 95 % interval ${formatDifference(interval.low, interval.high)}` : '';
  return (
    <span
      class={`delta is-${direction}`}
      title={`${deltaTitle(difference, against)}, over ${countOf(cases, 'case')}${range}: ${verdictWords(verdict)}`}
    >
      {formatDelta(difference)}
      {(verdict.word === 'better' || verdict.word === 'worse') && <span class="verdict">{verdict.word}</span>}
    </span>
  );
}

function casesText({ cases, selection }: RunListItem): string {
  return selection.cases < cases ? `${selection.cases} of ${countOf(cases, 'case')}` : countOf(cases, 'case');
}
