import type { Json, JsonObject } from '../json.ts';
import { type ChatDialect, toChatRequest } from './chatRequest.ts';
import { type ChatAnswer, fromChatResponse } from './chatResponse.ts';
import { ChatStream } from './chatStream.ts';
import { toMessagesRequest } from './messagesRequest.ts';
import { fromMessagesResponse } from './messagesResponse.ts';
import { MessagesStream } from './messagesStream.ts';
import type { ModelRequest } from './modelClient.ts';
import { toResponsesRequest } from './responsesRequest.ts';
import { fromResponsesResponse, ResponsesStream } from './responsesResponse.ts';

/** How one API is spoken. */
export type ApiProtocol = {
  readonly toRequest: (request: ModelRequest, dialect: ChatDialect, stream: boolean) => JsonObject;
  /** @throws ModelError for what is no answer */
  readonly fromResponse: (body: unknown) => ChatAnswer;
  readonly openStream: () => AnswerStream;
};

type AnswerStream = {
  /** @returns the text that a piece adds; '' when it adds none. @throws ModelError for what is no piece of an answer */
  add(chunk: unknown): string;
  /** @throws ModelError `connection` when the answer is not complete */
  finish(): ChatAnswer & { readonly raw: Json };
};

export const API_PROTOCOLS: { readonly [api in 'chat' | 'responses' | 'messages']: ApiProtocol } = {
  chat: { toRequest: toChatRequest, fromResponse: fromChatResponse, openStream: () => new ChatStream() },
  responses: {
    toRequest: toResponsesRequest,
    fromResponse: fromResponsesResponse,
    openStream: () => new ResponsesStream(),
  },
  messages: {
    toRequest: toMessagesRequest,
    fromResponse: fromMessagesResponse,
    openStream: () => new MessagesStream(),
  },
};
