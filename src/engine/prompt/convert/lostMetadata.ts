import { isJsonObject } from '../../json.ts';
import { AT_START } from '../../problem.ts';
import type { PromptDocument } from '../promptDocument.ts';
import type { Loss } from './conversion.ts';

/** Keys of other formats that a dotprompt file has no place for, and what becomes of what they say. */
const KEYS: readonly (readonly [path: string, message: string])[] = [
  ['model.configuration', 'The connection is that of the provider here, and is not written into a prompt.'],
  ['model.connection', 'The connection is that of the provider here, and is not written into a prompt.'],
  ['model.response', 'How much of the response is given back is not said in a prompt.'],
  ['sample', 'The sample is not kept in the prompt: add it to the dataset.'],
  ['testData', 'The test data are not kept in the prompt: add them to the dataset.'],
  ['evaluators', 'Evaluators are not kept in the prompt: write them as metrics of a suite.'],
  ['authors', 'The authors are not kept.'],
  ['tags', 'The tags are not kept.'],
  ['version', 'The version is not kept: it is made from the content.'],
  ['metadata', 'Other metadata are not kept.'],
  ['template', 'The template is Handlebars now.'],
];

/** What a file says beside its messages that its dotprompt form does not. */
export function lostMetadata({ metadata, keyRanges, problems, format }: PromptDocument): Loss[] {
  const losses: Loss[] = [];
  for (const [path, message] of KEYS) {
    const value = path.split('.').reduce<unknown>((at, key) => (isJsonObject(at) ? at[key] : undefined), metadata.raw);
    if (value === undefined || value === null) continue;
    losses.push({ code: 'not-kept', message, range: keyRanges.get(path) ?? AT_START });
  }
  if (
    format === 'prompty' &&
    Array.isArray(metadata.raw['outputs']) === false &&
    isJsonObject(metadata.raw['outputs'])
  ) {
    if (metadata.output.schema === undefined) {
      const message = 'The outputs are not kept: this file describes them and does not ask the model for them.';
      losses.push({ code: 'not-kept', message, range: keyRanges.get('outputs') ?? AT_START });
    }
  }
  for (const { code, message, range } of problems) {
    if (['unsupported-tool', 'model-in-environment', 'environment-in-input', 'missing-file'].includes(code))
      losses.push({ code, message, range });
  }
  return losses;
}
