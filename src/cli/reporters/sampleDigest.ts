import type { Score } from '../../engine/metric/metric.ts';
import type { Sample, SampleError, SampleStatus } from '../../engine/run/sample.ts';
import { formatScore } from '../format.ts';
import { oneLine } from '../plainText.ts';

/** What the reports say of one sample: small, so that those of a long run can all be kept. */
export type SampleDigest = {
  readonly caseId: string;
  readonly caseIndex: number;
  /** Where the case begins in the dataset's file, from 0. */
  readonly line: number;
  readonly variantId: string;
  readonly repeat: number;
  readonly status: SampleStatus;
  readonly latencyMs: number | null;
  /** Why it did not pass, safe for a terminal; null for a pass. */
  readonly reason: string | null;
  readonly errorCode: SampleError['code'] | null;
  /** Names of the metrics that failed by themselves. */
  readonly failed?: readonly string[];
};

export function digestSample(sample: Sample, line: number): SampleDigest {
  const { caseId, caseIndex, variantId, repeat, status } = sample;
  const place = { caseId, caseIndex, line, variantId, repeat, status };
  if (sample.status === 'error') {
    const reason = [sample.error.message, sample.error.remedy ?? ''].join(' ');
    return { ...place, latencyMs: null, reason: shorten(reason), errorCode: sample.error.code };
  }
  const reason = sample.status === 'pass' ? null : shorten(whyNot(sample.scores, sample.composite));
  const failed = failedMetrics(sample.scores).map(({ metric }) => metric);
  return { ...place, latencyMs: sample.latencyMs, reason, errorCode: null, ...(failed.length > 0 && { failed }) };
}

/** By case, then variant, then repeat: the order in which samples finished says nothing to a reader. */
export function inCaseOrder(digests: readonly SampleDigest[], variantIds: readonly string[]): SampleDigest[] {
  const rank = new Map(variantIds.map((id, at) => [id, at]));
  return [...digests].sort(
    (a, b) =>
      a.caseIndex - b.caseIndex || (rank.get(a.variantId) ?? 0) - (rank.get(b.variantId) ?? 0) || a.repeat - b.repeat,
  );
}

/** The metrics that failed; where none did by itself, the composite and the lowest score. */
function whyNot(scores: readonly Score[], composite: number | null): string {
  const failed = failedMetrics(scores);
  const unknown = scores.filter((score) => score.outcome !== 'scored');
  if (failed.length > 0) return failed.map(sentence).join('; ');
  if (composite === null) return unknown.length > 0 ? unknown.map(sentence).join('; ') : 'no metric gave a score';
  const [lowest] = scores
    .flatMap((score) => (score.outcome === 'scored' && score.score !== null ? [{ score, value: score.score }] : []))
    .sort((a, b) => a.value - b.value);
  return `composite ${formatScore(composite)} is below the threshold${lowest ? `; ${sentence(lowest.score)}` : ''}`;
}

function failedMetrics(scores: readonly Score[]): readonly Score[] {
  return scores.filter((score) => score.outcome === 'scored' && score.passed === false);
}

function sentence(score: Score): string {
  // Joined by semicolons, so without its full stop.
  return `${score.metric}: ${score.reason.replace(/\.$/, '')}`;
}

const LONGEST_REASON = 400;

function shorten(text: string): string {
  const line = oneLine(text.slice(0, LONGEST_REASON * 4));
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
