import * as z from 'zod';
import { WANTED_VERDICTS } from '../compare/verdict.ts';
import type { Json } from '../json.ts';
import { judgeOption } from '../judge/judgeOption.ts';
import { COMPOSITE_MEANS } from '../metric/composite/compositePolicy.ts';
import { REPEAT_PASSES, REPEAT_SCORES } from '../repeats/repeatPolicy.ts';
import { CORRECTIONS } from '../stats/correction.ts';
import { PAIRED_TESTS } from '../stats/pairedTest.ts';
import { PRESET_NAMES } from './presets.ts';

const name = z.string().trim().min(1);
const oneOrMore = z.union([name.transform((one) => [one]), z.array(name).min(1)]);
const json: z.ZodType<Json> = z.json();
const oneValue = json.refine((value) => !Array.isArray(value)).transform((one) => [one]);
const share = z.number().min(0).max(1);
const times = z.int().min(1).max(1000);

/** The keys of a `*.eval.yaml` file. `metrics` has a syntax of its own: metricEntry.ts. */
export const suiteShape = z.strictObject({
  $schema: z.string().optional(),
  name: name.optional().meta({ description: 'How the suite is called; by default, its file name.' }),
  prompts: oneOrMore.meta({ description: 'Prompt files, relative to this file.' }),
  models: oneOrMore.optional().meta({ description: "`provider/name` of each model; by default, each prompt's own." }),
  params: z
    .record(z.string(), z.union([z.array(json).min(1), oneValue]))
    .optional()
    .meta({ description: 'Model parameters over those of the prompt; lists multiply into variants.' }),
  data: name.meta({ description: 'The dataset (CSV, TSV, JSONL, JSON or YAML), relative to this file.' }),
  columns: z
    .strictObject({
      vars: z.record(z.string(), name).optional().meta({ description: 'Variable: column. Only these are variables.' }),
      expected: name.optional().meta({ description: 'The column with the expected output.' }),
      tags: name.optional().meta({ description: 'The column with the tags.' }),
      id: name.optional().meta({ description: "The column with the cases' ids." }),
    })
    .optional()
    .meta({ description: 'Which columns mean what, where their names do not say it.' }),
  repeats: z
    .union([
      times,
      z.strictObject({
        times: times.meta({ description: 'How often each case is asked.' }),
        score: z.enum(REPEAT_SCORES).optional().meta({
          description: "What the composites of a case's repeats become; by default their mean.",
        }),
        pass: z
          .union([z.enum(REPEAT_PASSES), z.int().min(1)])
          .optional()
          .meta({ description: 'How many repeats must pass for the case to pass; by default the majority.' }),
      }),
    ])
    .optional()
    .meta({ description: 'How often each case is asked; by default once.' }),
  preset: z.enum(PRESET_NAMES).optional().meta({
    description: 'Metrics and a threshold for a common task; what the suite says itself goes before.',
  }),
  metrics: z.array(z.unknown()).min(1).meta({ description: 'What is measured.' }),
  judge: judgeOption.optional().meta({ description: 'The judge of every metric that names none: `provider/name`.' }),
  composite: z
    .strictObject({
      threshold: share.optional().meta({ description: 'A sample passes at or above it; by default 0.5.' }),
      missing: z
        .enum(['renormalise', 'zero', 'unscored'])
        .optional()
        .meta({ description: 'What a missing score does; by default its weight is spread over the others.' }),
      mean: z.enum(COMPOSITE_MEANS).optional().meta({
        description: 'The kind of weighted mean; by default arithmetic. `min` is the least score, whatever its weight.',
      }),
      slices: z
        .array(
          z.strictObject({
            tag: name.meta({ description: 'Of the cases that are weighed so.' }),
            weights: z.record(name, z.number().min(0)).meta({
              description:
                'By name of metric; 0 leaves it out of these cases. Those that are not named stay as they are.',
            }),
          }),
        )
        .optional()
        .meta({ description: 'Other weights for cases with a tag; where several fit, the last one counts.' }),
      formula: name.optional().meta({
        description:
          'Instead of a mean: numbers, names of metrics, + - * / ( ), min, max, mean; e.g. `0.7 * faithfulness + 0.3 * max(bleu, chrf)`.',
      }),
    })
    .optional()
    .meta({ description: 'How the scores of a sample become one.' }),
  concurrency: z.int().min(1).max(1000).optional().meta({ description: 'Requests in flight at once.' }),
  budget: z
    .strictObject({ usd: z.number().gt(0).meta({ description: 'The run stops when it has cost so much.' }) })
    .optional(),
  baseline: name.optional().meta({ description: 'A committed baseline, relative to this file.' }),
  gate: z
    .strictObject({
      passRate: share.optional().meta({ description: 'Least share of samples that pass.' }),
      composite: share.optional().meta({ description: 'Least mean composite of every variant.' }),
      verdict: z.enum(WANTED_VERDICTS).optional().meta({
        description:
          'What every variant must come to against the baseline: `better`, `no-worse` (shown within compare.margin), or `not-worse` (only a loss that is shown fails).',
      }),
    })
    .optional()
    .meta({ description: 'What must hold for `touchstone eval` to exit with 0.' }),
  compare: z
    .strictObject({
      margin: share.optional().meta({ description: 'A loss of so much counts as none, 0..1; by default 0.' }),
      confidence: z
        .number()
        .gt(0.5)
        .lt(1)
        .optional()
        .meta({ description: 'How sure a verdict must be; by default 0.95.' }),
      correction: z.enum(CORRECTIONS).optional().meta({
        description: 'How verdicts allow for there being many of them; by default holm.',
      }),
      test: z.enum(PAIRED_TESTS).optional().meta({
        description:
          'What judges scores: `permutation` flips signs, `t`, `wilcoxon` by ranks, `bootstrap`; by default `auto`, which flips signs and of more than 500 cases that moved takes t. Passing is always judged by McNemar.',
      }),
      baseline: name.optional().meta({
        description:
          'A git revision (`HEAD`, `main`, a tag) or a kept run to compare with; `touchstone eval` evaluates the prompts of that revision too.',
      }),
      stopWhenDecided: z.boolean().optional().meta({
        description:
          'Asks cases in a random order and ends the run as soon as the verdict on every variant holds; verdicts are then judged by bets, which hold whenever one looks. By default false.',
      }),
    })
    .optional()
    .meta({ description: 'When a difference from the baseline counts.' }),
});

export const DEFAULT_THRESHOLD = 0.5;
