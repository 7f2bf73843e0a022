import * as z from 'zod';
import type { MetricDefinition } from '../metric.ts';
import { labelMetric, type RunNumber } from './labelMetric.ts';
import { type LabelReader, labelFields } from './labelPair.ts';
import {
  AVERAGES,
  type Average,
  averaged,
  balancedAccuracy,
  type ClassScore,
  fBetaOf,
  kappaOf,
  matthews,
  precisionOf,
  recallOf,
} from './labelScores.ts';

const NAMELESS = 'An answer that names no class is a miss of the expected one and counts against no other.';
const LIMIT = 'No value for more than 5,000 classes.';

const plainOptions = () => z.strictObject(labelFields);

const averageFields = {
  ...labelFields,
  average: z.enum(AVERAGES).optional().meta({
    description:
      'Over the classes: macro (default), their mean; weighted, by how often each is expected; micro, all together; binary, only `positive`.',
  }),
  positive: z.union([z.string(), z.number(), z.boolean()]).optional().meta({
    description: 'The class that counts where only one does; makes the average binary.',
  }),
};
const averageOptions = () => z.strictObject(averageFields);

export const accuracy = labelMetric({
  kind: 'accuracy',
  summary: 'The share of right classes.',
  range: [0, 1],
  source: `Right by all; an answer that names no class is wrong. ${LIMIT}`,
  options: plainOptions,
  prepare: () => ({ parts: {}, value: ({ right, total }) => right / total }),
});

export const balanced = labelMetric({
  kind: 'balanced-accuracy',
  summary: 'The mean recall of the classes that are expected: rare ones count as much as common ones.',
  range: [0, 1],
  source: `balanced_accuracy_score of scikit-learn 1.9. ${NAMELESS} ${LIMIT}`,
  options: plainOptions,
  prepare: () => ({ parts: {}, value: balancedAccuracy }),
});

export const precision = averagedMetric(
  'precision',
  'Of the answers that name a class, the share that is right.',
  precisionOf,
);
export const recall = averagedMetric('recall', 'Of the samples of a class, the share that is recognised.', recallOf);

export const fBeta = labelMetric({
  kind: 'f-beta',
  summary: 'Precision and recall of the classes in one number; F1 by default.',
  range: [0, 1],
  source: sourceOf('fbeta_score'),
  options: () =>
    z.strictObject({
      ...averageFields,
      beta: z.number().gt(0).max(100).optional().meta({
        description: 'How much more recall counts than precision; by default 1.',
      }),
    }),
  prepare: ({ beta = 1, ...options }, reader) => overClasses(options, reader, fBetaOf(beta), { beta }),
});

export const mcc = labelMetric({
  kind: 'mcc',
  summary: "Matthews' correlation of expected and answered classes: 0 is chance, 1 perfect.",
  range: [-1, 1],
  source: `matthews_corrcoef of scikit-learn 1.9, for any number of classes; 0 when either side has one class only. Answers that name no class are a class of their own. ${LIMIT}`,
  options: plainOptions,
  prepare: () => ({ parts: {}, value: matthews }),
});

export const kappa = labelMetric({
  kind: 'cohen-kappa',
  summary: "Cohen's kappa of expected and answered classes: agreement beyond that of chance.",
  range: [-1, 1],
  source: `cohen_kappa_score of scikit-learn 1.9, unweighted; no value when chance alone would always agree. Answers that name no class are a class of their own. ${LIMIT}`,
  options: plainOptions,
  prepare: () => ({ parts: {}, value: kappaOf }),
});

function averagedMetric(kind: string, summary: string, score: ClassScore): MetricDefinition {
  return labelMetric({
    kind,
    summary,
    range: [0, 1],
    source: sourceOf(`${kind}_score`),
    options: averageOptions,
    prepare: (options, reader) => overClasses(options, reader, score, {}),
  });
}

function sourceOf(name: string): string {
  return `${name} of scikit-learn 1.9 with zero_division 0: a class that is never expected, or never answered, has 0. ${NAMELESS} ${LIMIT}`;
}

function overClasses(
  {
    average: given,
    positive,
  }: { readonly average?: Average | undefined; readonly positive?: string | number | boolean | undefined },
  { normalise, classes }: LabelReader,
  score: ClassScore,
  parts: { readonly [name: string]: unknown },
): RunNumber | { readonly error: string } {
  const average = given ?? (positive === undefined ? 'macro' : 'binary');
  if (average === 'binary' && positive === undefined)
    return { error: 'The average `binary` needs a `positive` class.' };
  if (average !== 'binary' && positive !== undefined)
    return { error: `\`positive\` names one class, but the average is \`${average}\`: leave one of the two out.` };
  const only = positive === undefined ? undefined : normalise(positive);
  if (only !== undefined && classes !== null && !classes.includes(only))
    return { error: `The \`positive\` class ${only} is none of the \`labels\`.` };
  const counting = only === undefined ? classes : [only];
  return {
    parts: { average, positive: only, ...parts, zero: 0 },
    value: (sums) => averaged(sums, score, average, counting),
  };
}
