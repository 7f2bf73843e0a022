import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Draft } from '../draft.ts';
import { readYaml } from '../frontMatter.ts';
import type { Span } from '../handlebarsTree.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { toDocument } from '../toDocument.ts';
import { readMessageList } from './listedMessages.ts';
import { NO_METADATA } from './noMetadata.ts';

/** Members of a request that are no parameters, or have a place of their own. */
const NO_PARAMS = [
  'messages',
  'model',
  'tools',
  'response_format',
  'stream',
  'stream_options',
  'store',
  'metadata',
  'user',
];

/** Reads messages in JSON: a list of them, or a request as the chat API takes it. `{{name}}` in a text is a variable. */
export function parseChatMessages(text: string, path: string): PromptDocument {
  const syntax = jsonProblem(text);
  // JSON is YAML too, and the YAML parser says where each value stands.
  const wrapped = readYaml(text, [0, text.length]);
  const isList = /^\s*\[/.test(text);
  const { value, spans } = isList ? listIn(text) : { value: wrapped.value, spans: wrapped.values };
  const request: JsonObject = isList ? { messages: value } : isJsonObject(value) ? value : {};
  const list = readMessageList(request['messages'], isList ? '' : 'messages', { text, spans });
  const config = Object.fromEntries(Object.entries(request).filter(([key]) => !NO_PARAMS.includes(key)));
  const { tools, model } = request;
  return toDocument({
    path,
    text,
    format: 'chat',
    metadata: {
      ...NO_METADATA,
      model: typeof model === 'string' && model !== '' ? withProvider(model) : undefined,
      config,
      output: outputOf(request['response_format']),
      toolDefinitions: Array.isArray(tools) ? tools.filter(isJsonObject) : [],
      raw: request,
    },
    keys: new Map([...spans, ...configKeys(config, spans)]),
    body: [0, text.length],
    program: { language: 'messages', messages: list.messages },
    roles: list.messages.map(({ role, roleSpan }) => ({ role, span: roleSpan })),
    problems: syntax ? [syntax] : list.problems,
  });
}

/** The YAML reader of front matter takes mappings only, so a list is read as the value of a key put before it. */
function listIn(text: string): { readonly value: Json; readonly spans: Map<string, Span> } {
  const key = 'list: ';
  const front = readYaml(key + text, [0, key.length + text.length]);
  const spans = new Map<string, Span>();
  for (const [path, [start, end]] of front.values) {
    if (path.startsWith('list.')) spans.set(path.slice(5), [start - key.length, end - key.length]);
  }
  return { value: front.value['list'] ?? [], spans };
}

function configKeys(config: JsonObject, spans: ReadonlyMap<string, Span>): (readonly [string, Span])[] {
  return Object.keys(config).flatMap((key) => {
    const span = spans.get(key);
    return span ? [[`config.${key}`, span] as const] : [];
  });
}

/** A request names the model as its API does, which says nothing of the provider. */
function withProvider(model: string): string {
  if (model.includes('/')) return model;
  return model.startsWith('claude') ? `anthropic/${model}` : `openai/${model}`;
}

function outputOf(format: Json | undefined): PromptDocument['metadata']['output'] {
  if (!isJsonObject(format)) return {};
  const wrapped = format['json_schema'];
  const schema = isJsonObject(wrapped) ? wrapped['schema'] : undefined;
  if (format['type'] === 'json_object') return { format: 'json' };
  return isJsonObject(schema) ? { format: 'json', schema } : {};
}

function jsonProblem(text: string): Draft | null {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value) || isJsonObject(value)) return null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    const [what = ''] = message.split(/ (?:in JSON|at position)|, "/);
    return {
      severity: 'error',
      code: 'invalid-json',
      message: `The file is not valid JSON: ${what}.`,
      remedy: 'Check quotes, commas and brackets here.',
      span: [Math.min(at, Math.max(0, text.length - 1)), Math.min(at + 1, text.length)],
    };
  }
  const message = 'The file holds no messages.';
  const remedy = 'Write a list such as [{ "role": "user", "content": "…" }].';
  return { severity: 'error', code: 'invalid-message', message, remedy, span: [0, text.length] };
}
