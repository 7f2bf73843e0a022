import * as z from 'zod';
import type { Json } from '../../json.ts';

const candidate = z.object({ token: z.string(), logprob: z.number() });
const shape = z.object({
  choices: z.tuple([
    z.object({
      logprobs: z.object({ content: z.array(z.object({ token: z.string(), top_logprobs: z.array(candidate) })) }),
    }),
  ]),
});

/**
 * The mean of the numbers that a judge might have given at the place of its score, by their probabilities.
 *
 * @param rawResponse of a chat completion that was asked for `top_logprobs`
 * @param said the score that it gave: its last token of this number is the place
 * @returns null where the probabilities are not told. Probability that is on no number of the scale is left out.
 * Source: Liu et al. (2023), G-Eval, equation 1.
 */
export function expectedScore(rawResponse: Json, said: number, [low, high]: readonly [number, number]): number | null {
  const parsed = shape.safeParse(rawResponse);
  const tokens = parsed.success ? parsed.data.choices[0].logprobs.content : [];
  const place = tokens.findLast(({ token }) => numberIn(token) === said);
  let sum = 0;
  let mass = 0;
  for (const { token, logprob } of place?.top_logprobs ?? []) {
    const number = numberIn(token);
    if (number === null || number < low || number > high) continue;
    const probability = Math.exp(logprob);
    sum += number * probability;
    mass += probability;
  }
  return mass > 0 ? sum / mass : null;
}

function numberIn(token: string): number | null {
  const text = token.normalize('NFKC').trim();
  return /^\d{1,3}$/.test(text) ? Number(text) : null;
}
