import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import type { CorpusTotals, MetricInput } from '../metric.ts';
import { max } from '../optionFields.ts';
import { limited, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { digits } from '../words.ts';

const UNKNOWN =
  'The response tells no probabilities of its tokens: ask for them by the parameter `logprobs: true`, which not every model knows.';

export const perplexity = defineMetric({
  kind: 'perplexity',
  family: 'operational',
  summary: 'How uncertain the model was of its own words: 1 is certain; with a limit, whether that is certain enough.',
  direction: 'lower',
  level: 'corpus',
  range: [1, null],
  source:
    "exp(-mean log probability) of the tokens that were chosen, as the model tells them. A run's value is over all tokens of the run.",
  options: () => z.strictObject({ max }),
  shorthand: 'max',
  create: ({ max: most }) => ({
    signature: signature('perplexity', { max: most }),
    role: most === undefined ? 'measures' : 'decides',
    score: (input) => {
      const told = likelihoodOf(input);
      if (told === null) return unscored(UNKNOWN);
      return limited(Math.exp(-told.sum / told.tokens), most, (value) => `perplexity ${digits(value)}`);
    },
    corpus: totals(({ sum, tokens }) => Math.exp(-sum / tokens)),
  }),
});

export const bitsPerByte = defineMetric({
  kind: 'bits-per-byte',
  family: 'operational',
  summary:
    'As perplexity, but per byte of the output, so that models with other tokens can be compared; with a limit, whether that is little enough.',
  direction: 'lower',
  level: 'corpus',
  range: [0, null],
  source:
    "-sum of the log probabilities, to the base 2, by the bytes of the output in UTF-8. A run's value is all bits by all bytes.",
  options: () => z.strictObject({ max }),
  shorthand: 'max',
  create: ({ max: most }) => ({
    signature: signature('bits-per-byte', { max: most }),
    role: most === undefined ? 'measures' : 'decides',
    score: (input) => {
      const told = likelihoodOf(input);
      if (told === null) return unscored(UNKNOWN);
      if (told.bytes === 0) return unscored('The output is empty.');
      return limited(bits(told), most, (value) => `${digits(value)} bits per byte`);
    },
    corpus: totals(bits),
  }),
});

type Likelihood = { readonly sum: number; readonly tokens: number; readonly bytes: number };

function bits({ sum, bytes }: Likelihood): number {
  // -0 for a sum of 0.
  return Math.abs(sum) / Math.LN2 / bytes;
}

function totals(finish: (all: Likelihood) => number): () => CorpusTotals {
  return () => {
    let all: Likelihood = { sum: 0, tokens: 0, bytes: 0 };
    return {
      add: (input) => {
        const one = likelihoodOf(input);
        if (one) all = { sum: all.sum + one.sum, tokens: all.tokens + one.tokens, bytes: all.bytes + one.bytes };
      },
      value: () => (all.tokens === 0 || all.bytes === 0 ? null : finish(all)),
    };
  };
}

const tokens = z.array(z.looseObject({ logprob: z.number().max(1e-6) })).min(1);
const chat = z.looseObject({
  choices: z.tuple([z.looseObject({ logprobs: z.looseObject({ content: tokens }) })], z.unknown()),
});
const part = z.looseObject({ type: z.literal('output_text'), logprobs: tokens });
const responses = z.looseObject({ output: z.array(z.looseObject({ content: z.array(z.unknown()).nullish() })) });

/** null where the response does not tell the probabilities of its tokens. */
function likelihoodOf({ output, response: { rawResponse } }: MetricInput): Likelihood | null {
  const logprobs = logprobsIn(rawResponse);
  if (logprobs === null) return null;
  const sum = logprobs.reduce((total, one) => total + one, 0);
  return { sum, tokens: logprobs.length, bytes: new TextEncoder().encode(output).length };
}

/** Of a chat completion, or of OpenAI's Responses API: there every text must tell them. */
function logprobsIn(rawResponse: Json): readonly number[] | null {
  const completion = chat.safeParse(rawResponse);
  if (completion.success) return completion.data.choices[0].logprobs.content.map(({ logprob }) => logprob);
  const response = responses.safeParse(rawResponse);
  if (!response.success) return null;
  const texts = response.data.output.flatMap(({ content }) => content ?? []);
  const parts = z.array(part).min(1).safeParse(texts);
  return parts.success ? parts.data.flatMap(({ logprobs }) => logprobs.map(({ logprob }) => logprob)) : null;
}
