import { isMap, isSeq, parseDocument } from 'yaml';
import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import { binary, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { quote } from '../words.ts';

/** Longer ones take more than about a second to be parsed. */
const MAX_LENGTH = 200_000;

export const isYaml = defineMetric({
  kind: 'is-yaml',
  family: 'json',
  summary: 'The whole output is a YAML mapping or list.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'YAML 1.2, one document, keys not given twice. A bare text is YAML too, but no structure, and does not pass; nor does a Markdown fence.',
  options: () => z.strictObject({}),
  create: () => ({
    signature: signature('is-yaml', {}),
    role: 'decides',
    score: ({ output }) => {
      if (output.length > MAX_LENGTH) return unscored(`YAML of more than ${MAX_LENGTH} characters is not read.`);
      const read = readYaml(output);
      if (read.fault !== null) return binary(false, `The output is not YAML: ${read.fault}`);
      return read.structured
        ? binary(true, 'The output is YAML.')
        : binary(false, `The output is neither a mapping nor a list: ${quote(output)}.`);
    },
  }),
});

function readYaml(text: string): { readonly fault: string | null; readonly structured: boolean } {
  try {
    const { errors, contents } = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
    const [first] = errors;
    return { fault: first === undefined ? null : first.message, structured: isMap(contents) || isSeq(contents) };
  } catch {
    // The parser calls itself for what is nested.
    return { fault: 'it is nested too deep.', structured: false };
  }
}
