import type { Message, Part } from '../../prompt/message.ts';
import type { MetricInput } from '../metric.ts';
import type { JudgedTexts } from './judgedTexts.ts';

const SPEAKERS = { system: 'system', user: 'user', model: 'assistant', tool: 'tool' } as const;

/** The conversation with the answer as its last turn. What the system says is no turn. */
export function turnsOf({ messages, response }: MetricInput, output: string): JudgedTexts['turns'] {
  const earlier = messages
    .filter(({ role }) => role !== 'system')
    .map((message) => ({ speaker: SPEAKERS[message.role], text: turnText(message) }));
  const calls = response.toolCalls.map((call) => `[calls ${call.name}(${call.arguments})]`);
  const last = { speaker: 'assistant', text: [output, ...calls].filter((text) => text !== '').join('\n') };
  return [...earlier, last].map((turn, index) => ({ number: index + 1, ...turn }));
}

function turnText({ content }: Message): string {
  return content.map(partText).join('');
}

function partText(part: Part): string {
  if ('text' in part) return part.text;
  if ('toolRequest' in part)
    return `[calls ${part.toolRequest.name}(${JSON.stringify(part.toolRequest.input ?? null)})]`;
  if ('toolResponse' in part)
    return `[${part.toolResponse.name} gave ${JSON.stringify(part.toolResponse.output ?? null)}]`;
  return 'media' in part ? '[media]' : '';
}
