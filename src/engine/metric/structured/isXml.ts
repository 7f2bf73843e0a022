import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { binary, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { count, quote } from '../words.ts';
import { scanXml } from './scanXml.ts';

export const isXml = defineMetric({
  kind: 'is-xml',
  family: 'json',
  summary: 'The whole output is well-formed XML; with `elements`, these elements are in it.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'XML 1.0, well-formed and without a document type; validity and namespaces are not looked at. A Markdown fence is not XML.',
  options: () =>
    z.strictObject({
      elements: z.array(z.string().min(1)).min(1).optional().meta({
        description: 'Names of elements that must be there, prefix included, at any depth.',
      }),
    }),
  shorthand: 'elements',
  create: ({ elements }) => ({
    signature: signature('is-xml', { elements }),
    role: 'decides',
    score: ({ output }) => {
      const scan = scanXml(output.trim());
      if ('doctype' in scan) return unscored('The output has a document type, which is not read.');
      if ('fault' in scan) {
        const { offset, message } = scan.fault;
        return binary(
          false,
          `The output is not XML: ${message} At ${quote(output.trim().slice(offset, offset + 40))}.`,
        );
      }
      const missing = (elements ?? []).filter((name) => !scan.elements.has(name));
      return missing.length === 0
        ? binary(true, `The output is XML with ${count(scan.elements.size, 'kind')} of elements.`)
        : binary(false, `The output is XML without ${missing.map((name) => `<${name}>`).join(', ')}.`);
    },
  }),
});
