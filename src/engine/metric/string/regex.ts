import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote } from '../words.ts';

/** Options of a metric that matches a regular expression. */
export const patternFields = {
  pattern: z
    .string()
    .min(1)
    .meta({ description: 'A JavaScript regular expression; found anywhere unless it has ^ and $.' }),
  flags: z
    .string()
    .regex(/^[imsuv]*$/, 'only the flags i, m, s, u and v have a meaning here')
    .optional()
    .meta({ description: 'Flags such as `i`; by default `u`.' }),
  path: fields.path,
};

export const regex = define('regex', {
  summary: 'A regular expression is found in the output.',
  source: 'ECMAScript RegExp, searched (not anchored); ended when it takes too long.',
  asSearched: (pattern) => pattern,
  verb: 'found',
});

export const regexFull = define('regex-full', {
  summary: 'A regular expression matches the whole output, and not only a part of it.',
  source: 'ECMAScript RegExp, anchored at both ends whatever the flags; ended when it takes too long.',
  asSearched: (pattern) => `(?<![^])(?:${pattern})(?![^])`,
  verb: 'matched as a whole',
});

type Search = {
  readonly summary: string;
  readonly source: string;
  readonly asSearched: (pattern: string) => string;
  readonly verb: string;
};

function define(kind: string, { summary, source, asSearched, verb }: Search): MetricDefinition {
  return defineMetric({
    kind,
    family: 'string',
    summary,
    direction: 'higher',
    level: 'row',
    range: [0, 1],
    source,
    options: () => z.strictObject(patternFields),
    shorthand: 'pattern',
    create: ({ pattern, flags = 'u', path }, { tools }) => {
      const problem = patternProblem(pattern, flags);
      if (problem !== null) return { error: problem };
      const shown = `/${pattern}/${flags}`;
      return {
        signature: signature(kind, { path, pattern, flags }),
        role: 'decides',
        score: (input) => {
          const picked = pickOutput(input, path);
          if ('broken' in picked) return binary(false, sentence(picked.broken));
          const text = asText(picked.value);
          const match = tools.matchRegex(asSearched(pattern), flags, text);
          if (match === 'timeout') return tookTooLong(shown);
          if (match === 'no-match') return binary(false, `${shown} is not ${verb} in ${quote(text)}.`);
          return binary(true, `${shown} is ${verb}: ${quote(match.text)}.`);
        },
      };
    },
  });
}

export function tookTooLong(shown: string): ScoreOutcome {
  return { outcome: 'error', reason: `The expression ${shown} took too long on this output.` };
}

/** What is wrong with a pattern; null when nothing is. */
export function patternProblem(pattern: string, flags: string): string | null {
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
