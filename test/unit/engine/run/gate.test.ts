import { describe, expect, it } from 'vitest';
import { incompleteRun, judgeGate } from '../../../../src/engine/run/gate.ts';
import type { RunSummary, VariantSummary } from '../../../../src/engine/run/run.ts';
import { newRunId } from '../../../../src/engine/run/runId.ts';

type Parts = { readonly samples: readonly [number, number, number, number]; readonly composite?: number };

function summaryOf(
  variants: readonly Parts[],
  planned?: number,
  status: RunSummary['status'] = 'finished',
): RunSummary {
  const total = variants.flatMap(({ samples }) => samples).reduce((sum, count) => sum + count, 0);
  return {
    status,
    finishedAt: null,
    header: { plannedSamples: planned ?? total } as RunSummary['header'],
    variants: variants.map(({ samples: [pass, fail, error, unscored], composite }, index) => ({
      variant: { id: `v${index}`, prompt: 'p.prompt', model: `m/${index}` } as VariantSummary['variant'],
      samples: { pass, fail, error, unscored },
      composite: composite === undefined ? null : { mean: composite, low: 0, high: 1 },
      metrics: {},
      latencyMs: null,
      tokens: null,
      costUsd: null,
    })),
  };
}

const gate = (passRate: number | null, composite: number | null = null) => ({ passRate, composite, verdict: null });

describe('judgeGate', () => {
  it.each([
    ['no gate', [{ samples: [0, 9, 0, 0] }], gate(null), []],
    ['a rate that is just enough', [{ samples: [9, 1, 0, 0] }], gate(0.9), []],
    ['a rate below', [{ samples: [8, 1, 5, 0] }], gate(0.9), ['p.prompt on m/0: the pass rate 0.8889 is below 0.9.']],
    ['errors and unscored, which are no fails', [{ samples: [9, 1, 50, 50] }], gate(0.9), []],
    [
      'one variant of two',
      [{ samples: [1, 0, 0, 0] }, { samples: [0, 1, 0, 0] }],
      gate(0.5),
      ['p.prompt on m/1: the pass rate 0 is below 0.5.'],
    ],
    [
      'only errors',
      [{ samples: [0, 0, 7, 0] }],
      gate(0.5),
      ['p.prompt on m/0: no sample was scored, so there is no pass rate.'],
    ],
    [
      'a composite below',
      [{ samples: [1, 0, 0, 0], composite: 0.79999 }],
      gate(null, 0.8),
      ['p.prompt on m/0: the composite 0.79999 is below 0.8.'],
    ],
    ['a composite that is enough', [{ samples: [1, 0, 0, 0], composite: 0.8 }], gate(null, 0.8), []],
    [
      'no composite',
      [{ samples: [0, 0, 1, 0] }],
      gate(null, 0.8),
      ['p.prompt on m/0: no sample was scored, so there is no composite.'],
    ],
  ] as const)('judges %s', (_name, variants, suiteGate, reasons) => {
    expect(judgeGate(summaryOf(variants), suiteGate)).toEqual({ holds: reasons.length === 0, reasons });
  });

  it.each([
    ['better', 'better', true],
    ['better', 'no-worse', false],
    ['no-worse', 'no-worse', true],
    ['no-worse', 'inconclusive', false],
    ['not-worse', 'inconclusive', true],
    ['not-worse', 'worse', false],
  ] as const)('asks for %s and gets %s', (wanted, word, holds) => {
    const verdicts = new Map([['v0', { word, pValue: 0.5, test: 't', moreCases: null } as const]]);
    const asked = { passRate: null, composite: null, verdict: wanted };
    const { reasons, ...judged } = judgeGate(summaryOf([{ samples: [1, 0, 0, 0] }]), asked, verdicts);
    expect(judged.holds).toBe(holds);
    if (!holds) expect(reasons[0]).toContain(`${word === 'no-worse' ? 'no worse' : word} against the baseline`);
  });

  it('that asks for a verdict does not hold without something to compare with', () => {
    const asked = { passRate: null, composite: null, verdict: 'not-worse' as const };
    const summary = summaryOf([{ samples: [1, 0, 0, 0] }]);
    expect(judgeGate(summary, asked).reasons).toEqual(['There is no baseline, so `verdict: not-worse` cannot hold.']);
    expect(judgeGate(summary, asked, new Map()).reasons).toEqual([
      'p.prompt on m/0: nothing to compare: no case was scored on both sides.',
    ]);
  });

  it('does not hold for a run that did not come to its end', () => {
    const summary = summaryOf([{ samples: [3, 0, 0, 0] }], 10);
    expect(judgeGate(summary, gate(null))).toEqual({
      holds: false,
      reasons: ['The budget was used up after 3 of 10 samples; the others were not asked for.'],
    });
    expect(incompleteRun({ ...summary, status: 'cancelled' })).toBe('The run was stopped after 3 of 10 samples.');
  });
});

describe('newRunId', () => {
  it('sorts by time and is short', () => {
    const times = [0, 1, 35, 36, 1_700_000_000_000, 1_700_000_000_001, 2_800_000_000_000];
    const ids = times.map((time) => newRunId(time, 0.999999));
    expect([...ids].sort()).toEqual(ids);
    for (const id of ids) expect(id).toMatch(/^r[0-9a-z]{12}$/);
    expect(newRunId(5, 0)).not.toBe(newRunId(5, 0.5));
  });
});
