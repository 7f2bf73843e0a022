import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { type ChatDialect, OPENAI_DIALECT, toChatRequest } from '../../../../src/engine/model/chatRequest.ts';
import { toFunction } from '../../../../src/engine/model/functionTool.ts';
import type { ModelRequest } from '../../../../src/engine/model/modelClient.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

function body(parts: Partial<ModelRequest>, dialect: Partial<ChatDialect> = {}, stream = false): JsonObject {
  return toChatRequest(modelRequest(parts), { ...OPENAI_DIALECT, ...dialect }, stream);
}

const PNG = 'data:image/png;base64,iVBORw0KGgo=';

const MESSAGES: readonly { readonly name: string; readonly messages: readonly Message[]; readonly sent: unknown }[] = [
  {
    name: 'roles by the names of the API',
    messages: [
      { role: 'system', content: [{ text: 'Be ' }, { text: 'brief.' }] },
      { role: 'user', content: [{ text: '{{role "system"}} 你好\n' }] },
      { role: 'model', content: [{ text: 'Yes.' }] },
    ],
    sent: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: '{{role "system"}} 你好\n' },
      { role: 'assistant', content: 'Yes.' },
    ],
  },
  {
    name: 'pictures as parts',
    messages: [{ role: 'user', content: [{ text: 'What is it?' }, { media: { url: PNG, contentType: 'image/png' } }] }],
    sent: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: PNG } },
        ],
      },
    ],
  },
  {
    name: 'sound as base64 with its format',
    messages: [{ role: 'user', content: [{ media: { url: 'data:audio/mpeg;base64,SUQz' } }] }],
    sent: [{ role: 'user', content: [{ type: 'input_audio', input_audio: { data: 'SUQz', format: 'mp3' } }] }],
  },
  {
    name: 'requests of tools and their answers, each answer as a message',
    messages: [
      {
        role: 'model',
        content: [
          { toolRequest: { name: 'look_up', ref: 'call-1', input: { id: 3 } } },
          { toolRequest: { name: 'now' } },
        ],
      },
      {
        role: 'tool',
        content: [
          { toolResponse: { name: 'look_up', ref: 'call-1', output: { found: true } } },
          { toolResponse: { name: 'now', output: 'noon' } },
        ],
      },
    ],
    sent: [
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call-1', type: 'function', function: { name: 'look_up', arguments: '{"id":3}' } },
          { id: 'now', type: 'function', function: { name: 'now', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call-1', content: '{"found":true}' },
      { role: 'tool', tool_call_id: 'now', content: 'noon' },
    ],
  },
  {
    name: 'data as JSON, and nothing for a part that is pending',
    messages: [{ role: 'user', content: [{ data: { a: 1 } }, { metadata: { pending: true } }] }],
    sent: [{ role: 'user', content: '{"a":1}' }],
  },
];

describe('toChatRequest', () => {
  it.each(MESSAGES)('sends $name', ({ messages, sent }) => {
    expect(body({ messages })['messages']).toEqual(sent);
  });

  it('passes parameters through, by the names of the API', () => {
    const params = {
      temperature: 0.2,
      topP: 0.9,
      maxOutputTokens: 9,
      stopSequences: ['a'],
      seed: 1,
      vendor_x: { y: 1 },
    };
    const { model: _, messages: __, ...sent } = body({ params });
    expect(sent).toEqual({ temperature: 0.2, top_p: 0.9, max_tokens: 9, stop: ['a'], seed: 1, vendor_x: { y: 1 } });
  });

  it('speaks the dialect of the server', () => {
    const dialect = { maxTokens: 'max_completion_tokens', seed: 'random_seed' } as const;
    expect(body({ params: { max_tokens: 9, seed: 1 } }, dialect)).toMatchObject({
      max_completion_tokens: 9,
      random_seed: 1,
    });
  });

  it('lets no parameter replace the messages, the model or the way of answering, nor carry a key', () => {
    const params = { model: 'other', messages: [], stream: true, apiKey: 'sk-1', api_key: 'sk-2', temperature: null };
    expect(Object.keys(body({ params })).sort()).toEqual(['messages', 'model']);
    expect(body({ params })['model']).toBe('gpt-test');
  });

  it('asks for a stream with usage, where the server knows how to', () => {
    expect(body({}, {}, true)).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(body({}, { streamUsage: false }, true)).not.toHaveProperty('stream_options');
    expect(body({})).not.toHaveProperty('stream');
  });

  it('sends tools in the form of the API, whether they are written in it or as dotprompt defines them', () => {
    const parameters = { type: 'object', properties: { id: { type: 'number' } } };
    const native = { type: 'function', function: { name: 'now', parameters: {} } };
    const tools: JsonObject[] = [
      { name: 'look_up', description: 'Finds it.', inputSchema: parameters },
      native,
      { name: 'bare' },
    ];
    expect(body({ tools })['tools']).toEqual([
      { type: 'function', function: { name: 'look_up', description: 'Finds it.', parameters } },
      native,
      { type: 'function', function: { name: 'bare', parameters: { type: 'object', properties: {} } } },
    ]);
  });
});

describe('the response format', () => {
  const closed = {
    type: 'object',
    properties: {
      a: { type: 'string' },
      list: { type: 'array', items: { type: 'object', properties: {}, required: [], additionalProperties: false } },
    },
    required: ['a', 'list'],
    additionalProperties: false,
  };
  const optional = { ...closed, required: ['a'] };
  const nested = { ...closed, properties: { a: { type: 'object', properties: { b: {} } }, list: {} } };

  it.each([
    ['nothing for text', { format: 'text', schema: closed }, undefined],
    ['nothing for no format', {}, undefined],
    [
      'nothing for a schema of a list, which the API cannot ask for',
      { format: 'json', schema: { type: 'array' } },
      undefined,
    ],
    ['some JSON without a schema', { format: 'json' }, { type: 'json_object' }],
    [
      'a closed schema strictly',
      { format: 'json', schema: closed },
      { type: 'json_schema', json_schema: { name: 'output', schema: closed, strict: true } },
    ],
    [
      'a schema without a format',
      { schema: closed },
      { type: 'json_schema', json_schema: { name: 'output', schema: closed, strict: true } },
    ],
    [
      'optional properties as a hint',
      { format: 'json', schema: optional },
      { type: 'json_schema', json_schema: { name: 'output', schema: optional } },
    ],
    [
      'an open object inside as a hint',
      { format: 'json', schema: nested },
      { type: 'json_schema', json_schema: { name: 'output', schema: nested } },
    ],
  ] as const)('is %s', (_name, output, expected) => {
    expect(body({ output })['response_format']).toEqual(expected);
  });

  it('is only JSON where the server knows no schemas, and what the prompt says itself comes first', () => {
    expect(body({ output: { schema: closed } }, { jsonSchema: false })['response_format']).toEqual({
      type: 'json_object',
    });
    const params = { response_format: { type: 'text' } };
    expect(body({ output: { format: 'json' }, params })['response_format']).toEqual({ type: 'text' });
  });
});

it.each([
  ['Picoschema', { q: 'string', 'n?': 'integer' }],
  ['JSON Schema', { type: 'object', properties: { q: { type: 'string' } }, required: ['q'] }],
])('the arguments of a function may be described in %s', (_, inputSchema) => {
  const { parameters } = toFunction({ name: 'find', inputSchema });
  expect(parameters).toMatchObject({ type: 'object', properties: { q: { type: 'string' } }, required: ['q'] });
});
