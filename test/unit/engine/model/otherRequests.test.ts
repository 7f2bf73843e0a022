import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import { OPENAI_DIALECT } from '../../../../src/engine/model/chatRequest.ts';
import { DEFAULT_MAX_TOKENS, toMessagesRequest } from '../../../../src/engine/model/messagesRequest.ts';
import type { ModelRequest } from '../../../../src/engine/model/modelClient.ts';
import { toResponsesRequest } from '../../../../src/engine/model/responsesRequest.ts';
import type { Message } from '../../../../src/engine/prompt/message.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

const responses = (parts: Partial<ModelRequest>, stream = false) =>
  toResponsesRequest(modelRequest(parts), OPENAI_DIALECT, stream);
const messages = (parts: Partial<ModelRequest>, stream = false) =>
  toMessagesRequest(modelRequest(parts), OPENAI_DIALECT, stream);

const PNG = 'data:image/png;base64,iVBORw0KGgo=';
const TALK: readonly Message[] = [
  { role: 'system', content: [{ text: 'Be brief.' }] },
  { role: 'user', content: [{ text: 'What is it?' }, { media: { url: PNG } }] },
  { role: 'model', content: [{ text: 'I look.' }, { toolRequest: { name: 'find', ref: 'c1', input: { id: 3 } } }] },
  { role: 'tool', content: [{ toolResponse: { name: 'find', ref: 'c1', output: { found: true } } }] },
  { role: 'model', content: [{ text: 'A cat.' }] },
];
const TOOL: JsonObject = {
  name: 'find',
  description: 'Finds.',
  inputSchema: { type: 'object', properties: { id: {} } },
};
const CHAT_TOOL: JsonObject = { type: 'function', function: { name: 'now', parameters: { type: 'object' } } };
const SCHEMA = {
  type: 'object',
  properties: { a: { type: 'string' } },
  required: ['a'],
  additionalProperties: false,
} as const;

describe('toResponsesRequest', () => {
  it('makes items of messages, calls and answers of tools, and keeps nothing at the provider', () => {
    expect(responses({ messages: TALK }, true)).toEqual({
      model: 'gpt-test',
      store: false,
      stream: true,
      input: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is it?' },
            { type: 'input_image', image_url: PNG },
          ],
        },
        { role: 'assistant', content: 'I look.' },
        { type: 'function_call', call_id: 'c1', name: 'find', arguments: '{"id":3}' },
        { type: 'function_call_output', call_id: 'c1', output: '{"found":true}' },
        { role: 'assistant', content: 'A cat.' },
      ],
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['the limit', { maxOutputTokens: 5 }, { max_output_tokens: 5 }],
    ['the effort', { reasoning_effort: 'low' }, { reasoning: { effort: 'low' } }],
    ['the verbosity', { verbosity: 'high' }, { text: { verbosity: 'high' } }],
    ['what has one name everywhere', { temperature: 0, top_p: 0.5 }, { temperature: 0, top_p: 0.5 }],
    ['never the input', { messages: [], model: 'x', stream: true }, {}],
  ])('names %s as this API does', (_name, params, sent) => {
    const { model, input, store, ...rest } = responses({ params });
    expect(rest).toEqual(sent);
    expect([model, store]).toEqual(['gpt-test', false]);
    expect(input).toHaveLength(1);
  });

  it('asks for a schema and offers tools in its flat form', () => {
    const body = responses({
      output: { format: 'json', schema: SCHEMA },
      tools: [TOOL, CHAT_TOOL],
      params: { verbosity: 'low' },
    });
    expect(body['text']).toEqual({
      verbosity: 'low',
      format: { type: 'json_schema', name: 'output', strict: true, schema: SCHEMA },
    });
    expect(body['tools']).toEqual([
      { type: 'function', strict: false, name: 'find', description: 'Finds.', parameters: TOOL['inputSchema'] },
      { type: 'function', strict: false, name: 'now', parameters: { type: 'object' } },
    ]);
    expect(responses({ output: { format: 'json' } })['text']).toEqual({ format: { type: 'json_object' } });
  });
});

describe('toMessagesRequest', () => {
  it('lifts the system text out and puts tools and pictures into blocks', () => {
    expect(messages({ messages: TALK }, true)).toEqual({
      model: 'gpt-test',
      max_tokens: DEFAULT_MAX_TOKENS,
      stream: true,
      system: 'Be brief.',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is it?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0KGgo=' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I look.' },
            { type: 'tool_use', id: 'c1', name: 'find', input: { id: 3 } },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content: '{"found":true}' }] },
        { role: 'assistant', content: 'A cat.' },
      ],
    });
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['the limit', { max_completion_tokens: 5 }, { max_tokens: 5 }],
    ['one stop', { stop: '\n' }, { max_tokens: 4096, stop_sequences: ['\n'] }],
    ['several stops', { stopSequences: ['a', 'b'] }, { max_tokens: 4096, stop_sequences: ['a', 'b'] }],
    ['the effort', { reasoning_effort: 'low' }, { max_tokens: 4096, output_config: { effort: 'low' } }],
    ['a tool that must be used', { tool_choice: 'required' }, { max_tokens: 4096, tool_choice: { type: 'any' } }],
    [
      'the tool that must be used',
      { tool_choice: { type: 'function', function: { name: 'find' } } },
      { max_tokens: 4096, tool_choice: { type: 'tool', name: 'find' } },
    ],
    [
      'its own',
      { top_k: 3, thinking: { type: 'disabled' } },
      { max_tokens: 4096, top_k: 3, thinking: { type: 'disabled' } },
    ],
    ['never the messages', { messages: [], system: 'x' }, { max_tokens: 4096, system: 'x' }],
  ])('names %s as this API does', (_name, params, sent) => {
    const { model, messages: sentMessages, ...rest } = messages({ params });
    expect(rest).toEqual(sent);
    expect(model).toBe('gpt-test');
    expect(sentMessages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it('asks for a schema by its own means, and leaves plain JSON to the prompt', () => {
    const body = messages({ output: { format: 'json', schema: SCHEMA }, tools: [TOOL] });
    expect(body['output_config']).toEqual({ format: { type: 'json_schema', schema: SCHEMA } });
    expect(body['tools']).toEqual([{ name: 'find', description: 'Finds.', input_schema: TOOL['inputSchema'] }]);
    expect(messages({ output: { format: 'json' } })).not.toHaveProperty('output_config');
  });

  it('leaves empty texts out, which the API refuses', () => {
    const content = [{ text: '' }, { text: 'Hi' }];
    expect(messages({ messages: [{ role: 'user', content }] })['messages']).toEqual([{ role: 'user', content: 'Hi' }]);
  });
});
