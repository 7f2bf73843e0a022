import type { PromptView } from '../../engine/language/promptView.ts';
import { rolePlaces } from '../../engine/language/rolePlaces.ts';
import { LineIndex } from '../../engine/problem.ts';
import { messageText } from '../../engine/prompt/message.ts';
import { tracePrompt } from '../../engine/prompt/renderPrompt.ts';
import type { TokenHint } from '../../protocol/language.ts';
import { tokenCounter } from '../tokens.ts';

/** Tokens of every message that begins in this file, with the values of a case; none while the prompt has an error. */
export async function promptTokenHints(view: PromptView): Promise<readonly TokenHint[]> {
  const { document } = view.closure;
  const sample = view.suites.find(({ dataset }) => dataset?.sample)?.dataset?.sample;
  const { messages, sources } = tracePrompt(view.closure, { vars: sample?.vars ?? {}, history: sample?.history });
  if (messages.length === 0) return [];
  const count = await tokenCounter(document.metadata.model ?? null);
  const lines = new LineIndex(document.text);
  const tags = rolePlaces(document);
  const hints = new Map<number, TokenHint>();
  for (const [index, message] of messages.entries()) {
    const first = sources[index]?.flatMap((part) => part ?? []).find(({ file }) => file === document.path);
    if (!first) continue;
    const start = first.range.start.offset;
    const tag = tags.findLast(({ span }) => span[1] <= start || (span[0] <= start && start <= span[1]));
    const at = tag?.span[1] ?? document.templateRange.start.offset;
    const { tokens, exact } = count(messageText(message));
    const before = hints.get(at);
    // A role within a loop begins several messages.
    const { line, column } = lines.position(at);
    hints.set(at, {
      at: { line, column },
      tokens: tokens + (before?.tokens ?? 0),
      exact: exact && before?.exact !== false,
    });
  }
  return [...hints.values()];
}
