import { riskDifference, standardisedDifference } from '../stats/effectSize.ts';
import { wilcoxonTest } from '../stats/wilcoxon.ts';
import type { Effect, Verdict } from './verdict.ts';

/** The effect size that belongs to a test; null where there is none. */
export function effectOf(differences: readonly number[], test: Verdict['test']): Effect | null {
  if (test === 'exact McNemar') {
    const count = (sign: number) => differences.filter((one) => Math.sign(one) === sign).length;
    return effect('risk difference', riskDifference(count(1), count(-1), differences.length));
  }
  if (test === 'wilcoxon') return effect('rank-biserial correlation', wilcoxonTest(differences).effect);
  return effect('d_z', standardisedDifference(differences));
}

function effect(kind: Effect['kind'], value: number | null): Effect | null {
  return value === null ? null : { kind, value };
}
