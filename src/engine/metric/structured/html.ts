import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { MAX_SEGMENTED } from '../limits.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, quote } from '../words.ts';
import { type HtmlScan, scanHtml } from './scanHtml.ts';

const ELEMENTS = 'Names of elements that must be there and be complete, at any depth.';

export const isHtml = htmlMetric(
  'is-html',
  'The whole output is HTML, a page or a part of one; with `elements`, these elements are in it.',
  'Elements of the HTML standard, of names with a hyphen, and any within svg and math; each closed unless its end tag may be left out. No text outside elements; a Markdown fence is not HTML. Attributes and what may stand in what are not looked at.',
  ({ fault, elements }, text) => {
    if (fault !== null)
      return `The output is not HTML: ${fault.message} At ${quote(text.slice(fault.offset, fault.offset + 40))}.`;
    return elements.size === 0 ? 'The output has no element of HTML.' : null;
  },
);

export const containsHtml = htmlMetric(
  'contains-html',
  'Somewhere in the output stands an element of HTML; with `elements`, each of these.',
  'An element of the HTML standard with its end tag, or one that has none; what stands around it does not count.',
  ({ elements }) => (elements.size === 0 ? 'The output has no element of HTML.' : null),
);

function htmlMetric(
  kind: string,
  summary: string,
  source: string,
  faultOf: (scan: HtmlScan, text: string) => string | null,
) {
  return defineMetric({
    kind,
    family: 'json',
    summary,
    direction: 'higher',
    level: 'row',
    range: [0, 1],
    source,
    options: () =>
      z.strictObject({
        elements: z.array(z.string().trim().toLowerCase().min(1)).min(1).optional().meta({ description: ELEMENTS }),
        path: fields.path,
      }),
    shorthand: 'elements',
    create: ({ elements = [], path }) => ({
      signature: signature(kind, { path, elements: elements.length === 0 ? undefined : [...new Set(elements)].sort() }),
      role: 'decides',
      score: (input) => {
        const picked = pickOutput(input, path);
        if ('broken' in picked) return binary(false, sentence(picked.broken));
        const text = asText(picked.value).trim();
        if (text.length > MAX_SEGMENTED) return unscored(`The output has more than ${MAX_SEGMENTED} characters.`);
        const scan = scanHtml(text);
        const fault = faultOf(scan, text);
        if (fault !== null) return binary(false, fault);
        const missing = elements.filter((name) => !scan.elements.has(name));
        return missing.length === 0
          ? binary(true, `The output has ${count(scan.elements.size, 'kind')} of elements.`)
          : binary(false, `The output is without ${missing.map((name) => `<${name}>`).join(', ')}.`);
      },
    }),
  });
}
