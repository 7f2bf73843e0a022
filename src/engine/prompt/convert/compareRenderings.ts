import { canonicalJson, type JsonObject } from '../../json.ts';
import { hasErrors } from '../../problem.ts';
import { type Message, messageText } from '../message.ts';
import type { PromptClosure, RenderInput } from '../promptDocument.ts';
import { renderPrompt } from '../renderPrompt.ts';

/** Where two forms of a prompt render differently. */
export type RenderDifference = {
  readonly sample: string;
  /** From 0; null where the numbers of messages or the problems differ. */
  readonly message: number | null;
  readonly before: string;
  readonly after: string;
};

export type NamedSample = { readonly name: string; readonly input: RenderInput };

/**
 * Renders both forms with the same values.
 *
 * @returns differences, of each sample the first; `edges` counts samples that differ only in white space around messages
 */
export function compareRenderings(
  before: PromptClosure,
  after: PromptClosure,
  samples: readonly NamedSample[],
): { readonly differences: readonly RenderDifference[]; readonly edges: number } {
  const differences: RenderDifference[] = [];
  let edges = 0;
  for (const { name, input } of samples) {
    const [left, right] = [before, after].map((closure) => renderPrompt(closure, input));
    if (!left || !right) continue;
    // Values that the original cannot be rendered with say nothing.
    if (hasErrors(left.problems)) continue;
    const error = right.problems.find(({ severity }) => severity === 'error');
    const found = error
      ? { message: null, before: summary(left.messages), after: error.message }
      : firstDifference(left.messages, right.messages);
    if (found) differences.push({ sample: name, ...found });
    else if (canonicalJson(left.messages) !== canonicalJson(right.messages)) edges++;
  }
  return { differences, edges };
}

function firstDifference(left: readonly Message[], right: readonly Message[]): Omit<RenderDifference, 'sample'> | null {
  if (left.map(({ role }) => role).join() !== right.map(({ role }) => role).join())
    return { message: null, before: summary(left), after: summary(right) };
  for (const [index, message] of left.entries()) {
    const other = right[index];
    if (!other || comparable(message) === comparable(other)) continue;
    return { message: index, before: messageText(message), after: messageText(other) };
  }
  return null;
}

/** What decides, with the white space at the ends of texts left out. */
function comparable({ content }: Message): string {
  const parts = content.map((part) => ('text' in part ? { text: part.text.trim() } : part));
  return canonicalJson(parts as unknown as JsonObject[]);
}

function summary(messages: readonly Message[]): string {
  return messages.map(({ role }) => role).join(', ');
}
