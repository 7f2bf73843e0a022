import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_SEGMENTED } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { foldText } from '../text/foldText.ts';
import { type MarkdownPlace, markdownParts } from '../text/markdownParts.ts';
import { asText, sentence } from '../textMetric.ts';
import { quote } from '../words.ts';

const options = () =>
  z.strictObject({
    headings: z.array(z.string().trim().min(1)).min(1).optional().meta({
      description:
        'Headings that must be there, in this order, whatever their depth and case; others may stand between.',
    }),
    maxDepth: z.int().min(1).max(6).optional().meta({ description: 'The deepest heading; 2 allows # and ##.' }),
    list: z.literal(true).optional().meta({ description: 'A list must be there.' }),
    table: z.literal(true).optional().meta({ description: 'A table must be there.' }),
    code: z
      .union([z.literal(true), z.string().trim().toLowerCase().min(1)])
      .optional()
      .meta({ description: 'A fence of code must be there; a text asks for one of that language, such as json.' }),
    path: fields.path,
  });
type Asked = z.infer<ReturnType<typeof options>>;

export const markdownStructure = defineMetric({
  kind: 'markdown-structure',
  family: 'json',
  summary: 'The output has the Markdown that was asked for: headings in order, a list, a table, code of a language.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'CommonMark with tables of GFM; code by indentation is not looked for, and what stands in code is only code.',
  options,
  shorthand: 'headings',
  create: ({ path, ...asked }) => {
    if (Object.values(asked).every((value) => value === undefined))
      return { error: 'Nothing is asked for: give `headings`, `maxDepth`, `list`, `table` or `code`.' };
    return {
      signature: signature('markdown-structure', { path, ...asked }),
      role: 'decides',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > MAX_SEGMENTED) return unscored(`The output has more than ${MAX_SEGMENTED} characters.`);
        const faults = faultsOf([...markdownParts(text)], asked);
        return faults.length === 0
          ? binary(true, 'The output has the structure that was asked for.')
          : binary(false, `${sentence(faults.join('; '))}`);
      },
    };
  },
});

function faultsOf(
  parts: readonly MarkdownPlace[],
  { headings = [], maxDepth = 6, list, table, code }: Asked,
): string[] {
  const faults: string[] = [];
  const found = parts.filter((place) => place.part === 'headings');
  let from = 0;
  for (const heading of headings) {
    const same = ({ text }: MarkdownPlace) => foldText(text) === foldText(heading);
    const at = found.findIndex((place, index) => index >= from && same(place));
    if (at >= 0) from = at + 1;
    else faults.push(`the heading ${quote(heading)} is ${found.some(same) ? 'not in its place' : 'not there'}`);
  }
  const deep = found.find(({ level }) => level > maxDepth);
  if (deep) faults.push(`the heading ${quote(deep.text)} in line ${deep.line} is deeper than ${maxDepth}`);
  if (list && !parts.some(({ part }) => part === 'lists')) faults.push('there is no list');
  if (table && !parts.some(({ part }) => part === 'tables')) faults.push('there is no table');
  if (code === undefined) return faults;
  const fences = parts.filter((place) => place.part === 'code').filter(({ isFence }) => isFence);
  const languages = [...new Set(fences.map(({ language }) => language || 'none'))];
  if (fences.length === 0) faults.push('there is no fence of code');
  else if (code !== true && !languages.includes(code))
    faults.push(`there is no code of the language ${code}, only of ${languages.slice(0, 5).join(', ')}`);
  return faults;
}
