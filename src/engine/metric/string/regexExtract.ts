import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary } from '../outcome.ts';
import { foldText } from '../text/foldText.ts';
import { quote } from '../words.ts';
import { checkPairs } from './checkPairs.ts';
import { patternFields, patternProblem, tookTooLong } from './regex.ts';

export const regexExtract = defineMetric({
  kind: 'regex-extract',
  family: 'string',
  summary: 'What a regular expression takes out of the output is what is expected.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'ECMAScript RegExp, first match; the group is compared as text without white space at its ends.',
  options: () =>
    z.strictObject({
      ...patternFields,
      expected: fields.expected,
      group: z
        .int()
        .min(0)
        .optional()
        .meta({ description: 'The number of the group; by default 1 when there is one, else the whole match.' }),
      ignoreCase: z.boolean().optional().meta({ description: 'Compares whatever the case and white space.' }),
    }),
  create: ({ pattern, flags = 'u', group, ignoreCase = false, ...options }, { tools }) => {
    const problem = patternProblem(pattern, flags);
    if (problem !== null) return { error: problem };
    const groups = groupsOf(pattern, flags);
    const taken = group ?? Math.min(1, groups);
    if (taken > groups) return { error: `The pattern has no group ${taken}: it has ${groups}.` };
    const shown = `/${pattern}/${flags}`;
    const plain = (text: string) => (ignoreCase ? foldText(text) : text.trim());
    const parts = { pattern, flags, group: taken, case: ignoreCase ? 'fold' : 'mixed' };
    return checkPairs('regex-extract', options, parts, ({ output, references }) => {
      const match = tools.matchRegex(pattern, flags, output);
      if (match === 'timeout') return tookTooLong(shown);
      if (match === 'no-match') return binary(false, `${shown} is not found in ${quote(output)}.`);
      const text = taken === 0 ? match.text : match.groups[taken - 1];
      if (typeof text !== 'string') return binary(false, `Group ${taken} of ${shown} took part in no match.`);
      const isSame = references.some((reference) => plain(reference) === plain(text));
      const wanted = references.map(quote).slice(0, 3).join(' or ');
      return binary(isSame, isSame ? `Took ${quote(text)} as expected.` : `Expected ${wanted}, took ${quote(text)}.`);
    });
  },
});

/** The empty alternative matches at once and has all groups. */
function groupsOf(pattern: string, flags: string): number {
  return (new RegExp(`(?:${pattern})|`, flags).exec('')?.length ?? 1) - 1;
}
