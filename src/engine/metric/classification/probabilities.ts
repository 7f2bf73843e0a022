import * as z from 'zod';
import { binOf } from '../../stats/agreement/calibration.ts';
import { defineMetric } from '../defineMetric.ts';
import type { CorpusTotals, MetricDefinition, MetricInput } from '../metric.ts';
import { signature } from '../signature.ts';
import { digits } from '../words.ts';
import { KeptPairs } from './keptPairs.ts';
import {
  type ProbabilityOptions,
  type ProbabilityPair,
  probabilityFields,
  probabilityPair,
  type ReadProbability,
} from './probabilityPair.ts';
import { areaUnderPrecision, areaUnderRoc } from './rankedArea.ts';

const PLACE = 'The probability is the value at `path`, or the output itself. Samples without one are unscored.';
const RANKED = `No value when only one kind of sample occurs, and for more than 500,000 samples. A sample's own value is the probability of what was the case.`;
const plain = () => z.strictObject(probabilityFields);

export const brier = probabilityMetric({
  kind: 'brier',
  summary: 'Brier score: the mean squared distance of a probability from what was the case.',
  direction: 'lower',
  range: [0, 1],
  source: `Brier (1950), Mon. Weather Rev. 78(1), 1-3, as brier_score_loss of scikit-learn 1.9. ${PLACE}`,
  options: plain,
  value: ({ probability, isPositive }) => (probability - (isPositive ? 1 : 0)) ** 2,
});

export const logLoss = probabilityMetric({
  kind: 'log-loss',
  summary: 'Log loss: how surprising what was the case is by the probability; certainty that is wrong costs most.',
  direction: 'lower',
  range: [0, null],
  source: `Mean negative natural logarithm, as log_loss of scikit-learn 1.9; probabilities are kept 2^-52 off 0 and 1. ${PLACE}`,
  options: plain,
  value: (pair) => -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, ofTruth(pair)))),
});

export const ece = probabilityMetric({
  kind: 'ece',
  summary: 'Expected calibration error: how far probabilities are from the share of cases in which it was so.',
  direction: 'lower',
  range: [0, 1],
  source: `Naeini, Cooper and Hauskrecht (2015), AAAI 29, 2901-2907; bins of equal width, (low, high]. A sample's own value is the distance of its probability from what was the case. ${PLACE}`,
  options: () =>
    z.strictObject({
      ...probabilityFields,
      bins: z.int().min(1).max(1000).optional().meta({ description: 'By default 10.' }),
    }),
  parts: ({ bins = 10 }) => ({ bins }),
  value: (pair) => 1 - ofTruth(pair),
  corpus: (read, { bins = 10 }) => calibration(read, bins),
});

export const rocAuc = probabilityMetric({
  kind: 'roc-auc',
  summary: 'How often a positive sample has a higher probability than a negative one; ties count half.',
  direction: 'higher',
  range: [0, 1],
  source: `roc_auc_score of scikit-learn 1.9. ${RANKED} ${PLACE}`,
  options: plain,
  value: ofTruth,
  corpus: (read) => ranked(read, areaUnderRoc),
});

export const prAuc = probabilityMetric({
  kind: 'pr-auc',
  summary: 'Precision over all recalls as the threshold falls; for positives that are rare.',
  direction: 'higher',
  range: [0, 1],
  source: `average_precision_score of scikit-learn 1.9. ${RANKED} ${PLACE}`,
  options: plain,
  value: ofTruth,
  corpus: (read) => ranked(read, areaUnderPrecision),
});

function probabilityMetric<Options extends ProbabilityOptions>(given: {
  readonly kind: string;
  readonly summary: string;
  readonly direction: 'higher' | 'lower';
  readonly range: readonly [number, number | null];
  readonly source: string;
  readonly options: () => z.ZodType<Options>;
  readonly parts?: (options: Options) => { readonly [name: string]: unknown };
  /** Of one sample. */
  readonly value: (pair: ProbabilityPair) => number;
  /** Of a run; by default the mean. */
  readonly corpus?: (read: ReadProbability, options: Options) => () => CorpusTotals;
}): MetricDefinition {
  const { kind, summary, direction, range, source, options, parts, value, corpus } = given;
  return defineMetric({
    kind,
    family: 'classification',
    summary,
    direction,
    level: corpus === undefined ? 'row' : 'corpus',
    range,
    source,
    options,
    create: (chosen) => {
      const read = probabilityPair(chosen);
      if ('error' in read) return read;
      const { path, expected, positive } = chosen;
      return {
        signature: signature(kind, { path, expected, positive, ...parts?.(chosen) }),
        role: 'measures',
        score: (input) => {
          const pair = read(input);
          if ('outcome' in pair) return pair.outcome;
          const number = value(pair);
          const said = `Probability ${pair.probability}, and it was ${pair.isPositive ? '' : 'not '}so: ${digits(number)}.`;
          return { outcome: 'scored', value: number, score: null, passed: null, reason: said };
        },
        ...(corpus === undefined ? {} : { corpus: corpus(read, chosen) }),
      };
    },
  });
}

function ofTruth({ probability, isPositive }: ProbabilityPair): number {
  return isPositive ? probability : 1 - probability;
}

function calibration(read: ReadProbability, bins: number): () => CorpusTotals {
  return () => {
    const sums = Array.from({ length: bins }, () => ({ probability: 0, positive: 0 }));
    let n = 0;
    return {
      add: (input: MetricInput) => {
        const pair = read(input);
        const bin = 'probability' in pair ? sums[binOf(pair.probability, bins)] : undefined;
        if (bin === undefined || !('probability' in pair)) return;
        n += 1;
        bin.probability += pair.probability;
        if (pair.isPositive) bin.positive += 1;
      },
      value: () =>
        n === 0 ? null : sums.reduce((sum, { probability, positive }) => sum + Math.abs(probability - positive), 0) / n,
    };
  };
}

function ranked(
  read: ReadProbability,
  area: (probabilities: readonly number[], positives: readonly number[]) => number | null,
): () => CorpusTotals {
  return () => {
    const pairs = new KeptPairs();
    return {
      add: (input: MetricInput) => {
        const pair = read(input);
        if ('probability' in pair) pairs.add(pair.probability, pair.isPositive ? 1 : 0);
      },
      value: () => {
        const kept = pairs.get();
        return kept === null ? null : area(kept.first, kept.second);
      },
    };
  };
}
