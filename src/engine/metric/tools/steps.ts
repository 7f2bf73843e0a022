import { canonicalJson, isJsonObject, type JsonObject } from '../../json.ts';
import type { MetricInput } from '../metric.ts';
import { type Call, callsOf } from './readCalls.ts';

/** One step of an agent: a call, what it gave, or words of the assistant. */
export type Step =
  | { readonly type: 'call'; readonly call: Call }
  | { readonly type: 'result'; readonly name: string }
  | { readonly type: 'answer'; readonly text: string };

/**
 * The steps of a sample in their order: those of the conversation that the model was sent, then its own answer.
 *
 * @param path where the calls stand in a JSON output; then they are all the steps
 */
export function stepsOf(input: MetricInput, path: string | undefined): readonly Step[] | { readonly broken: string } {
  const own = callsOf(input, path);
  if ('broken' in own) return own;
  const calls = own.map((call): Step => ({ type: 'call', call }));
  if (path !== undefined) return calls;
  const steps: Step[] = [];
  for (const { role, content } of input.messages) {
    for (const part of content) {
      if ('toolRequest' in part) {
        const { name, input: given = {} } = part.toolRequest;
        steps.push({ type: 'call', call: { name, arguments: argumentsOf(given) } });
      } else if ('toolResponse' in part) steps.push({ type: 'result', name: part.toolResponse.name });
      else if ('text' in part && role === 'model' && part.text.trim() !== '')
        steps.push({ type: 'answer', text: part.text });
    }
  }
  if (input.output.trim() !== '') steps.push({ type: 'answer', text: input.output });
  return [...steps, ...calls];
}

function argumentsOf(given: unknown): JsonObject | string {
  return isJsonObject(given) ? given : typeof given === 'string' ? given : canonicalJson(given);
}
