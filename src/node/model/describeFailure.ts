import { isJsonObject } from '../../engine/json.ts';
import type { CallFailure, ConnectionTrouble } from '../../engine/model/callFailure.ts';
import { shownUrl } from './urls.ts';

type ErrorClass<T> = abstract new (...args: never[]) => T;
type ApiError = {
  readonly status: number | undefined;
  readonly error: unknown;
  readonly message: string;
  readonly requestID?: string | null;
};

/** A package's error classes, handed in because packages are loaded late. */
export type SdkErrors = {
  readonly APIError: ErrorClass<ApiError>;
  readonly APIConnectionError: ErrorClass<unknown>;
  readonly APIConnectionTimeoutError: ErrorClass<unknown>;
};

type OmitFrom<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type FailureDescription = OmitFrom<CallFailure, 'provider' | 'model' | 'rawRequest'>;
export type Called = { readonly baseUrl: string; readonly timeoutMs: number };

/** Longer ones are web pages of a proxy; the beginning tells whose. */
const LONGEST_MESSAGE = 500;

/** What a thrown error of a package says, in our terms. */
export function describeFailure(error: unknown, called: Called, errors: SdkErrors): FailureDescription {
  if (error instanceof errors.APIConnectionTimeoutError) return { kind: 'timeout', timeoutMs: called.timeoutMs };
  if (error instanceof errors.APIConnectionError) return describeConnection(error, called.baseUrl);
  if (error instanceof errors.APIError) {
    const told = bodyError(error.error);
    return {
      kind: 'status',
      status: error.status ?? null,
      message: shorten(told.message ?? error.message.replace(/^\d{3} /, '')),
      code: told.code,
      requestId: error.requestID ?? null,
    };
  }
  if (error instanceof SyntaxError) return { kind: 'malformed', detail: 'it is not JSON' };
  return describeConnection(error, called.baseUrl);
}

/** What an answer with a status of failure says; its text need not be JSON. */
export function describeStatus(status: number, text: string, headers: Headers): FailureDescription {
  let told: { readonly message: string | null; readonly code: string | null };
  try {
    told = bodyError(JSON.parse(text));
  } catch {
    told = { message: null, code: null };
  }
  const requestId = headers.get('x-request-id') ?? headers.get('request-id');
  return { kind: 'status', status, message: shorten(told.message ?? text.trim()), code: told.code, requestId };
}

/** Why nothing came back, from the error of the socket some causes deep. */
export function describeConnection(error: unknown, baseUrl: string): FailureDescription {
  const { code, proxy, message: innermost } = systemError(error);
  const known = code === undefined ? undefined : WORDS[code];
  const message = error instanceof Error ? error.message : String(error);
  const isTls = code !== undefined && (TLS.has(code) || /^ERR_(SSL|TLS)_/.test(code));
  const isProxys = code === 'EPROXY' || code === 'EPROXYAUTH';
  const detail = known?.words ?? (isTls ? tlsWords(code) : isProxys ? innermost : (code ?? shorten(message)));
  const own: ConnectionTrouble = known?.trouble ?? (isTls ? 'tls' : 'other');
  const trouble = proxy === undefined ? own : code === 'EPROXYAUTH' ? 'proxy-auth' : 'proxy';
  return { kind: 'connection', baseUrl: shownUrl(proxy ?? baseUrl), detail, trouble };
}

/** Providers put their words into `error`, Anthropic and some gateways once more into another. */
function bodyError(body: unknown): { readonly message: string | null; readonly code: string | null } {
  let inner: unknown = body;
  while (isJsonObject(inner) && inner['error'] !== undefined) inner = inner['error'];
  if (typeof inner === 'string') return { message: inner, code: null };
  if (!isJsonObject(inner)) return { message: null, code: null };
  const message = inner['message'] ?? inner['detail'];
  const code = inner['code'] ?? inner['type'];
  return {
    message: typeof message === 'string' ? message : null,
    code: typeof code === 'string' ? code : null,
  };
}

const CUT = { words: 'the connection was cut', trouble: 'cut' } as const;
const UNKNOWN_HOST = { words: 'the host is not known', trouble: 'dns' } as const;
const WORDS: { readonly [code: string]: { readonly words: string; readonly trouble: ConnectionTrouble } } = {
  ECONNREFUSED: { words: 'the connection was refused', trouble: 'refused' },
  ENOTFOUND: UNKNOWN_HOST,
  EAI_AGAIN: UNKNOWN_HOST,
  ECONNRESET: CUT,
  EPIPE: CUT,
  UND_ERR_SOCKET: CUT,
  ETIMEDOUT: { words: 'the host did not answer in time', trouble: 'unreachable' },
  EHOSTUNREACH: { words: 'the host cannot be reached', trouble: 'unreachable' },
  ENETUNREACH: { words: 'the network cannot be reached', trouble: 'unreachable' },
};

const TLS = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'EPROTO',
]);

function tlsWords(code: string): string {
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) return `it does not speak TLS there (${code})`;
  return `its certificate is not trusted (${code})`;
}

type SystemError = {
  readonly code: string | undefined;
  readonly proxy: string | undefined;
  readonly message: string;
};

/** The operating system's code lies some causes deep; `httpFetch` leaves the address of a proxy that failed beside it. */
function systemError(error: unknown): SystemError {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    if (!('code' in cause) || typeof cause.code !== 'string') continue;
    const proxy = 'proxy' in cause && typeof cause.proxy === 'string' ? cause.proxy : undefined;
    return { code: cause.code, proxy, message: cause.message };
  }
  return { code: undefined, proxy: undefined, message: '' };
}

function shorten(message: string): string {
  return message.length <= LONGEST_MESSAGE ? message : `${message.slice(0, LONGEST_MESSAGE)}…`;
}
