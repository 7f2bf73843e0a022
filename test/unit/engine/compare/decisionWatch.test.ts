import { describe, expect, it } from 'vitest';
import type { Baseline } from '../../../../src/engine/compare/baseline.ts';
import type { ComparedSample } from '../../../../src/engine/compare/caseResults.ts';
import { CaseResults } from '../../../../src/engine/compare/caseResults.ts';
import { type ComparePolicy, DEFAULT_COMPARE } from '../../../../src/engine/compare/comparePolicy.ts';
import { compareToBaseline } from '../../../../src/engine/compare/compareToBaseline.ts';
import { DecisionWatch } from '../../../../src/engine/compare/decisionWatch.ts';
import { seededRandom } from '../../../../src/engine/stats/random.ts';
import { nextLook } from '../../../../src/engine/stats/sequential/nextLook.ts';
import { turnOf } from '../../../../src/engine/stats/sequential/turnOf.ts';
import { header, summary, variant } from '../../node/store/sampleRun.ts';

const CASES = 200;
const POLICY: ComparePolicy = { ...DEFAULT_COMPARE, isSequential: true };
const HEADER = header('run', { selection: { cases: CASES } });
const order = Array.from({ length: CASES }, (_, index) => index).sort((a, b) => turnOf(a) - turnOf(b));
const caseIds = order.map((index) => `c${index}`);

/** Every case of the baseline has this composite. */
function baseline(composite: number, variants = HEADER.variants): Baseline {
  const cases = Object.fromEntries(caseIds.map((id) => [id, { pass: 1, composite, scores: {}, content: 'same' }]));
  return {
    suite: HEADER.suite,
    variants: variants.map(({ prompt, promptVersion, model, params, signatures }) => {
      return { prompt, promptVersion, model, params, metrics: signatures, cases };
    }),
  };
}

function sample(at: number, composite: number | null, variantId = 'v1'): ComparedSample {
  const caseIndex = order[at] ?? 0;
  return { variantId, caseId: `c${caseIndex}`, caseIndex, status: composite === null ? 'error' : 'pass', composite };
}

const watch = (part: Partial<ConstructorParameters<typeof DecisionWatch>[0]> = {}) =>
  new DecisionWatch({
    ...{ header: HEADER, baseline: baseline(0.2), policy: POLICY, caseIds, contents: new Map() },
    ...part,
  });

function feed(to: DecisionWatch, samples: readonly ComparedSample[]): (number | null)[] {
  return samples.map((one) => {
    to.add(one);
    return to.decidedAfter;
  });
}

describe('DecisionWatch', () => {
  const gains = Array.from({ length: CASES }, (_, at) => sample(at, 1));
  const look = nextLook(new Array<number>(CASES).fill(0.8), { confidence: 0.95, margin: 0, cases: CASES });
  const after = look.state === 'decided' ? look.after : 0;

  it('decides when the test does, and says after how many cases', () => {
    const seen = feed(watch(), gains);
    expect(seen.indexOf(after)).toBe(after - 1);
    expect(new Set(seen)).toEqual(new Set([null, after]));
  });

  it('looks at no case before all that were asked for earlier have finished', () => {
    const [first, ...others] = gains as [ComparedSample, ...ComparedSample[]];
    const watched = watch();
    expect(feed(watched, others.slice(0, 50)).every((one) => one === null)).toBe(true);
    watched.add(first);
    expect(watched.decidedAfter).toBe(after);
  });

  it('counts cases that cannot be compared, and learns nothing from them', () => {
    const failed = [sample(0, null), sample(1, null)];
    expect(feed(watch(), [...failed, ...gains.slice(2)]).at(-1)).toBe(after + 2);
    const contents = new Map(caseIds.map((id) => [id, { content: 'another' }]));
    expect(feed(watch({ contents }), gains).at(-1)).toBeNull();
  });

  it('waits for every repeat of a case, and takes what they come to', () => {
    const twice = watch({ header: { ...HEADER, repeats: 2 } });
    feed(twice, gains);
    expect(twice.decidedAfter).toBeNull();
    feed(twice, gains);
    expect(twice.decidedAfter).toBe(after);
  });

  it('waits for every variant, each judged more strictly; one without a partner does not hold the others up', () => {
    const two = header('run', { variants: [variant('v1'), variant('v2', { prompt: 'prompts/other.prompt' })] });
    const watched = watch({ header: two, baseline: baseline(0.2, two.variants) });
    feed(watched, gains);
    expect(watched.decidedAfter).toBeNull();
    feed(
      watched,
      gains.map((one) => ({ ...one, variantId: 'v2' })),
    );
    expect(watched.decidedAfter).toBeGreaterThan(after);
    expect(feed(watch({ header: two }), gains).at(-1)).toBe(after);
    expect(feed(watch({ baseline: { suite: '', variants: [] } }), gains).at(-1)).toBeNull();
  });

  it('agrees with the verdict of the comparison, whatever came; without a difference it seldom decides', () => {
    const random = seededRandom(5);
    let [decided, runs] = [0, 0];
    for (const shift of [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.15, -0.15]) {
      const samples = caseIds.map((_, at) =>
        sample(at, Math.max(0, Math.min(1, 0.5 + shift + (random() - 0.5) * 0.8))),
      );
      const watched = watch({ baseline: baseline(0.5) });
      feed(watched, samples);
      const results = CaseResults.of(samples.slice(0, watched.decidedAfter ?? CASES));
      const [compared] = compareToBaseline(summary(HEADER), results, baseline(0.5), POLICY).variants;
      expect(compared?.composite?.verdict).toMatchObject({ test: 'betting' });
      expect(compared?.composite?.verdict.word === 'inconclusive').toBe(watched.decidedAfter === null);
      if (shift !== 0) expect(compared?.composite?.verdict.word).toBe(shift > 0 ? 'better' : 'worse');
      else {
        runs += 1;
        if (watched.decidedAfter !== null) decided += 1;
      }
    }
    expect(decided / runs).toBeLessThanOrEqual(0.1);
  });
});

describe('turnOf', () => {
  it('gives every position another turn, and no part of the dataset its own', () => {
    const turns = Array.from({ length: 100_000 }, (_, index) => turnOf(index));
    expect(new Set(turns).size).toBe(turns.length);
    for (const part of [turns.slice(0, 1000), turns.slice(-1000), turns.filter((_, index) => index % 97 === 0)]) {
      const mean = part.reduce((sum, one) => sum + one / 2 ** 32, 0) / part.length;
      // Four standard errors of the mean of so many uniform numbers.
      expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / part.length));
    }
  });
});
