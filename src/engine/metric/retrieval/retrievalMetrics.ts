import * as z from 'zod';
import type { MetricDefinition } from '../metric.ts';
import { idFields, k } from './rankedIds.ts';
import { rankMetric } from './rankMetric.ts';
import { averagePrecision, hitsWithin, normalisedGain, reciprocalRank } from './rankScores.ts';

const { threshold: _, ...yesOrNo } = idFields;
const options = () => z.strictObject({ ...idFields, k: k.optional() });

const hit = rankMetric({
  kind: 'hit',
  summary: 'A relevant id is among the first k.',
  source: 'Hit rate, also called success at k.',
  options: () => z.strictObject({ ...yesOrNo, k: k.optional() }),
  isBinary: true,
  value: (retrieval, first) => (hitsWithin(retrieval, first) > 0 ? 1 : 0),
});

const precisionAtK = rankMetric({
  kind: 'precision-at-k',
  summary: 'Of the first k ids, the share that is relevant.',
  source: 'By k also where fewer were returned; without k by what was returned, and 0 where nothing was.',
  options,
  value: (retrieval, first) => hitsWithin(retrieval, first) / first,
});

const recallAtK = rankMetric({
  kind: 'recall-at-k',
  summary: 'Of the relevant ids, the share that is among the first k.',
  source: 'By all that are relevant, also where they are more than k.',
  options,
  value: (retrieval, first) => hitsWithin(retrieval, first) / retrieval.grades.size,
});

const f1AtK = rankMetric({
  kind: 'f1-at-k',
  summary: 'precision-at-k and recall-at-k in one number: their harmonic mean.',
  source: '2 hits / (k + relevant).',
  options,
  value: (retrieval, first) => (2 * hitsWithin(retrieval, first)) / (first + retrieval.grades.size),
});

const mrr = rankMetric({
  kind: 'mrr',
  summary: 'How early the first relevant id comes: 1 by its rank. The mean of a run is MRR.',
  source: 'Voorhees (1999), TREC-8, 77-82; 0 where none is within k.',
  options,
  value: reciprocalRank,
});

const average = rankMetric({
  kind: 'average-precision',
  summary: 'Precision at every relevant id that was found, by all that are relevant. The mean of a run is MAP.',
  source: 'Buckley and Voorhees (2000), SIGIR, 33-40; cut at k as map_cut of trec_eval.',
  options,
  value: averagePrecision,
});

const ndcg = rankMetric({
  kind: 'ndcg',
  summary: 'How near the order is to the best one, by the grades of the ids: normalised discounted cumulative gain.',
  source:
    'Järvelin and Kekäläinen (2002), ACM TOIS 20(4), 422-446: gain by log2(rank + 1), by that of the best order of all relevant ids.',
  options: () =>
    z.strictObject({
      ...idFields,
      k: k.optional(),
      gain: z.enum(['linear', 'exponential']).optional().meta({
        description: 'linear (default): the grade; exponential: 2^grade - 1.',
      }),
    }),
  parts: ({ gain = 'linear' }) => ({ gain }),
  value: (retrieval, first, { k: cut, gain = 'linear' }) =>
    normalisedGain(retrieval, cut === undefined ? Infinity : first, gain),
});

const rPrecision = rankMetric({
  kind: 'r-precision',
  summary: 'Precision at as many ids as are relevant: 1 when all that is relevant comes first.',
  source: 'trec_eval, Rprec.',
  options: () => z.strictObject(idFields),
  value: (retrieval) => hitsWithin(retrieval, retrieval.grades.size) / retrieval.grades.size,
});

export const RETRIEVAL_METRICS: readonly MetricDefinition[] = [
  hit,
  precisionAtK,
  recallAtK,
  f1AtK,
  mrr,
  average,
  ndcg,
  rPrecision,
];
