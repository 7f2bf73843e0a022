import * as z from 'zod';
import type { JsonObject } from '../json.ts';
import { parseModelRef } from '../model/modelClient.ts';

const model = z
  .string()
  .trim()
  .refine((text) => parseModelRef(text) !== null, 'Write `provider/name`, e.g. `openai/gpt-5-mini`.');

const judgeMapping = z.strictObject({
  model: model.optional().meta({ description: "`provider/name`; by default the prompt's own model." }),
  params: z
    .record(z.string(), z.json())
    .optional()
    .meta({ description: "Model parameters over those of the judge's prompt." }),
  prompt: z.string().trim().min(1).optional().meta({ description: 'A prompt file, relative to the suite.' }),
  weight: z.number().gt(0).optional().meta({ description: 'Weight in a jury; by default 1.' }),
});

const oneJudge = z.union([model, judgeMapping]);

/** `provider/name`, a mapping with `model`, `params`, `prompt` and `weight`, or a list of these: a jury. */
export const judgeOption = z.union([oneJudge, z.array(oneJudge).min(1).max(9)]);
export type JudgeOption = z.infer<typeof judgeOption>;

export type JudgeSpec = {
  readonly model?: string | undefined;
  readonly params?: JsonObject | undefined;
  readonly prompt?: string | undefined;
  readonly weight?: number | undefined;
};

/** The judges of an option, each as a mapping. */
export function judgeSpecs(option: JudgeOption): readonly JudgeSpec[] {
  const all = Array.isArray(option) ? option : [option];
  return all.map((one) => (typeof one === 'string' ? { model: one } : one) as JudgeSpec);
}

/** What every judged metric takes of the judge. */
export const judgeFields = {
  judge: judgeOption.optional().meta({
    description: "The judging model, e.g. `openai/gpt-5`, or a list of them; by default the suite's `judge`.",
  }),
  prompt: z
    .string()
    .trim()
    .min(1)
    .optional()
    .meta({ description: "A judge's prompt of your own, relative to the suite." }),
  vote: z
    .enum(['mean', 'majority'])
    .optional()
    .meta({ description: 'How several judges become one: the weighted mean, or what most of them say of passing.' }),
};
export type JudgeFields = {
  readonly judge?: JudgeOption | undefined;
  readonly prompt?: string | undefined;
  readonly vote?: 'mean' | 'majority' | undefined;
};
