import type { JudgedClaim } from '../../src/engine/judge/evidence.ts';

const FOLDED = 8;

/** Of a long list, what speaks against the score first; a list that is only a little longer is shown whole. */
export function shownClaims(claims: readonly JudgedClaim[]): readonly JudgedClaim[] {
  if (claims.length <= FOLDED + 2) return claims;
  const rank = (claim: JudgedClaim) => (claim.side === 'against' ? 0 : 1);
  const chosen = new Set(claims.toSorted((a, b) => rank(a) - rank(b)).slice(0, FOLDED));
  return claims.filter((claim) => chosen.has(claim));
}
