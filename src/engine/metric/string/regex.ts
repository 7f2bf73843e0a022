import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote } from '../words.ts';

const options = () =>
  z.strictObject({
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
  });

export const regex = defineMetric({
  kind: 'regex',
  family: 'string',
  summary: 'A regular expression is found in the output.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'ECMAScript RegExp, searched (not anchored); ended when it takes too long.',
  options,
  shorthand: 'pattern',
  create: ({ pattern, flags: given, path }, { tools }) => {
    const flags = given ?? 'u';
    const problem = patternProblem(pattern, flags);
    if (problem !== null) return { error: problem };
    return {
      signature: signature('regex', { path, pattern, flags }),
      role: 'decides',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value);
        const match = tools.matchRegex(pattern, flags, text);
        if (match === 'timeout') {
          return { outcome: 'error', reason: `The expression /${pattern}/${flags} took too long on this output.` };
        }
        if (match === 'no-match') return binary(false, `/${pattern}/${flags} is not found in ${quote(text)}.`);
        return binary(true, `/${pattern}/${flags} is found: ${quote(match.text)}.`);
      },
    };
  },
});

function patternProblem(pattern: string, flags: string): string | null {
  try {
    new RegExp(pattern, flags);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
