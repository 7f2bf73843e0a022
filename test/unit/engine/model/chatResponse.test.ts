import { describe, expect, it } from 'vitest';
import { fromChatResponse } from '../../../../src/engine/model/chatResponse.ts';
import { ChatStream } from '../../../../src/engine/model/chatStream.ts';
import type { ModelError } from '../../../../src/engine/model/modelClient.ts';

const completion = (message: object, more: object = {}) => ({
  id: 'c',
  choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }],
  ...more,
});

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as ModelError).code;
  }
  return 'no error';
}

describe('fromChatResponse', () => {
  it.each([
    ['text', { content: 'Hi' }, 'Hi'],
    ['an empty text', { content: '' }, ''],
    ['no text', { content: null }, ''],
    ['a refusal', { content: null, refusal: 'I cannot.' }, 'I cannot.'],
    [
      'parts, thoughts left out',
      {
        content: [
          { type: 'thinking', thinking: [] },
          { type: 'text', text: 'Hi' },
        ],
      },
      'Hi',
    ],
  ])('reads %s', (_name, message, output) => {
    expect(fromChatResponse(completion(message)).output).toBe(output);
  });

  it('keeps what the provider did not count as unknown, not as 0', () => {
    expect(fromChatResponse(completion({ content: 'x' })).usage).toBeNull();
    const usage = { prompt_tokens: 3, completion_tokens: null };
    expect(fromChatResponse(completion({ content: 'x' }, { usage })).usage).toEqual({
      inputTokens: 3,
      outputTokens: null,
      cachedInputTokens: null,
      reasoningTokens: null,
    });
  });

  it.each([
    ['null', null],
    ['a text', '<html>'],
    ['no choices', { choices: [] }],
    ['a choice without a message', { choices: [{ finish_reason: 'stop' }] }],
    ['a text that is a number', completion({ content: 3 })],
  ])('refuses %s', (_name, response) => {
    expect(codeOf(() => fromChatResponse(response))).toBe('malformed-response');
  });
});

describe('ChatStream', () => {
  const chunk = (delta: object, finishReason: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  });

  it('puts calls together from their pieces, also when two of them interleave', () => {
    const stream = new ChatStream();
    const piece = (index: number, id: string | undefined, name: string | undefined, text: string) =>
      stream.add(chunk({ tool_calls: [{ index, id, function: { name, arguments: text } }] }));
    piece(0, 'a', 'first', '{"x"');
    piece(1, 'b', 'second', '{');
    piece(0, undefined, undefined, ':1}');
    piece(1, undefined, undefined, '}');
    stream.add(chunk({}, 'tool_calls'));
    expect(stream.finish().toolCalls).toEqual([
      { id: 'a', name: 'first', arguments: '{"x":1}' },
      { id: 'b', name: 'second', arguments: '{}' },
    ]);
  });

  it('gives a raw response that reads as the same answer', () => {
    const stream = new ChatStream();
    expect(stream.add(chunk({ role: 'assistant', content: 'He' }))).toBe('He');
    expect(
      stream.add(chunk({ content: 'y', tool_calls: [{ id: 'a', function: { name: 'f', arguments: '1' } }] })),
    ).toBe('y');
    stream.add(chunk({}, 'stop'));
    stream.add({
      choices: [],
      usage: {
        prompt_tokens: 1,
        completion_tokens: 2,
        prompt_tokens_details: { cached_tokens: 1 },
        completion_tokens_details: { reasoning_tokens: 0 },
      },
    });
    const { raw, ...answer } = stream.finish();
    expect(answer).toEqual({
      output: 'Hey',
      toolCalls: [{ id: 'a', name: 'f', arguments: '1' }],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 2, cachedInputTokens: 1, reasoningTokens: 0 },
    });
    expect(fromChatResponse(raw)).toEqual(answer);
  });

  it('takes no other choice for the first', () => {
    const stream = new ChatStream();
    expect(stream.add({ choices: [{ index: 1, delta: { content: 'no' } }] })).toBe('');
  });

  it.each<[string, readonly unknown[], string]>([
    ['malformed-response', [3], 'a chunk that is none'],
    ['connection', [chunk({ content: 'half' })], 'an end without a reason'],
    ['content-filter', [chunk({ content: 'ha' }), chunk({}, 'content_filter')], 'a withheld answer'],
  ])('ends as %s', (code, chunks) => {
    expect(
      codeOf(() => {
        const stream = new ChatStream();
        for (const one of chunks) stream.add(one);
        stream.finish();
      }),
    ).toBe(code);
  });
});
