import type { JuryVerdict } from '../../judge/askJudges.ts';
import type { ScoreOutcome } from '../metric.ts';
import { reaches, unscored } from '../outcome.ts';
import { digits } from '../words.ts';

export type PassRule = {
  readonly direction: 'higher' | 'lower';
  /** 0..1: least value, or for a metric where lower is better, the largest. */
  readonly limit: number | undefined;
  readonly vote: 'mean' | 'majority' | undefined;
};

/** Several judges, or one, as one outcome. Values are 0..1; weights count in the mean and in votes. */
export function juryOutcome({ findings }: JuryVerdict, { direction, limit, vote }: PassRule): ScoreOutcome {
  const total = findings.reduce((sum, { judge }) => sum + judge.weight, 0);
  const passes = (value: number) => (direction === 'higher' ? reaches(value, limit ?? 0) : reaches(limit ?? 1, value));
  const ballots = findings.map(({ finding, judge }) => {
    const value = finding.value ?? 0;
    return { value, weight: judge.weight, passed: limit === undefined ? finding.passed : passes(value) };
  });
  const yes = ballots.reduce((sum, { passed, weight }) => sum + (passed === true ? weight : 0), 0);
  const reason = findings
    .map(({ finding, judge }) => (findings.length === 1 ? finding.reason : `${judge.name}: ${finding.reason}`))
    .join(' ');
  if (vote === 'majority') {
    if (reaches(yes * 2, total) && reaches(total, yes * 2)) return unscored(`The judges are divided. ${reason}`);
    const passed = yes * 2 > total;
    return scored(passed ? 1 : 0, 'higher', passed, `${digits(yes)} of ${digits(total)} votes for passing. ${reason}`);
  }
  const value = ballots.reduce((sum, one) => sum + one.value * one.weight, 0) / total;
  if (limit !== undefined) return scored(value, direction, passes(value), reason);
  const decided = ballots.every(({ passed }) => passed !== null);
  return scored(value, direction, decided ? yes * 2 > total : null, reason);
}

function scored(value: number, direction: PassRule['direction'], passed: boolean | null, reason: string): ScoreOutcome {
  return { outcome: 'scored', value, score: direction === 'higher' ? value : 1 - value, passed, reason };
}
