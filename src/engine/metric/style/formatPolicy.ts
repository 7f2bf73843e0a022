import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { MARKDOWN_PARTS, markdownParts } from '../text/markdownParts.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';

const MAX_OUTPUT = 500_000;
/** What is shown as a picture by itself, sequences of several included; © and ☺ are text. */
/** Made at the first answer: the program would start 16 ms later for it. */
let emoji: RegExp | null = null;

export const formatPolicy = defineMetric({
  kind: 'format-policy',
  family: 'style',
  summary: 'The output keeps to a policy of emoji and Markdown; a reason tells what was found where.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Emoji of Unicode (UTS 51) that are shown as such by themselves. Markdown by CommonMark, tables by GFM; code by indentation is not looked for, and what stands in code is only code.',
  options: () =>
    z.strictObject({
      emoji: z
        .enum(['forbid', 'require', 'any'])
        .optional()
        .meta({ description: 'Whether there must be no emoji, or at least one; by default any.' }),
      markdown: z
        .union([z.enum(['forbid', 'any']), z.array(z.enum(MARKDOWN_PARTS)).min(1)])
        .optional()
        .meta({ description: `No Markdown, or only these parts of it: ${MARKDOWN_PARTS.join(', ')}. By default any.` }),
      path: fields.path,
    }),
  create: ({ emoji = 'any', markdown = 'any', path }) => {
    if (emoji === 'any' && markdown === 'any')
      return { error: 'This policy allows all: give `emoji` or `markdown`, e.g. `markdown: forbid`.' };
    const allowed = typeof markdown === 'string' ? markdown : [...new Set(markdown)].sort();
    return {
      signature: signature('format-policy', { path, emoji, markdown: allowed }),
      role: 'decides',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value);
        if (text.length > MAX_OUTPUT) return unscored(`The output has more than ${MAX_OUTPUT} characters.`);
        const faults = [...emojiFaults(text, emoji), ...markdownFaults(text, allowed)];
        return faults.length === 0
          ? binary(true, 'The output keeps to the policy.')
          : binary(false, `The output has ${faults.join('; ')}.`);
      },
    };
  },
});

function emojiFaults(text: string, policy: 'forbid' | 'require' | 'any'): string[] {
  if (policy === 'any') return [];
  emoji ??= /\p{RGI_Emoji}|\p{Emoji_Presentation}/gv;
  const found = text.match(emoji) ?? [];
  if (policy === 'require') return found.length === 0 ? ['no emoji'] : [];
  if (found.length === 0) return [];
  const line = text.slice(0, text.search(emoji)).split(/\r\n|\n|\r/).length;
  const kinds = [...new Set(found)];
  return [
    `${found.length} emoji (${kinds.slice(0, 5).join(' ')}${kinds.length > 5 ? ' …' : ''}), first in line ${line}`,
  ];
}

/** Each part that is not allowed, with its number and the first place. */
function markdownFaults(text: string, allowed: 'forbid' | 'any' | readonly string[]): string[] {
  if (allowed === 'any') return [];
  const faults = new Map<string, { number: number; first: string }>();
  for (const { part, line, text: words } of markdownParts(text)) {
    if (allowed !== 'forbid' && allowed.includes(part)) continue;
    const fault = faults.get(part) ?? { number: 0, first: `line ${line} ${quote(words.trim().slice(0, 40))}` };
    fault.number += 1;
    faults.set(part, fault);
  }
  return [...faults].map(([part, { number, first }]) => `${part} in ${count(number, 'place')}, first ${first}`);
}
