import type { Doubt } from '../../src/engine/judge/trustWords.ts';
import type { Score } from '../../src/engine/metric/metric.ts';
import type { RunMetric } from '../../src/engine/run/run.ts';
import { formatMetric } from '../format.ts';
import type { OwnRatings } from '../state/ownRatings.ts';
import { Icon } from '../ui/icon.tsx';
import { PassedIcon } from '../ui/status.tsx';
import { TrustMark } from '../ui/trustMark.tsx';
import { HumanScore } from './humanScore.tsx';
import { JudgeEvidence } from './judgeEvidence.tsx';

/** What each metric said, and why. */
export function ScoreList({
  scores,
  metrics,
  ratings,
  doubts,
}: {
  readonly scores: readonly Score[];
  readonly metrics: readonly RunMetric[];
  readonly ratings: OwnRatings;
  readonly doubts: readonly Doubt[];
}) {
  return (
    <ul class="scores">
      {scores.map((score) => {
        const metric = metrics.find((one) => one.name === score.metric);
        return (
          <li key={score.metric} class="score">
            <span class="score-icon">
              <ScoreIcon score={score} />
            </span>
            <span class="score-name" title={score.signature}>
              {score.metric}
              <TrustMark doubts={doubts} metric={score.metric} />
              {metric?.gate ? <span class="note"> gate</span> : null}
            </span>
            <ScoreBar score={score} />
            <span class={`score-value is-${score.outcome}`}>
              {score.outcome === 'scored' ? formatMetric(score.value, metric?.kind ?? '') : score.outcome}
            </span>
            <span class="score-reason">{score.reason}</span>
            {score.details === undefined || metric?.form ? null : <JudgeEvidence score={score} />}
            {metric?.form ? <HumanScore ratings={ratings} metric={score.metric} form={metric.form} /> : null}
          </li>
        );
      })}
    </ul>
  );
}

function ScoreIcon({ score }: { readonly score: Score }) {
  if (score.outcome === 'error') return <Icon name="warning" label="error" class="status-error" />;
  if (score.outcome === 'unscored') return <Icon name="circle-slash" label="unscored" class="status-unscored" />;
  return <PassedIcon passed={score.passed} />;
}

/** The score as 0..1; a metric that only measures has none, and so no bar. */
function ScoreBar({ score }: { readonly score: Score }) {
  if (score.outcome !== 'scored' || score.score === null) return <span class="score-bar is-none" />;
  const percent = Math.max(0, Math.min(100, score.score * 100));
  const tone = score.passed === null ? 'neutral' : score.passed ? 'pass' : 'fail';
  return (
    <span class={`score-bar is-${tone}`} aria-hidden="true">
      <span style={{ width: `${percent}%` }} />
    </span>
  );
}
