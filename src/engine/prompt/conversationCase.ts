import type { Case } from '../dataset/case.ts';
import { canonicalJson } from '../json.ts';
import { type Message, messageText } from './message.ts';
import type { PromptClosure } from './promptDocument.ts';
import { renderPrompt } from './renderPrompt.ts';

type Content = Pick<Case, 'vars' | 'history'>;

/**
 * A case that renders to a conversation: the prompt's messages for the given case, and the turns after them. Where the prompt
 * places its history last, the turns are the history; where its last message is one variable, the last turn is its value.
 *
 * @param turns after the prompt's own messages; the last one is what the model is to answer
 * @returns null when the prompt has no place for them: no case would render to these messages
 */
export function conversationCase(closure: PromptClosure, from: Content, turns: readonly Message[]): Content | null {
  const { vars, history = [] } = from;
  const prompt = renderPrompt(closure, { vars, history }).messages;
  const wanted = comparable([...prompt, ...turns]);
  const candidates = [{ vars, history: [...history, ...turns] }, ...throughVariables(from, prompt, turns)];
  return candidates.find((one) => comparable(renderPrompt(closure, one).messages) === wanted) ?? null;
}

function throughVariables(
  { vars, history = [] }: Content,
  prompt: readonly Message[],
  turns: readonly Message[],
): readonly Content[] {
  const asked = prompt.at(-1);
  const asks = turns.at(-1);
  if (asked?.role !== 'user' || asks?.role !== 'user') return [];
  const text = messageText(asked).trim();
  const earlier = [...history, { role: asked.role, content: asked.content }, ...turns.slice(0, -1)];
  return Object.entries(vars)
    .filter(([, value]) => typeof value === 'string' && value.trim() === text)
    .map(([name]) => ({ vars: { ...vars, [name]: messageText(asks) }, history: earlier }));
}

/** Space at the ends of a text is the template's, not the conversation's. */
function comparable(messages: readonly Message[]): string {
  return canonicalJson(
    messages.map(({ role, content }) => ({
      role,
      content: content.map((part) => ('text' in part ? { text: part.text.trim() } : part)),
    })),
  );
}
