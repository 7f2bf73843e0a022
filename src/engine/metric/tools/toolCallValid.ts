import * as z from 'zod';
import { canonicalJson, isJsonObject, type JsonObject } from '../../json.ts';
import { toFunction } from '../../model/functionTool.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricInput, SchemaValidator } from '../metric.ts';
import { binary, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, show } from '../words.ts';
import { callsOf, callsPath } from './readCalls.ts';

type Validators = ReadonlyMap<string, SchemaValidator | { readonly error: string }>;

export const toolCallValid = defineMetric({
  kind: 'tool-call-valid',
  family: 'tool-calls',
  summary:
    'Every function that was called is on offer, and its arguments fit its schema; without a call there is no score.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: 'The schemas of the functions that the model was offered, validated by ajv.',
  options: () => z.strictObject({ path: callsPath }),
  usesSchema: true,
  create: ({ path }, { tools: { compileSchema } }) => {
    // The samples of a prompt are offered the same functions.
    const known = new Map<string, Validators>();
    const validatorsFor = (tools: readonly JsonObject[]): Validators => {
      const key = canonicalJson(tools);
      const made =
        known.get(key) ??
        new Map(
          tools
            .map(toFunction)
            .map(({ name, parameters }) => [
              String(name),
              isJsonObject(parameters) ? compileSchema(parameters) : { error: 'its schema is no mapping' },
            ]),
        );
      known.set(key, made);
      return made;
    };
    return {
      signature: signature('tool-call-valid', { path }),
      role: 'decides',
      score: (input: MetricInput) => {
        const calls = callsOf(input, path);
        if ('broken' in calls) return binary(false, sentence(calls.broken));
        if (calls.length === 0) return unscored('No function was called.');
        if (input.tools.length === 0) return unscored('The prompt offers no functions.');
        const validators = validatorsFor(input.tools);
        for (const { name, arguments: given } of calls) {
          const validate = validators.get(name);
          if (validate === undefined) return binary(false, `There is no function ${show(name)}.`);
          if (typeof validate !== 'function')
            return { outcome: 'error', reason: `The schema of ${name} is not valid: ${validate.error}` };
          if (typeof given === 'string')
            return binary(false, `The arguments of ${name} are no JSON object: ${show(given)}.`);
          const [issue] = validate(given);
          if (issue)
            return binary(
              false,
              `${name}: ${issue.path === '$' ? 'the arguments' : issue.path} ${sentence(issue.message)}`,
            );
        }
        return binary(true, `${count(calls.length, 'call')}, with arguments that fit.`);
      },
    };
  },
});
