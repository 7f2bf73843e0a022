import type { ChannelOptions } from 'birpc';
import { type ErrorCode, TouchstoneError } from '../../engine/error.ts';

/** What both ends of a worker's port have: a MessagePort, a Worker, or a test's stand-in. */
export type Port = {
  postMessage(data: unknown): void;
  on(event: 'message', listener: (data: unknown) => void): unknown;
  off(event: 'message', listener: (data: unknown) => void): unknown;
};

/**
 * The two ends of the conversation between the extension and its worker. Structured cloning drops the class and the code
 * of an error, so errors cross as plain data. Calls have no time limit: an evaluation may take hours.
 */
export function portChannel(port: Port): ChannelOptions & { readonly timeout: number } {
  return {
    post: (data) => port.postMessage(data),
    on: (listener) => void port.on('message', listener),
    off: (listener) => void port.off('message', listener),
    serialize: (message: Envelope) => (message.e === undefined ? message : { ...message, e: encodeError(message.e) }),
    deserialize: (message: Envelope) => (message.e === undefined ? message : { ...message, e: decodeError(message.e) }),
    timeout: -1,
  };
}

/** birpc's message: `e` is there when the call failed. */
type Envelope = { readonly e?: unknown };

type PlainError = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string;
  readonly stack?: string;
};

function encodeError(error: unknown): PlainError {
  if (error instanceof TouchstoneError)
    return { code: error.code, message: error.message, remedy: error.remedy, stack: error.stack };
  if (error instanceof Error) return { code: 'internal', message: error.message, stack: error.stack };
  return { code: 'internal', message: String(error) };
}

function decodeError(error: unknown): TouchstoneError {
  const plain = error as PlainError;
  const decoded = new TouchstoneError(plain.code, plain.message, { remedy: plain.remedy });
  if (plain.stack) decoded.stack = plain.stack;
  return decoded;
}
