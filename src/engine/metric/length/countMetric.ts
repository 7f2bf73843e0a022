import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_SEGMENTED } from '../limits.ts';
import type { MetricDefinition, MetricTools, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { count } from '../words.ts';

const bound = (words: string) => z.int().min(0).optional().meta({ description: words });

type Limits = {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly exact?: number | undefined;
};

type Description = {
  readonly kind: string;
  readonly noun: string;
  readonly summary: string;
  readonly source: string;
  /** What the number depends on. */
  readonly unit: string;
  readonly count: (text: string, tools: MetricTools) => number;
  readonly usesTokens?: boolean;
};

/** A metric that counts something in the output: at least so much, at most so much, or exactly so much; else it only measures. */
export function countMetric(description: Description): MetricDefinition {
  const { kind, noun, summary, source, unit } = description;
  return defineMetric({
    kind,
    family: 'length',
    summary,
    direction: 'lower',
    level: 'row',
    range: [0, null],
    source,
    options: () =>
      z.strictObject({
        path: fields.path,
        min: bound('Passes at or above it.'),
        max: bound('Passes at or below it.'),
        exact: bound('Passes at this number only.'),
      }),
    shorthand: 'max',
    usesTokens: description.usesTokens === true,
    create: ({ path, ...limits }, { tools }) => {
      const { min, max, exact } = limits;
      if (exact !== undefined && (min !== undefined || max !== undefined))
        return { error: 'Give either `exact`, or `min` and `max`.' };
      if (min !== undefined && max !== undefined && min > max) return { error: '`min` is more than `max`.' };
      const limit = limitWords(limits);
      return {
        signature: signature(kind, { path, unit, min, max, exact }),
        role: limit === null ? 'measures' : 'decides',
        score: (input): ScoreOutcome => {
          const picked = pickOutput(input, path);
          if ('broken' in picked) return brokenOutcome(sentence(picked.broken), limit);
          const text = asText(picked.value);
          if (text.length > MAX_SEGMENTED)
            return unscored(`The output is too long: it has more than ${MAX_SEGMENTED} characters.`);
          const value = description.count(text, tools);
          const said = count(value, noun);
          if (limit === null) return { outcome: 'scored', value, score: null, passed: null, reason: `${said}.` };
          const passed = isWithin(value, limits);
          const reason = `${said}, ${passed ? 'as asked' : 'not'}: ${limit}.`;
          return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
        },
      };
    },
  });
}

/** What is not there has no length; but it does not pass either. */
function brokenOutcome(reason: string, limit: string | null): ScoreOutcome {
  if (limit === null) return unscored(reason);
  return { outcome: 'scored', value: 0, score: 0, passed: false, reason };
}

function isWithin(value: number, { min, max, exact }: Limits): boolean {
  return exact === undefined ? value >= (min ?? 0) && value <= (max ?? Number.POSITIVE_INFINITY) : value === exact;
}

function limitWords({ min, max, exact }: Limits): string | null {
  if (exact !== undefined) return `exactly ${exact}`;
  if (min !== undefined && max !== undefined) return `${min} to ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? null : `at most ${max}`;
}
