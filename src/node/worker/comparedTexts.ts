import type { Message } from '../../engine/prompt/message.ts';
import type { ComparedIds, ComparedTexts, DiffWanted } from '../../protocol/comparison.ts';
import type { HistoryReader } from '../store/history.ts';

/** @returns null where the history does not hold one of the two */
export function comparedTexts(history: HistoryReader, ids: ComparedIds, wanted: DiffWanted): ComparedTexts | null {
  return wanted.of === 'prompt'
    ? promptTexts(history, ids, wanted.variantId)
    : sampleTexts(history, ids, wanted.of, wanted);
}

function promptTexts(history: HistoryReader, ids: ComparedIds, variantId: string): ComparedTexts | null {
  const [before, after] = [history.run(ids.before)?.header, history.run(ids.after)?.header];
  const now = after?.variants.find(({ id }) => id === variantId);
  // By its own path, or else the only other one: a prompt that was renamed.
  const then = before?.variants.find(({ prompt }) => prompt === now?.prompt) ?? before?.variants[0];
  if (!before || !after || !now || !then) return null;
  const textOf = (header: typeof before, { prompt, promptVersion }: typeof now) =>
    header.prompts.find(({ path, version }) => path === prompt && version === promptVersion);
  const [was, is] = [textOf(before, then), textOf(after, now)];
  if (!was || !is) return null;
  const name = now.prompt.split('/').at(-1) ?? 'prompt';
  return { title: `${name}: before and after`, name, before: whole(was), after: whole(is) };
}

/** The prompt and, where it has some, its partials: they reach the model as well. */
function whole({
  text,
  partials,
}: {
  readonly text: string;
  readonly partials: Readonly<Record<string, string>>;
}): string {
  const parts = Object.entries(partials).sort(([a], [b]) => (a < b ? -1 : 1));
  return [text, ...parts.map(([name, partial]) => `\n{{! the partial ${name} }}\n${partial}`)].join('');
}

function sampleTexts(
  history: HistoryReader,
  ids: ComparedIds,
  of: 'output' | 'messages',
  { before, after }: { readonly before: number; readonly after: number },
): ComparedTexts | null {
  const [was, is] = [history.sample(ids.before, before), history.sample(ids.after, after)];
  if (!was || !is) return null;
  const texts = [was, is].map((detail) =>
    of === 'messages' ? messagesText(detail.messages) : readable(detail.output ?? detail.error?.message ?? ''),
  );
  const isJson = of === 'output' && texts.every((text) => /^\s*[[{]/.test(text));
  const name = `${is.row.caseId.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60)}.${isJson ? 'json' : 'txt'}`;
  const what = of === 'messages' ? 'what was sent' : 'output';
  return { title: `${is.row.caseId}: ${what}, before and after`, name, before: texts[0] ?? '', after: texts[1] ?? '' };
}

/** JSON is laid out, so that a change is one of lines. */
function readable(output: string): string {
  try {
    const value: unknown = JSON.parse(output);
    return typeof value === 'object' && value !== null ? `${JSON.stringify(value, null, 2)}\n` : output;
  } catch {
    return output;
  }
}

function messagesText(messages: readonly Message[]): string {
  return messages
    .map(({ role, content }) => {
      const parts = content.map((part) => ('text' in part ? part.text : JSON.stringify(part, null, 2)));
      return `[${role}]\n${parts.join('\n')}\n`;
    })
    .join('\n');
}
