import type { FakeReply, FakeRequest } from './fakeApi.ts';

/** One API of the fake server: a whole answer, and the events of a streamed one. */
export type FakeFace = {
  readonly whole: (request: FakeRequest, reply: FakeReply) => object;
  readonly events: (request: FakeRequest, reply: FakeReply) => FakeEvents;
};
export type FakeEvents = {
  readonly first: readonly string[];
  readonly piece: (text: string) => string;
  readonly last: readonly string[];
};

/** The face of a path; undefined for one that the server does not have. */
export function faceOf(path: string): FakeFace | undefined {
  const { pathname } = new URL(path, 'http://fake');
  if (pathname.endsWith('/chat/completions')) return CHAT;
  if (pathname.endsWith('/responses')) return RESPONSES;
  return pathname.endsWith('/messages') ? MESSAGES : undefined;
}

type ToolCall = { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } };

function callsOf({ message }: FakeReply): readonly ToolCall[] {
  const calls = message?.['tool_calls'];
  return Array.isArray(calls) ? (calls as ToolCall[]) : [];
}

function textOf({ output = 'Hello.' }: FakeReply): string {
  return typeof output === 'string' ? output : output.join('');
}

function data(event: object): string {
  return `data: ${JSON.stringify(event)}\n\n`;
}

const CHAT: FakeFace = {
  whole: (request, reply) => ({
    ...chatEnvelope(request, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: textOf(reply), ...reply.message },
        finish_reason: reply.finishReason ?? 'stop',
      },
    ],
    ...(reply.usage === null ? {} : { usage: chatUsage(reply) }),
  }),
  events: (request, reply) => {
    const chunk = (delta: object, finishReason: string | null) =>
      data({
        ...chatEnvelope(request, 'chat.completion.chunk'),
        choices: [{ index: 0, delta, finish_reason: finishReason }],
      });
    const wanted = request.body['stream_options'] as { include_usage?: boolean } | undefined;
    return {
      first: [chunk({ role: 'assistant', content: '' }, null)],
      piece: (text) => chunk({ content: text }, null),
      last: [
        ...callsOf(reply).map((call, index) => chunk({ tool_calls: [{ index, ...call }] }, null)),
        chunk({}, reply.finishReason ?? 'stop'),
        ...(wanted?.include_usage && reply.usage !== null
          ? [data({ ...chatEnvelope(request, 'chat.completion.chunk'), choices: [], usage: chatUsage(reply) })]
          : []),
        'data: [DONE]\n\n',
      ],
    };
  },
};

function chatEnvelope(request: FakeRequest, object: string): object {
  return { id: `chatcmpl-${request.index}`, object, created: 0, model: request.body.model ?? '' };
}

function chatUsage({ usage }: FakeReply): object {
  return { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, ...usage };
}

const RESPONSES: FakeFace = {
  whole: (request, reply) => responseOf(request, reply),
  events: (request, reply) => {
    const event = (type: string, fields: object) => `event: ${type}\n${data({ type, ...fields })}`;
    const end = reply.finishReason === 'length' ? 'response.incomplete' : 'response.completed';
    return {
      first: [
        event('response.created', { response: { ...responseOf(request, reply), status: 'in_progress', output: [] } }),
      ],
      piece: (delta) => event('response.output_text.delta', { output_index: 0, content_index: 0, delta }),
      last: [event(end, { response: responseOf(request, reply) })],
    };
  },
};

function responseOf(request: FakeRequest, reply: FakeReply): object {
  const isCut = reply.finishReason === 'length';
  return {
    id: `resp_${request.index}`,
    object: 'response',
    model: request.body.model ?? '',
    status: isCut ? 'incomplete' : 'completed',
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    error: null,
    output: [
      { type: 'reasoning', summary: [] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: textOf(reply), annotations: [] }] },
      ...callsOf(reply).map((call) => ({
        type: 'function_call',
        call_id: call.id,
        name: call.function.name,
        arguments: call.function.arguments,
      })),
    ],
    ...(reply.usage === null
      ? {}
      : { usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15, ...reply.usage } }),
  };
}

const MESSAGES: FakeFace = {
  whole: (request, reply) => ({
    ...messageHead(request),
    content: [{ type: 'text', text: textOf(reply) }, ...callsOf(reply).map(toolUse)],
    stop_reason: reply.finishReason ?? 'end_turn',
    usage: messagesUsage(reply),
  }),
  events: (request, reply) => {
    const event = (type: string, fields: object = {}) => `event: ${type}\n${data({ type, ...fields })}`;
    const { output_tokens: outputTokens, ...input } = messagesUsage(reply);
    return {
      first: [
        event('message_start', {
          message: { ...messageHead(request), content: [], stop_reason: null, usage: { ...input, output_tokens: 1 } },
        }),
        event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
        event('ping'),
      ],
      piece: (text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } }),
      last: [
        event('content_block_stop', { index: 0 }),
        ...callsOf(reply).flatMap((call, at) => [
          event('content_block_start', { index: at + 1, content_block: { ...toolUse(call), input: {} } }),
          ...(call.function.arguments.match(/.{1,5}/gs) ?? []).map((json) =>
            event('content_block_delta', { index: at + 1, delta: { type: 'input_json_delta', partial_json: json } }),
          ),
          event('content_block_stop', { index: at + 1 }),
        ]),
        event('message_delta', {
          delta: { stop_reason: reply.finishReason ?? 'end_turn', stop_sequence: null },
          usage: { output_tokens: outputTokens },
        }),
        event('message_stop'),
      ],
    };
  },
};

function messageHead(request: FakeRequest): object {
  return { id: `msg_${request.index}`, type: 'message', role: 'assistant', model: request.body.model ?? '' };
}

function messagesUsage({ usage }: FakeReply): { readonly output_tokens: unknown; readonly [key: string]: unknown } {
  return { input_tokens: 10, output_tokens: 5, ...usage };
}

function toolUse(call: ToolCall): object {
  return { type: 'tool_use', id: call.id, name: call.function.name, input: JSON.parse(call.function.arguments) };
}
