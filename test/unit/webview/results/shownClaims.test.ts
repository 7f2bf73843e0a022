import { expect, it } from 'vitest';
import type { JudgedClaim } from '../../../../src/engine/judge/evidence.ts';
import { shownClaims } from '../../../../webview/results/shownClaims.ts';

const claims = (count: number, against: readonly number[] = []): JudgedClaim[] =>
  Array.from({ length: count }, (_, at) => {
    const isAgainst = against.includes(at);
    return { claim: `c${at}`, verdict: isAgainst ? 'no' : 'yes', side: isAgainst ? 'against' : 'for', reason: '' };
  });

it('shows a list whole that is little longer than the fold', () => {
  expect(shownClaims(claims(10))).toHaveLength(10);
});

it('keeps of a long list what speaks against the score, in the order of the list', () => {
  const shown = shownClaims(claims(50, [20, 49])).map(({ claim }) => claim);
  expect(shown).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c20', 'c49']);
});
