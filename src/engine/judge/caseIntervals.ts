import { type Confusion, confusionKappa, type Rate, trueFailRate, truePassRate } from '../stats/agreement/confusion.ts';
import { type CorrectedPassRate, correctedOf } from '../stats/agreement/correctedPassRate.ts';
import { percentileInterval } from '../stats/agreement/percentileInterval.ts';
import { normalQuantile } from '../stats/distribution.ts';
import { wilsonInterval } from '../stats/interval.ts';
import { seededRandom } from '../stats/random.ts';

/** What is known of one case: its answers in the run, and those that both judge and people spoke of. */
export type CaseCounts = {
  readonly judged: { passed: number; total: number };
  readonly confusion: { -readonly [name in keyof Confusion]: number };
};

export type CaseIntervals = {
  readonly kappa: { readonly low: number; readonly high: number } | null;
  readonly truePassRate: Rate | null;
  readonly trueFailRate: Rate | null;
  readonly corrected: CorrectedPassRate | null;
};

const RESAMPLES = 2000;
const CONFIDENCE = 0.95;

/**
 * The figures of a judge with intervals that take a case with all its answers: they are not independent of one another.
 *
 * Where a rate has no spread to resample, or is seldom defined, its interval is that of Wilson over as many cases.
 *
 * Source: the cluster bootstrap, Davison and Hinkley (1997), section 3.8; percentiles as elsewhere.
 */
export function caseIntervals(cases: readonly CaseCounts[], seed: number): CaseIntervals {
  const random = seededRandom(seed);
  const figures = { kappa: [] as number[], pass: [] as number[], fail: [] as number[], corrected: [] as number[] };
  const keep = (values: number[], value: number | null) => {
    if (value !== null) values.push(value);
  };
  for (let at = 0; at < RESAMPLES; at += 1) {
    const drawn = sumOf(cases.map(() => cases[Math.floor(random() * cases.length)] as CaseCounts));
    keep(figures.kappa, confusionKappa(drawn.confusion));
    keep(figures.pass, share(drawn.confusion.truePasses, drawn.confusion.falseFails));
    keep(figures.fail, share(drawn.confusion.trueFails, drawn.confusion.falsePasses));
    keep(figures.corrected, correctedOf(drawn.judged, drawn.confusion));
  }
  const interval = (values: readonly number[]) =>
    percentileInterval(values, { confidence: CONFIDENCE, resamples: RESAMPLES });
  const all = sumOf(cases);
  const corrected = correctedOf(all.judged, all.confusion);
  return {
    kappa: interval(figures.kappa),
    truePassRate: withInterval(
      truePassRate(all.confusion),
      interval(figures.pass),
      cases.filter(({ confusion }) => confusion.truePasses + confusion.falseFails > 0).length,
    ),
    trueFailRate: withInterval(
      trueFailRate(all.confusion),
      interval(figures.fail),
      cases.filter(({ confusion }) => confusion.trueFails + confusion.falsePasses > 0).length,
    ),
    corrected:
      corrected === null
        ? null
        : {
            observed: all.judged.passed / all.judged.total,
            corrected,
            interval: interval(figures.corrected),
            resamples: RESAMPLES,
            seed,
          },
  };
}

function withInterval(rate: Rate | null, interval: CaseIntervals['kappa'], cases: number): Rate | null {
  if (rate === null) return null;
  if (interval !== null && interval.low < interval.high) return { ...rate, ...interval };
  const [low, high] = wilsonInterval(Math.round(rate.rate * cases), cases, normalQuantile((1 + CONFIDENCE) / 2));
  return { ...rate, low: Math.min(low, rate.rate), high: Math.max(high, rate.rate) };
}

function sumOf(cases: readonly CaseCounts[]): CaseCounts {
  const sum = noCounts();
  for (const { judged, confusion } of cases) {
    sum.judged.passed += judged.passed;
    sum.judged.total += judged.total;
    sum.confusion.truePasses += confusion.truePasses;
    sum.confusion.falsePasses += confusion.falsePasses;
    sum.confusion.trueFails += confusion.trueFails;
    sum.confusion.falseFails += confusion.falseFails;
  }
  return sum;
}

export function noCounts(): CaseCounts {
  return {
    judged: { passed: 0, total: 0 },
    confusion: { truePasses: 0, falsePasses: 0, trueFails: 0, falseFails: 0 },
  };
}

function share(hits: number, misses: number): number | null {
  return hits + misses === 0 ? null : hits / (hits + misses);
}
