import type { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { CallFailure } from '../../engine/model/callFailure.ts';
import type { Connection } from './providers.ts';

/** The package's error classes, handed in because the package is loaded late. */
export type SdkErrors = {
  readonly APIError: typeof APIError;
  readonly APIConnectionError: typeof APIConnectionError;
  readonly APIConnectionTimeoutError: typeof APIConnectionTimeoutError;
};

type OmitFrom<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type FailureDescription = OmitFrom<CallFailure, 'provider' | 'model' | 'rawRequest'>;

/** Longer ones are web pages of a proxy; the beginning tells whose. */
const LONGEST_MESSAGE = 500;

/** What a thrown error of the package says, in our terms. */
export function describeFailure(error: unknown, connection: Connection, errors: SdkErrors): FailureDescription {
  if (error instanceof errors.APIConnectionTimeoutError) return { kind: 'timeout', timeoutMs: connection.timeoutMs };
  if (error instanceof errors.APIConnectionError) return unreachable(error, connection);
  if (error instanceof errors.APIError) {
    const code = error.code ?? error.type;
    return {
      kind: 'status',
      status: error.status ?? null,
      message: shorten(error.message.replace(/^\d{3} /, '')),
      code: typeof code === 'string' ? code : null,
      requestId: error.requestID ?? null,
    };
  }
  if (error instanceof SyntaxError) return { kind: 'malformed', detail: 'it is not JSON' };
  return unreachable(error, connection);
}

function unreachable(error: unknown, { baseUrl }: Connection): FailureDescription {
  const code = systemCode(error);
  const known = code === undefined ? undefined : WORDS[code];
  const message = error instanceof Error ? error.message : String(error);
  return { kind: 'connection', baseUrl, detail: known ?? code ?? shorten(message) };
}

const WORDS: { readonly [code: string]: string } = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host is not known',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the network cannot be reached',
};

/** The operating system's code lies some causes deep. */
function systemCode(error: unknown): string | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}

function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}
