import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { baselineDifferences, baselineLines } from '../../../../src/cli/reporters/baselineLines.ts';
import type { BaselineComparison } from '../../../../src/engine/compare/compareToBaseline.ts';
import type { VariantComparison } from '../../../../src/engine/compare/variantComparison.ts';
import type { Verdict } from '../../../../src/engine/compare/verdict.ts';
import { NEW, OLD, SUMMARY } from './summaryFixture.ts';

const plain = picocolors.createColors(false);
const VERDICT = { word: 'inconclusive', pValue: 0.25, test: 'exact sign-flip', moreCases: 1234 } as const;
const difference = (before: number, after: number, verdict: Verdict = VERDICT) => ({
  verdict,
  before,
  after,
  difference: after - before,
  interval: null,
  cases: 4,
});

const EDITED: VariantComparison = {
  variantId: NEW.id,
  promptVersion: { before: '01234567'.repeat(8), after: NEW.promptVersion },
  composite: difference(0.75, 0.875),
  passed: { before: 2, after: 3, cases: 4, verdict: VERDICT },
  uneven: 0,
  fixed: ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
  broke: ['退款'],
  metrics: {
    category: {
      ...difference(0.5, 0.75, { ...VERDICT, word: 'better', moreCases: null }),
      sameDefinition: true,
    },
    latency: { ...difference(1, 1), sameDefinition: true },
    summary: { ...difference(0.1, 0.9), sameDefinition: false },
  },
};
const SAME: VariantComparison = {
  ...EDITED,
  variantId: OLD.id,
  promptVersion: { before: OLD.promptVersion, after: OLD.promptVersion },
  composite: difference(0.5, 0.5),
  fixed: [],
  broke: [],
  metrics: {},
};
const NAME = 'the baseline';
const COMPARISON: BaselineComparison = { name: NAME, variants: [EDITED, SAME], notes: ['The dataset has changed.'] };

describe('baselineLines', () => {
  it('says so where a variant has no case to compare', () => {
    const none = { ...SAME, composite: null, passed: { before: 0, after: 0, cases: 0, verdict: null } };
    expect(baselineLines({ name: NAME, variants: [none], notes: [] }, SUMMARY, 80, plain)).toEqual([
      'triage-v1 since the baseline (same version) no case to compare',
    ]);
  });

  it('tells figures, what was fixed and what broke; not the metrics that measure something else now', () => {
    expect(baselineLines(COMPARISON, SUMMARY, 80, plain)).toEqual([
      'triage since the baseline (01234567 → a1b2c3d4)',
      '  composite 0.750 → 0.875, inconclusive (about 1,200 more cases would tell), 2 →',
      '  3 of 4 passing, category +0.250 (better)',
      '  fixed 7: a, b, c, d, e, f, and 1 more',
      '  broke 1: 退款',
      'triage-v1 since the baseline (same version) no change',
      'Note: The dataset has changed.',
    ]);
  });

  it('says it in one line when the baseline is of other variants', () => {
    const none = { name: NAME, variants: [], notes: ['one', 'two'] };
    expect(baselineLines(none, SUMMARY, 80, plain)).toEqual(['Note: The baseline has none of these variants.']);
    expect(baselineDifferences(none)).toBeNull();
  });

  it('gives the differences of the composite', () => {
    expect([...(baselineDifferences(COMPARISON) ?? [])]).toEqual([
      [NEW.id, 0.125],
      [OLD.id, 0],
    ]);
  });
});
