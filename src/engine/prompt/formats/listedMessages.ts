import { isJsonObject, type Json } from '../../json.ts';
import type { Draft } from '../draft.ts';
import type { Span } from '../handlebarsTree.ts';
import type { Part, Role } from '../message.ts';
import { type MessageNode, type MessageTemplate, readSlots } from '../messages/messageTemplate.ts';
import { sourceOffsets } from '../messages/sourceOffsets.ts';

const ROLES: { readonly [name: string]: Role } = {
  ...{ system: 'system', developer: 'system', user: 'user', assistant: 'model', model: 'model', tool: 'tool' },
};

/** The file that a list of messages was read from: its text and the places of its values, by dotted path. */
export type ListSource = { readonly text: string; readonly spans: ReadonlyMap<string, Span> };

/**
 * Reads messages as chat APIs take them: a role, and a text or a list of parts; calls of tools and their answers stay as
 * they are. A message that cannot be read is a problem at its place.
 *
 * @param path where the list stands in its file; empty when it is the whole
 */
export function readMessageList(
  list: Json | undefined,
  path: string,
  source: ListSource,
): { readonly messages: readonly MessageTemplate[]; readonly problems: readonly Draft[] } {
  const reader = new Reader(source);
  if (!Array.isArray(list)) {
    const message = 'Messages are a list of roles and contents.';
    reader.problem('invalid-message', message, 'Write a list such as [{ "role": "user", "content": "…" }].', path);
    return { messages: [], problems: reader.problems };
  }
  const messages = list.flatMap((item: Json, index) => reader.message(item, join(path, String(index))) ?? []);
  return { messages, problems: reader.problems };
}

class Reader {
  readonly problems: Draft[] = [];
  readonly #source: ListSource;
  /** Names of the tools by the calls' ids: an answer names only the id. */
  readonly #calls = new Map<string, string>();

  constructor(source: ListSource) {
    this.#source = source;
  }

  problem(code: string, message: string, remedy: string, path: string): void {
    this.problems.push({ severity: 'error', code, message, remedy, span: this.#spanOf(path) });
  }

  message(item: Json, path: string): MessageTemplate | null {
    const written = isJsonObject(item) ? item['role'] : undefined;
    const name = typeof written === 'string' ? written.toLowerCase() : '';
    const role = Object.hasOwn(ROLES, name) ? ROLES[name] : undefined;
    if (!isJsonObject(item) || role === undefined) {
      const message = typeof written === 'string' ? `There is no role "${written}".` : 'A message has a role.';
      const at = this.#source.spans.has(`${path}.role`) ? `${path}.role` : path;
      this.problem('unknown-role', message, 'Use system, user, assistant or tool.', at);
      return null;
    }
    const roleSpan = this.#spanOf(`${path}.role`);
    const answered = item['tool_call_id'];
    if (role === 'tool') {
      const ref = typeof answered === 'string' ? answered : '';
      const toolResponse = { name: this.#calls.get(ref) ?? ref, ref, output: item['content'] ?? null };
      return { role, roleSpan, content: [{ type: 'part', part: { toolResponse }, span: this.#spanOf(path) }] };
    }
    const calls = this.#toolCalls(item['tool_calls'], `${path}.tool_calls`);
    return {
      role,
      roleSpan,
      content: [...this.#content(item['content'], `${path}.content`, calls.length > 0), ...calls],
    };
  }

  #content(content: Json | undefined, path: string, mayBeEmpty: boolean): MessageNode[] {
    if (typeof content === 'string') return this.#slots(content, path);
    if (Array.isArray(content)) return content.flatMap((part: Json, index) => this.#part(part, `${path}.${index}`));
    const isNothing = content === undefined || content === null;
    if (!(isNothing && mayBeEmpty)) {
      const at = this.#source.spans.has(path) ? path : path.replace(/\.content$/, '');
      this.problem('invalid-message', 'The content of a message is a text or a list of parts.', 'Write a text.', at);
    }
    return [];
  }

  #part(part: Json, path: string): MessageNode[] {
    if (typeof part === 'string') return this.#slots(part, path);
    if (isJsonObject(part)) {
      if (typeof part['text'] === 'string') return this.#slots(part['text'], `${path}.text`);
      const image = part['image_url'];
      const url = isJsonObject(image) ? image['url'] : image;
      const at = isJsonObject(image) ? `${path}.image_url.url` : `${path}.image_url`;
      if (typeof url === 'string') {
        const slots = this.#slots(url, at);
        return [{ type: 'media', url: slots, span: this.#spanOf(path) }];
      }
    }
    const message = 'Only parts with a text or an image_url can be read.';
    this.problem('unsupported-part', message, 'Remove this part, or write it as text.', path);
    return [];
  }

  #toolCalls(calls: Json | undefined, path: string): MessageNode[] {
    if (!Array.isArray(calls)) return [];
    return calls.flatMap((call: Json, index): MessageNode[] => {
      const called = isJsonObject(call) ? call['function'] : undefined;
      const id = isJsonObject(call) ? call['id'] : undefined;
      if (!isJsonObject(called) || typeof called['name'] !== 'string') return [];
      const ref = typeof id === 'string' ? id : called['name'];
      this.#calls.set(ref, called['name']);
      const part: Part = { toolRequest: { name: called['name'], ref, input: parsed(called['arguments']) } };
      return [{ type: 'part', part, span: this.#spanOf(`${path}.${index}`) }];
    });
  }

  #slots(text: string, path: string): ReturnType<typeof readSlots> {
    const [start, end] = this.#spanOf(path);
    return readSlots(text, sourceOffsets(this.#source.text.slice(start, end), text, start));
  }

  #spanOf(path: string): Span {
    return this.#source.spans.get(path) ?? [0, 0];
  }
}

/** The arguments of a call are JSON in a text. */
function parsed(text: Json | undefined): Json {
  if (typeof text !== 'string') return text ?? null;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
