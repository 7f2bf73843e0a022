import * as z from 'zod';
import { humanOutcome } from '../../rating/humanOutcome.ts';
import type { RatingForm } from '../../rating/rating.ts';
import { isRange, MOST_STEPS, type Scale, scaleName } from '../../rating/scale.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition } from '../metric.ts';
import { signature } from '../signature.ts';

const USUAL: Scale = [1, 5];

const scale = z.union([
  z.enum(['yes-no', 'prefer']),
  z.tuple([z.int().min(0).max(100), z.int().min(1).max(100)]).refine(([min, max]) => isRange(min, max), {
    error: `it is the worst and the best of at most ${MOST_STEPS} whole numbers, such as [1, 5]`,
  }),
]);

const options = () =>
  z
    .strictObject({
      scale: scale.optional().meta({
        description:
          'What a rater may say: [1, 5], yes-no, or prefer, which asks for the better of two answers. By default [1, 5].',
      }),
      criteria: z
        .record(z.string().trim().min(1).max(60), scale)
        .optional()
        .meta({ description: 'Instead of one scale, several by name: { tone: [1, 5], correct: yes-no }.' }),
      instructions: z
        .string()
        .trim()
        .min(1)
        .optional()
        .meta({ description: 'What raters are to look at; stands above every answer that they rate.' }),
      threshold: z
        .number()
        .gt(0)
        .max(1)
        .optional()
        .meta({ description: 'Passes at or above it, 0..1 of the scale. Without it a rating cannot fail an answer.' }),
    })
    .refine(({ scale: one, criteria }) => one === undefined || criteria === undefined, {
      error: 'give `scale` or `criteria`, not both',
    })
    .refine(({ criteria }) => criteria === undefined || Object.keys(criteria).length > 0, {
      error: '`criteria` names none',
    })
    .refine(({ criteria }) => !Object.values(criteria ?? {}).includes('prefer'), {
      error: 'a criterion cannot be `prefer`: give it as the `scale` of a metric of its own',
    });

const human = defineMetric({
  kind: 'human',
  family: 'human',
  summary:
    'What people say of an answer, in the results or in the review queue. Until somebody has rated it, it is unscored and nothing stands in for it.',
  direction: 'higher',
  level: 'row',
  range: [0, 100],
  source: "The mean of each rater's last rating, on the scale; with several criteria the mean of their 0..1.",
  options,
  shorthand: 'scale',
  usesRatings: true,
  create: ({ scale: single = USUAL, criteria, instructions, threshold }, { name, tools }) => {
    const scales: [string, Scale][] = criteria === undefined ? [['', single]] : Object.entries(criteria);
    const form: RatingForm = {
      criteria: scales.map(([criterion, one]) => ({ name: criterion, scale: one })),
      instructions: instructions ?? null,
      threshold: threshold ?? null,
    };
    const named = scales.map(([criterion, one]) => `${criterion === '' ? '' : `${criterion}=`}${scaleName(one)}`);
    return {
      signature: signature('human', { scale: named.join(',') }),
      role: threshold === undefined ? 'grades' : 'decides',
      form,
      score: ({ testCase, output, response: { toolCalls } }) =>
        humanOutcome(tools.ratingsOf(testCase, { output, toolCalls }, name), form),
    };
  },
});

export const HUMAN_METRICS: readonly MetricDefinition[] = [human];
