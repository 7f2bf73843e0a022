import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { CorpusTotals, MetricDefinition, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { numberPair, type ReadNumberPair } from '../structured/numberPair.ts';
import { digits } from '../words.ts';
import { finite, numberWords, scoreNearness } from './finiteNumbers.ts';
import { type PairSums, RunningPairs } from './runningPairs.ts';

const READING = 'The number is the value at `path`, or the last one in a text. Samples without one are unscored.';
const NEARNESS = "A sample's own value is how near its number is, as `numeric-diff` has it.";

const errorOptions = () => z.strictObject({ path: fields.path, expected: fields.expected, max: fields.max });

export const mae = defineMetric({
  kind: 'mae',
  family: 'classification',
  summary: 'Mean absolute error: how far the numbers are off.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: `mean_absolute_error of scikit-learn 1.9. ${READING}`,
  options: errorOptions,
  shorthand: 'expected',
  create: ({ max, ...options }) => {
    const read = numberPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('mae', { path: options.path, expected: options.expected }),
      role: max === undefined ? 'measures' : 'decides',
      score: (input) => scoreError(read(input), max),
    };
  },
});

export const mape = defineMetric({
  kind: 'mape',
  family: 'classification',
  summary: 'Mean absolute percentage error: how far the numbers are off, by the expected ones; 0.1 is 10 %.',
  direction: 'lower',
  level: 'row',
  range: [0, null],
  source: `mean_absolute_percentage_error of scikit-learn 1.9, but for an expected 0, which is unscored. ${READING}`,
  options: errorOptions,
  shorthand: 'expected',
  create: ({ max, ...options }) => {
    const read = numberPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('mape', { path: options.path, expected: options.expected }),
      role: max === undefined ? 'measures' : 'decides',
      score: (input) => scoreShare(read(input), max),
    };
  },
});

export const rmse = defineMetric({
  kind: 'rmse',
  family: 'classification',
  summary: 'Root mean squared error: as mae, but numbers that are far off count for more.',
  direction: 'lower',
  level: 'corpus',
  range: [0, null],
  source: `root_mean_squared_error of scikit-learn 1.9. A sample's own value is how far it is off. ${READING}`,
  options: errorOptions,
  shorthand: 'expected',
  create: ({ max, ...options }) => {
    const read = numberPair(options);
    if ('error' in read) return read;
    return {
      signature: signature('rmse', { path: options.path, expected: options.expected }),
      role: max === undefined ? 'measures' : 'decides',
      score: (input) => scoreError(read(input), max),
      corpus: overRun(read, ({ n, squaredErrors }) => Math.sqrt(squaredErrors / n)),
    };
  },
});

export const r2 = correlation(
  'r2',
  'The share of the variance of the expected numbers that the answers explain: 1 is perfect, 0 as good as their mean.',
  [-Infinity, 1],
  'r2_score of scikit-learn 1.9; no value when the expected numbers are all the same.',
  ({ squaredErrors, expectedSpread }) => (expectedSpread === 0 ? null : 1 - squaredErrors / expectedSpread),
);

export const pearson = correlation(
  'pearson',
  'Correlation of the expected numbers and the answers: whether they lie on a line.',
  [-1, 1],
  'pearsonr of SciPy 1.17; no value when either side does not vary.',
  ({ valueSpread, expectedSpread, product }) =>
    valueSpread === 0 || expectedSpread === 0
      ? null
      : Math.max(-1, Math.min(1, product / Math.sqrt(valueSpread) / Math.sqrt(expectedSpread))),
);

function correlation(
  kind: string,
  summary: string,
  range: readonly [number, number],
  source: string,
  value: (sums: PairSums) => number | null,
): MetricDefinition {
  return defineMetric({
    kind,
    family: 'classification',
    summary,
    direction: 'higher',
    level: 'corpus',
    range,
    source: `${source} ${NEARNESS} ${READING}`,
    options: () => z.strictObject({ path: fields.path, expected: fields.expected }),
    shorthand: 'expected',
    create: (options) => {
      const read = numberPair(options);
      if ('error' in read) return read;
      return {
        signature: signature(kind, options),
        role: 'measures',
        score: (input) => scoreNearness(read(input)),
        corpus: overRun(read, value),
      };
    },
  });
}

function scoreError(pair: ReturnType<ReadNumberPair>, max: number | undefined): ScoreOutcome {
  const numbers = finite(pair);
  if ('outcome' in numbers) return numbers.outcome;
  const value = Math.abs(numbers.value - numbers.expected);
  return upTo(value, max, `${digits(value)} off: ${numberWords(numbers)}`);
}

function scoreShare(pair: ReturnType<ReadNumberPair>, max: number | undefined): ScoreOutcome {
  const numbers = finite(pair);
  if ('outcome' in numbers) return numbers.outcome;
  const value = Math.abs(numbers.value - numbers.expected) / Math.abs(numbers.expected);
  if (!Number.isFinite(value)) return unscored('There is no share of an expected 0.');
  return upTo(value, max, `Off by ${digits(value)} of the expected: ${numberWords(numbers)}`);
}

function upTo(value: number, max: number | undefined, said: string): ScoreOutcome {
  if (max === undefined) return { outcome: 'scored', value, score: null, passed: null, reason: `${said}.` };
  const passed = value <= max;
  const reason = `${said}; ${passed ? 'within' : 'over'} the limit of ${digits(max)}.`;
  return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
}

function overRun(read: ReadNumberPair, value: (sums: PairSums) => number | null): () => CorpusTotals {
  return () => {
    const pairs = new RunningPairs();
    return {
      add: (input) => {
        const numbers = finite(read(input));
        if ('value' in numbers) pairs.add(numbers.value, numbers.expected);
      },
      value: () => (pairs.sums.n === 0 ? null : value(pairs.sums)),
    };
  };
}
