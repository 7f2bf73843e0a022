import * as z from 'zod';
import type { JsonObject } from '../../json.ts';
import type { Finding } from '../../judge/askJudges.ts';
import type { JudgeReply } from '../../judge/judge.ts';
import { readNumber, scoreInProse } from '../../judge/readAnswer.ts';
import { readVerdict } from '../../judge/readVerdict.ts';
import { digits } from '../words.ts';
import { expectedScore } from './expectedScore.ts';
import { defineJudged } from './judgedMetric.ts';
import { reasonIn } from './readRubric.ts';

type GEval = {
  readonly criteria: string;
  readonly steps?: readonly string[] | undefined;
  readonly scale?: readonly [number, number] | undefined;
  readonly logprobs?: boolean | undefined;
};

const SCALE = [1, 5] as const;

export const gEval = defineJudged<GEval>({
  kind: 'g-eval',
  family: 'judge',
  summary: 'A judge follows steps and gives a whole number on a scale, which becomes 0..1.',
  source: 'Liu et al. (2023), G-Eval, EMNLP 2023, 2511-2522; own prompt.',
  shorthand: 'criteria',
  fields: () => ({
    criteria: z.string().trim().min(1).meta({ description: 'What is judged, e.g. `Coherence: …`.' }),
    steps: z.array(z.string().trim().min(1)).min(1).optional().meta({
      description: 'How the judge goes about it; by default it makes its own steps of the criteria.',
    }),
    scale: z
      .tuple([z.int().min(0), z.int().max(100)])
      .refine(([low, high]) => low < high, 'The scale goes upward, e.g. [1, 5].')
      .optional()
      .meta({ description: 'Lowest and highest number; by default [1, 5].' }),
    logprobs: z.boolean().optional().meta({
      description: 'Weighs the numbers by their probabilities where the judge tells them; not every model can.',
    }),
  }),
  vars: ({ criteria, steps = [], scale: [low, high] = SCALE }) => ({
    criteria,
    steps: steps.map((text, index) => ({ number: index + 1, text })),
    low,
    high,
  }),
  parts: ({ logprobs }) => ({ logprobs: logprobs === true ? true : undefined }),
  params: ({ logprobs }): JsonObject => (logprobs === true ? { logprobs: true, top_logprobs: 20 } : {}),
  read: (reply, _texts, { scale = SCALE, logprobs }) => readScale(reply, scale, logprobs === true),
});

function readScale(
  { text, rawResponse }: JudgeReply,
  scale: readonly [number, number],
  weighs: boolean,
): Finding | null {
  const { object, text: words } = readVerdict(text);
  const said = object ? readNumber(object['score'], scale) : scoreInProse(words, scale);
  if (said === null) return null;
  const [low, high] = scale;
  const expected = weighs ? expectedScore(rawResponse, said, scale) : null;
  const value = ((expected ?? said) - low) / (high - low);
  const how = expected === null ? digits(said) : `${digits(said)}, by probability ${digits(expected)},`;
  const reason = `${how} on a scale of ${low} to ${high}. ${reasonIn(object?.['reason'], words)}`;
  return { value, passed: null, reason };
}
