import * as z from 'zod';
import type { MetricDefinition } from '../metric.ts';
import { defineJudged, type JudgedKind, type JudgedOptions } from './judgedMetric.ts';
import { readRubric } from './readRubric.ts';

const criteria = z.string().trim().min(1);

type Rubric = { readonly criteria: string };

export const rubric = defineJudged<Rubric>({
  kind: 'rubric',
  family: 'judge',
  summary: 'A judge says whether the output meets criteria in words, and how well, 0..1.',
  source: 'Own prompt; pass, score and reason as model-graded rubrics of other tools have them.',
  shorthand: 'criteria',
  saysPass: true,
  fields: () => ({ criteria: criteria.meta({ description: 'What a good output is like.' }) }),
  vars: ({ criteria: text }) => ({ criteria: text }),
  read: readRubric,
});

/** A rubric whose criteria are given; a suite may add words of its own. */
export function presetRubric(
  kind: string,
  summary: string,
  preset: string,
  more: Partial<Pick<JudgedKind<JudgedOptions>, 'needs' | 'family' | 'prompt'>> = {},
): MetricDefinition {
  return defineJudged<Partial<Rubric>>({
    kind,
    family: 'judge',
    summary,
    source: 'Own criteria, judged as a rubric.',
    shorthand: 'criteria',
    prompt: 'rubric',
    saysPass: true,
    fields: () => ({ criteria: criteria.optional().meta({ description: 'Further criteria, in words.' }) }),
    vars: ({ criteria: own }) => ({ criteria: own === undefined ? preset : `${preset}\n${own}` }),
    read: readRubric,
    ...more,
  });
}
