import type { JudgeOpinion } from '../../judge/evidence.ts';
import type { BothOrders } from '../../stats/agreement/consistency.ts';

/** How a judge that compares in both orders names its rounds in the evidence. */
export const ROUNDS = { outputFirst: 'The output stands first', expectedFirst: 'The expected answer stands first' };

/** Which place a judge preferred in either order; null for an opinion of another kind. */
export function bothOrders({ claims }: Pick<JudgeOpinion, 'claims'>): BothOrders | null {
  const given = claims.find(({ claim }) => claim === ROUNDS.outputFirst)?.side;
  const swapped = claims.find(({ claim }) => claim === ROUNDS.expectedFirst)?.side;
  if (given === undefined || swapped === undefined) return null;
  return {
    given: given === 'for' ? 'first' : given === 'against' ? 'second' : 'tie',
    swapped: swapped === 'for' ? 'second' : swapped === 'against' ? 'first' : 'tie',
  };
}
