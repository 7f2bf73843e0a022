import * as z from 'zod';
import { defineClaims } from './claimShare.ts';

type Criterion = { readonly criterion: string; readonly weight: number };

const criterion = z.string().trim().min(1);
const entry = z.union([
  criterion.transform((text) => ({ criterion: text, weight: 1 })),
  z.strictObject({ criterion, weight: z.number().gt(0).default(1) }),
]);

export const criteria = defineClaims<{ readonly criteria: readonly Criterion[] }>({
  kind: 'criteria',
  family: 'judge',
  summary: 'A judge answers yes or no to each of a list of criteria; the weighted share of yes.',
  source: 'Own prompt; weighted fraction of the criteria that are met.',
  shorthand: 'criteria',
  noun: 'criterion',
  words: { met: 'for', 'not-met': 'against' },
  fields: () => ({
    criteria: z
      .array(entry)
      .min(1)
      .max(50)
      .meta({ description: 'Sentences that hold or do not, each alone or with a `weight`.' }),
  }),
  vars: ({ criteria: all }) => ({ criteria: numberedOf(all) }),
  parts: ({ criteria: all }) => ({ weights: all.map(({ weight }) => weight) }),
  numbered: (_texts, { criteria: all }) => numberedOf(all),
  value: (claims, { criteria: all }) => {
    const total = all.reduce((sum, { weight }) => sum + weight, 0);
    return all.reduce((sum, { weight }, at) => sum + (claims[at]?.side === 'for' ? weight : 0), 0) / total;
  },
});

function numberedOf(all: readonly Criterion[]): { number: number; text: string }[] {
  return all.map(({ criterion: text }, index) => ({ number: index + 1, text }));
}
