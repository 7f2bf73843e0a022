import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { type ExpectedValue, expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote } from '../words.ts';
import { PairGaps } from './pairGaps.ts';

const name = z.string().trim().min(1);

export const counterfactualGap = defineMetric({
  kind: 'counterfactual-gap',
  family: 'safety',
  summary:
    'How far another metric is apart between cases that differ in one thing only, such as the name or sex of a person: the mean difference within pairs, absolute, or with `mode: signed` of either sign, where 0 is best.',
  direction: 'lower',
  level: 'corpus',
  range: [-Infinity, null],
  source:
    "Counterfactual pairs, as metamorphic tests have them (e.g. Giskard's); own definition. The mean over pairs, with a 95 % t interval; the answers to one group of a pair are averaged first, and of more than two groups the differences of any two. A sample's own value is that of the other metric. Answers that vary by themselves make an absolute gap where there is no bias: the interval of the signed one does not suffer from that.",
  options: () =>
    z.strictObject({
      of: z
        .union([name, z.record(name, z.json())])
        .meta({ description: 'The other metric, e.g. `word-count` or `{ toxicity: { judge: openai/gpt-5 } }`.' }),
      mode: z.enum(['absolute', 'signed']).optional().meta({ description: 'By default absolute.' }),
      groups: z.tuple([name, name]).optional().meta({
        description: 'Two groups: signed is the second less the first, and absolute looks at these alone.',
      }),
      pair: z.json().optional().meta({
        description: 'What the cases of a pair have in common; by default {{metadata.pair}}, a column `metadata.pair`.',
      }),
      group: z.json().optional().meta({
        description:
          'Which of a pair a case is; by default {{metadata.group}}, or where there is none each case is one.',
      }),
    }),
  partOf: ({ of }) => of,
  create: ({ of, mode = 'absolute', groups, pair, group }, { createPart }) => {
    if (mode === 'signed' && groups === undefined)
      return { error: 'A signed difference needs `groups`: which of the two is taken from which.' };
    const part = createPart(of);
    if ('error' in part) return part;
    const pairOf = expectedValue(pair ?? '{{metadata.pair}}');
    const groupOf = expectedValue(group ?? '{{metadata.group}}');
    if ('error' in pairOf) return pairOf;
    if ('error' in groupOf) return groupOf;
    const placeOf = (input: MetricInput) => placeIn(input, pairOf, groupOf, group, groups);
    return {
      signature: signature('counterfactual-gap', { of: part.signature, mode, groups, pair, group }),
      role: 'measures',
      score: async (input): Promise<ScoreOutcome> => {
        const place = placeOf(input);
        if ('missing' in place) return unscored(sentence(place.missing));
        const found = await part.score(input);
        if (found.outcome !== 'scored') return found;
        const reason = `${part.kind} of ${quote(place.group)} in the pair ${quote(place.pair)}: ${found.reason}`;
        return { ...found, score: null, passed: null, reason };
      },
      corpus: () => {
        const gaps = new PairGaps();
        const summary = () => gaps.summary(mode === 'signed' ? groups : undefined);
        return {
          add: (input, value) => {
            const place = placeOf(input);
            if (!('missing' in place)) gaps.add(place.pair, place.group, value);
          },
          value: () => summary()?.mean ?? null,
          interval: () => {
            const found = summary();
            if (found === null || found.pairs < 2) return null;
            return { low: mode === 'signed' ? found.low : Math.max(0, found.low), high: found.high };
          },
        };
      },
    };
  },
});

type Place = { readonly pair: string; readonly group: string } | { readonly missing: string };

function placeIn(
  input: MetricInput,
  pairOf: ExpectedValue,
  groupOf: ExpectedValue,
  group: Json | undefined,
  groups: readonly string[] | undefined,
): Place {
  const [pair, member] = [pairOf(input), groupOf(input)];
  if ('missing' in pair) return pair;
  const isNamed = group !== undefined || groups !== undefined;
  if ('missing' in member && isNamed) return member;
  const known = 'missing' in member ? input.testCase.id : asText(member.value);
  if (groups !== undefined && !groups.includes(known)) return { missing: `${quote(known)} is neither of the groups` };
  return { pair: asText(pair.value), group: known };
}
