import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compositeOf } from '../../../../src/engine/metric/composite/composite.ts';
import { compositeParts } from '../../../../src/engine/metric/composite/compositeParts.ts';
import { COMPOSITE_MEANS, type CompositePolicy } from '../../../../src/engine/metric/composite/compositePolicy.ts';
import { readFormula } from '../../../../src/engine/metric/composite/formula.ts';
import { weightedMean } from '../../../../src/engine/metric/composite/weightedMean.ts';
import { createMetric } from '../../../../src/engine/metric/createMetric.ts';
import type { Metric, Normalisation, Score } from '../../../../src/engine/metric/metric.ts';
import { metricDefinition } from '../../../../src/engine/metric/registry.ts';
import { inputOf, PLAIN, valueIn } from './scoring.ts';

type Given = { readonly [metric: string]: number | 'unscored' };
type Weights = { readonly [metric: string]: Partial<Pick<Metric, 'weight' | 'gate' | 'role'>> };

function scored(given: Given, weights: Weights = {}) {
  const metrics = Object.keys(given).map((name) => ({ name, weight: 1, gate: false, ...weights[name] }));
  const scores = Object.entries(given).map(([metric, value]): Score => {
    const base = { metric, signature: 's', reason: '' };
    if (value === 'unscored') return { ...base, outcome: 'unscored' };
    return { ...base, outcome: 'scored', value, score: value, passed: value >= 0.5 };
  });
  return { scores, metrics };
}

function composite(given: Given, policy: Partial<CompositePolicy>, weights: Weights = {}) {
  const { scores, metrics } = scored(given, weights);
  return compositeOf(scores, metrics, { threshold: 0.5, missing: 'renormalise', ...policy }, []).composite;
}

const part = fc.record({
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  weight: fc.double({ min: 0.01, max: 100, noNaN: true }),
});
const parts = fc.array(part, { minLength: 1, maxLength: 8 });

describe('means', () => {
  it.each([
    ['arithmetic', 0.625],
    ['geometric', Math.exp((3 * Math.log(0.5) + Math.log(1)) / 4)],
    ['harmonic', 4 / (3 / 0.5 + 1)],
    ['min', 0.5],
  ] as const)('%s of 0.5 (weight 3) and 1', (mean, value) => {
    expect(composite({ a: 0.5, b: 1 }, { mean }, { a: { weight: 3 } })).toBeCloseTo(value, 12);
  });

  it('a score of 0 makes all but the arithmetic mean 0', () => {
    const values = COMPOSITE_MEANS.map((mean) => composite({ a: 0, b: 1 }, { mean }));
    expect(values).toEqual([0.5, 0, 0, 0]);
  });

  it('least <= harmonic <= geometric <= arithmetic <= largest', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const [arithmetic, geometric, harmonic, min] = COMPOSITE_MEANS.map((mean) => weightedMean(given, mean));
        const order = [min, harmonic, geometric, arithmetic, Math.max(...given.map(({ score }) => score))];
        for (const [index, value] of order.entries())
          expect(value).toBeLessThanOrEqual((order[index + 1] ?? 1) + 1e-12);
      }),
    );
  });

  it('a better score never makes it worse, and the order does not count', () => {
    fc.assert(
      fc.property(parts, fc.nat(7), fc.double({ min: 0, max: 1, noNaN: true }), (given, at, more) => {
        const better = given.map((one, index) =>
          index === at % given.length ? { ...one, score: Math.max(one.score, more) } : one,
        );
        for (const mean of COMPOSITE_MEANS) {
          const value = weightedMean(given, mean);
          expect(weightedMean(better, mean)).toBeGreaterThanOrEqual(value - 1e-12);
          expect(weightedMean(given.toReversed(), mean)).toBeCloseTo(value, 10);
        }
      }),
    );
  });
});

describe('formula', () => {
  const given = { equals: 1, 'rouge-l': 0.4, rouge: 0.2, bleu: 0.8 };
  it.each([
    ['0.6 * equals + 0.4 * max(rouge-l, bleu)', 0.92],
    ['(equals + rouge-l) / 2', 0.7],
    ['equals - rouge-l - rouge', 0.4],
    ['equals - rouge', 0.8],
    ['mean(equals, bleu, min(rouge, .5))', 2 / 3],
    ['-rouge + 1', 0.8],
    ['1 - -rouge * 1e-1', 1],
    ['`rouge-l`*2', 0.8],
    ['equals * 3', 1],
    ['0 - equals', 0],
    ['1 / (equals - equals)', null],
  ])('%s', (formula, value) => {
    const found = composite(given, { formula });
    if (value === null) expect(found).toBeNull();
    else expect(found).toBeCloseTo(value, 12);
  });

  it.each([
    ['equals +', 8, 'ends too early'],
    ['equals equals', 7, 'not expected'],
    ['2 * nothing', 4, 'no metric named `nothing`'],
    ['max(equals', 10, '`)` is missing'],
    ['max()', 4, 'not expected'],
    ['equals ; 1', 7, 'no meaning'],
    ['constructor(1)', 0, 'no metric named'],
    ['`no`', 0, 'no metric named `no`'],
    ['', 0, 'too early'],
    ['('.repeat(2000), 50, 'nested too deeply'],
  ])('%s is told at its place', (text, at, words) => {
    expect(readFormula(text, Object.keys(given))).toMatchObject({ at, error: expect.stringContaining(words) });
  });

  it('never throws, and reads what it wrote', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readFormula(text, ['a', 'b-c']);
      }),
    );
  });

  it('a metric that is missing in it makes the sample unscored, or counts 0; one that it does not name is not asked for', () => {
    const some = { a: 1, b: 'unscored', c: 'unscored' } as const;
    expect(composite(some, { formula: 'a' })).toBe(1);
    expect(composite(some, { formula: 'a', missing: 'unscored' })).toBe(1);
    expect(composite(some, { formula: 'a + b' })).toBeNull();
    expect(composite(some, { formula: '(a + b) / 2', missing: 'zero' })).toBe(0.5);
  });
});

describe('compositeParts', () => {
  it('adds up to the arithmetic mean', () => {
    fc.assert(
      fc.property(parts, (given) => {
        const names = Object.fromEntries(given.map(({ score }, index) => [`m${index}`, score]));
        const weights = Object.fromEntries(given.map(({ weight }, index) => [`m${index}`, { weight }]));
        const { scores, metrics } = scored(names, weights);
        const policy = { threshold: 0.5, missing: 'renormalise' } as const;
        const found = compositeParts(scores, metrics, policy, []);
        expect(found.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeCloseTo(1, 9);
        const sum = found.reduce((total, { adds }) => total + (adds ?? 0), 0);
        expect(sum).toBeCloseTo(compositeOf(scores, metrics, policy, []).composite ?? Number.NaN, 9);
      }),
    );
  });

  it('tells what is missing, what only measures, and what vetoes', () => {
    const { scores, metrics } = scored(
      { a: 0.2, b: 1, c: 'unscored', d: 0.9 },
      { a: { gate: true }, b: { weight: 3 }, d: { role: 'measures' } },
    );
    const policy = { threshold: 0.5, missing: 'renormalise' } as const;
    expect(compositeParts(scores, metrics, policy, [])).toEqual([
      { metric: 'a', state: 'counts', score: 0.2, share: 0.25, adds: 0.05, vetoes: true },
      { metric: 'b', state: 'counts', score: 1, share: 0.75, adds: 0.75, vetoes: false },
      { metric: 'c', state: 'missing', score: null, share: null, adds: null, vetoes: false },
      { metric: 'd', state: 'measures', score: null, share: null, adds: null, vetoes: false },
    ]);
    const [, , missing] = compositeParts(scores, metrics, { ...policy, missing: 'zero' }, []);
    expect(missing).toEqual({ metric: 'c', state: 'missing', score: 0, share: 0.2, adds: 0, vetoes: false });
    const byFormula = compositeParts(scores, metrics, { ...policy, formula: 'b' }, []);
    expect(byFormula.map(({ state, share }) => [state, share])).toEqual([
      ['measures', null],
      ['counts', null],
      ['measures', null],
      ['measures', null],
    ]);
  });
});

describe('normalise', () => {
  const metric = (kind: string, normalise: Normalisation, options: unknown = {}) => {
    const parsed = metricDefinition(kind)?.options().parse(options);
    const made = createMetric({ kind, name: kind, options: parsed, weight: 1, gate: false, normalise }, PLAIN);
    if ('error' in made) throw new Error(made.error);
    return made;
  };
  it.each([
    ['levenshtein', { worst: 4, best: 0 }, 'ab', 0.5],
    ['levenshtein', { worst: 2, best: 0 }, 'abcdef', 0],
    ['levenshtein', { worst: 0, best: 2 }, 'ab', 1],
    ['word-count', { worst: 0, best: 4 }, 'a b c', 0.75],
  ] as const)('%s %o of %s is %f, and the value stays', async (kind, scale, output, score) => {
    const plain = await metric(kind, { worst: 0, best: 1 }).score(inputOf(output, { expected: '' }));
    const outcome = await metric(kind, scale).score(inputOf(output, { expected: '' }));
    expect(outcome).toMatchObject({ outcome: 'scored', score, value: valueIn(plain) });
  });

  it('gives a metric that measured a part in the composite, and stands in the signature', () => {
    const { role, signature } = metric('levenshtein', { worst: 4, best: 0 });
    expect(role).toBe('grades');
    expect(signature).toMatch(/\|normalise:4\.\.0$/);
  });
});
