import * as z from 'zod';
import type { Json, JsonObject } from '../json.ts';
import type { Message, Part } from '../prompt/message.ts';

/**
 * Tags of a cell: a list of texts, a JSON list as text, or texts separated by commas or semicolons.
 *
 * @returns null when it is none of these.
 */
export function readTags(value: Json, textOnly: boolean): readonly string[] | null {
  if (value === null) return [];
  if (typeof value === 'string') {
    const parsed = textOnly && value.trimStart().startsWith('[') ? parseJson(value) : undefined;
    if (parsed !== undefined) return readTags(parsed, false);
    const tags = value.split(/[,;]/).map((tag) => tag.trim());
    return unique(tags.filter((tag) => tag !== ''));
  }
  if (!Array.isArray(value)) return null;
  const tags: unknown[] = [...value];
  return tags.every((tag) => typeof tag === 'string') ? unique(tags) : null;
}

/**
 * Earlier turns. `content` may be a text or a list of parts; `assistant`, as the OpenAI API says, is the role `model`.
 *
 * @returns what is wrong, as a sentence, when it is not a list of messages.
 */
export function readHistory(value: Json, textOnly: boolean): readonly Message[] | string {
  const given = textOnly && typeof value === 'string' ? parseJson(value) : value;
  if (given === undefined) return 'The history is not JSON.';
  const result = history.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = typeof issue?.path[0] === 'number' ? `Message ${issue.path[0] + 1} of the history` : 'The history';
  return `${place} is not as it must be${issue?.path[1] === undefined ? '' : ` in \`${String(issue.path[1])}\``}.`;
}

/** @returns undefined when the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const part = z.custom<Part>(
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    ['text', 'media', 'data', 'toolRequest', 'toolResponse', 'metadata'].some((key) => Object.hasOwn(value, key)),
);
const message = z
  .strictObject({
    role: z.enum(['system', 'user', 'model', 'tool', 'assistant']),
    content: z.union([z.string(), z.array(part)]),
    metadata: z.custom<JsonObject>((value) => typeof value === 'object' && value !== null).optional(),
  })
  .transform(
    ({ role, content, metadata }): Message => ({
      role: role === 'assistant' ? 'model' : role,
      content: typeof content === 'string' ? [{ text: content }] : content,
      ...(metadata === undefined ? {} : { metadata }),
    }),
  );
const history = z.array(message);

function unique(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)];
}
