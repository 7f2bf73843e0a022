import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeOf } from '../../../../src/engine/metric/composite/composite.ts';
import type { CompositePolicy } from '../../../../src/engine/metric/composite/compositePolicy.ts';
import type { MetricRole, Score } from '../../../../src/engine/metric/metric.ts';

type Given = {
  readonly weight?: number;
  readonly gate?: boolean;
  readonly role?: MetricRole;
  /** A number is a score, with `passed` at 0.5 and above; `unscored`, `error`, or `absent` when there is no score at all. */
  readonly score: number | 'unscored' | 'error' | 'absent';
};

function composite(given: readonly Given[], missing: CompositePolicy['missing'] = 'renormalise', threshold = 0.5) {
  const metrics = given.map(({ weight = 1, gate = false, role }, index) => ({ name: `m${index}`, weight, gate, role }));
  const scores = given.flatMap(({ score }, index): Score[] => {
    const base = { metric: `m${index}`, signature: 's', reason: '' };
    if (score === 'absent') return [];
    if (typeof score === 'string') return [{ ...base, outcome: score }];
    return [{ ...base, outcome: 'scored', value: score, score, passed: score >= 0.5 }];
  });
  return compositeOf(scores, metrics, { threshold, missing }, []);
}

const UNSCORED = { status: 'unscored', composite: null };

describe('compositeOf', () => {
  it.each<[string, Given[], { status: string; composite: number | null }]>([
    ['one score', [{ score: 1 }], { status: 'pass', composite: 1 }],
    ['weights', [{ score: 1, weight: 3 }, { score: 0 }], { status: 'pass', composite: 0.75 }],
    ['below the threshold', [{ score: 0.25 }, { score: 0.5 }], { status: 'fail', composite: 0.375 }],
    ['at the threshold', [{ score: 1 }, { score: 0 }], { status: 'pass', composite: 0.5 }],
    [
      'a failed gate keeps the number',
      [
        { score: 0, gate: true },
        { score: 1, weight: 3 },
      ],
      { status: 'fail', composite: 0.75 },
    ],
    [
      'a gate that holds',
      [
        { score: 1, gate: true },
        { score: 0, weight: 3 },
      ],
      { status: 'fail', composite: 0.25 },
    ],
    ['nothing at all', [], UNSCORED],
    ['only what measures', [{ score: 'unscored', role: 'measures' }], UNSCORED],
    ['all missing', [{ score: 'unscored' }, { score: 'error' }, { score: 'absent' }], UNSCORED],
  ])('%s', (_, given, outcome) => {
    expect(composite(given)).toEqual(outcome);
  });

  it.each<[CompositePolicy['missing'], { status: string; composite: number | null }]>([
    ['renormalise', { status: 'pass', composite: 1 }],
    ['zero', { status: 'fail', composite: 0.25 }],
    ['unscored', UNSCORED],
  ])('a missing score under the policy %s', (missing, outcome) => {
    for (const score of ['unscored', 'error', 'absent'] as const) {
      expect(composite([{ score: 1 }, { score, weight: 3 }], missing)).toEqual(outcome);
    }
  });

  it('does not miss what only measures', () => {
    const given: Given[] = [{ score: 1 }, { score: 'unscored', role: 'measures', weight: 9 }];
    for (const missing of ['renormalise', 'zero', 'unscored'] as const) {
      expect(composite(given, missing)).toEqual({ status: 'pass', composite: 1 });
    }
  });

  it('lets the policy decide of a gate that is missing', () => {
    const given: Given[] = [
      { score: 'error', gate: true },
      { score: 1, weight: 9 },
    ];
    expect(composite(given, 'renormalise')).toEqual({ status: 'pass', composite: 1 });
    expect(composite(given, 'zero')).toEqual({ status: 'fail', composite: 0.9 });
    expect(composite(given, 'unscored')).toEqual(UNSCORED);
  });

  it('does not fail by a rounding error', () => {
    const tenths = Array.from({ length: 3 }, (): Given => ({ score: 0.1, weight: 0.1 }));
    expect(composite(tenths, 'renormalise', 0.1).status).toBe('pass');
    expect(
      composite(
        [
          { score: 0.7, weight: 0.1 },
          { score: 0.9, weight: 0.1 },
        ],
        'renormalise',
        0.8,
      ).status,
    ).toBe('pass');
    expect(composite([{ score: 0.79999 }], 'renormalise', 0.8).status).toBe('fail');
  });

  it('is between the least and the greatest score, whatever the unit of the weights', () => {
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    const given = fc.array(fc.record({ score, weight: fc.double({ min: 0.001, max: 1000, noNaN: true }) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(given, fc.double({ min: 0.01, max: 100, noNaN: true }), (metrics, unit) => {
        const { composite: value } = composite(metrics);
        const scores = metrics.map((metric) => metric.score);
        expect(value).toBeGreaterThanOrEqual(Math.min(...scores) - 1e-12);
        expect(value).toBeLessThanOrEqual(Math.max(...scores) + 1e-12);
        const scaled = composite(metrics.map((metric) => ({ ...metric, weight: metric.weight * unit })));
        expect(scaled.composite).toBeCloseTo(value ?? -1, 10);
      }),
    );
  });
});
