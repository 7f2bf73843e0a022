import type { Problem } from '../../../../src/engine/problem.ts';
import { loadClosure } from '../../../../src/engine/prompt/loadClosure.ts';
import { messageText } from '../../../../src/engine/prompt/message.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import type { PromptClosure, RenderInput } from '../../../../src/engine/prompt/promptDocument.ts';
import { renderPrompt } from '../../../../src/engine/prompt/renderPrompt.ts';

/** A prompt with partials given as text; their files are named as a workspace would name them. */
export function closureOf(text: string, partials: { readonly [name: string]: string } = {}): Promise<PromptClosure> {
  return loadClosure(parsePrompt(text, 'main.prompt'), async (name) => {
    const partial = Object.hasOwn(partials, name) ? partials[name] : undefined;
    return partial === undefined ? undefined : { path: `_${name}.prompt`, text: partial };
  });
}

export async function render(
  text: string,
  vars: RenderInput['vars'] = {},
  partials: { readonly [name: string]: string } = {},
): Promise<ReturnType<typeof renderPrompt>> {
  return renderPrompt(await closureOf(text, partials), { vars });
}

/** Messages as `role: text`. */
export async function rendered(
  text: string,
  vars: RenderInput['vars'] = {},
  partials: { readonly [name: string]: string } = {},
): Promise<string[]> {
  const { messages } = await render(text, vars, partials);
  return messages.map((message) => `${message.role}: ${messageText(message)}`);
}

/** Problems as `severity code line:column "what stands there"`, lines and columns from 1. */
export function places(problems: readonly Problem[], text: string): string[] {
  return problems.map(({ severity, code, range: { start, end } }) => {
    const there = text.slice(start.offset, end.offset);
    return `${severity} ${code} ${start.line + 1}:${start.column + 1} ${JSON.stringify(there)}`;
  });
}
