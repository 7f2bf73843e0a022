import type { Json } from '../json.ts';
import { ModelError, type ModelErrorCode } from './modelClient.ts';

/** What stands in the way of a connection. */
export type ConnectionTrouble = 'refused' | 'dns' | 'tls' | 'proxy' | 'proxy-auth' | 'unreachable' | 'cut' | 'other';

/** How a call to an API failed, after its retries. */
export type CallFailure = { readonly provider: string; readonly model: string; readonly rawRequest: Json } & (
  | {
      readonly kind: 'status';
      /** null when the error came inside an answer that had begun well. */
      readonly status: number | null;
      readonly message: string;
      /** The provider's own word for it: `insufficient_quota`, `context_length_exceeded`. */
      readonly code: string | null;
      readonly requestId: string | null;
    }
  | {
      readonly kind: 'connection';
      /** Who does not answer: the server, or the proxy before it. */
      readonly baseUrl: string;
      readonly detail: string;
      readonly trouble: ConnectionTrouble;
    }
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'malformed'; readonly detail: string }
  | { readonly kind: 'cancelled' }
);

/** The failure as the rest knows it: a code to branch on, what happened, and what to do about it. */
export function toModelError(failure: CallFailure): ModelError {
  const { rawRequest } = failure;
  switch (failure.kind) {
    case 'status': {
      const code = statusCode(failure.status, failure.code);
      const answered = failure.status === null ? 'broke off' : `answered ${failure.status}`;
      return new ModelError(code, `${failure.provider} ${answered}: ${failure.message}`, {
        rawRequest,
        remedy: remedyOf(code, failure),
        httpStatus: failure.status ?? undefined,
        requestId: failure.requestId ?? undefined,
      });
    }
    case 'connection':
      return new ModelError('connection', `No answer from ${failure.baseUrl}: ${failure.detail}.`, {
        rawRequest,
        remedy: connectionRemedy(failure.trouble, failure.provider),
      });
    case 'timeout':
      return new ModelError('timeout', `${failure.provider} did not answer within ${failure.timeoutMs / 1000} s.`, {
        rawRequest,
        remedy: `Raise providers.${failure.provider}.timeoutMs in touchstone.yaml, or lower the concurrency.`,
      });
    case 'malformed':
      return new ModelError('malformed-response', `${failure.provider} sent what is no answer: ${failure.detail}.`, {
        rawRequest,
        remedy: "Check the provider's base URL; it usually ends in /v1.",
      });
    case 'cancelled':
      return new ModelError('cancelled', 'Stopped.', { rawRequest });
  }
}

/** Codes by which providers tell that money is missing; they come with 429 or 402, and waiting does not help. */
const QUOTA = new Set(['insufficient_quota', 'billing_hard_limit_reached', 'insufficient_balance', 'quota_exceeded']);

export function isQuota(code: string | null): boolean {
  return code !== null && QUOTA.has(code);
}

function statusCode(status: number | null, code: string | null): ModelErrorCode {
  if (isQuota(code) || status === 402) return 'quota';
  if (code === 'content_filter' || code === 'content_policy_violation') return 'content-filter';
  if (status === 401 || status === 403 || status === 407) return 'auth';
  if (status === 404 || code === 'model_not_found') return 'model-not-found';
  if (status === 429 || code === 'rate_limit_exceeded') return 'rate-limited';
  if (status === 408) return 'timeout';
  return status === null || status >= 500 ? 'server' : 'bad-request';
}

const PROXY_USER = 'The proxy wants a user and a password: write them into its address, http://user:password@host.';

function connectionRemedy(trouble: ConnectionTrouble, provider: string): string {
  switch (trouble) {
    case 'dns':
      return `Check the host in the base URL of ${provider}, and that this machine is online.`;
    case 'tls':
      return 'If your network has certificates of its own, name them in NODE_EXTRA_CA_CERTS; in VS Code, see http.systemCertificates.';
    case 'proxy-auth':
      return PROXY_USER;
    case 'proxy':
      return 'Check the proxy: http.proxy in VS Code, else HTTPS_PROXY, HTTP_PROXY and NO_PROXY in the environment.';
    case 'unreachable':
      return 'Check that this machine is online, and whether a firewall or a proxy stands between.';
    default:
      return `Check that the server of ${provider} runs and that its base URL is right.`;
  }
}

function remedyOf(
  code: ModelErrorCode,
  { provider, model, status }: CallFailure & { readonly kind: 'status' },
): string | undefined {
  switch (code) {
    case 'auth':
      if (status === 407) return PROXY_USER;
      if (status === 403)
        return `The key of ${provider} is known but may not do this: check its rights and the model ${model}.`;
      return `Check the API key of ${provider}.`;
    case 'model-not-found':
      return `Check the name ${model} and the base URL of ${provider}.`;
    case 'rate-limited':
      return 'Lower the concurrency, or wait and evaluate again.';
    case 'quota':
      return `Check the plan and the billing of your account at ${provider}.`;
    case 'server':
      return `${provider} has trouble; try again later.`;
    case 'content-filter':
      return 'Look at the case: its text met the filter of the provider.';
    default:
      return undefined;
  }
}
