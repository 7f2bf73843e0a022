import type { ModelRef } from '../../engine/model/modelClient.ts';
import type { ApiName } from '../workspace/touchstoneConfig.ts';

type Base = { readonly baseUrl: string; readonly apiVersion: string | null; readonly keyHeader: 'bearer' | 'api-key' };

const PATHS: { readonly [api in ApiName]: string } = {
  chat: '/chat/completions',
  responses: '/responses',
  messages: '/messages',
};

/** Where a model is asked by an API. A query of the base URL stays behind the path. */
export function callUrl(base: Base, model: ModelRef, api: ApiName): string {
  const { keyHeader, apiVersion } = base;
  return keyHeader === 'api-key'
    ? azureUrl(base, apiVersion, `/deployments/${encodeURIComponent(model.name)}`, PATHS[api])
    : withPath(base.baseUrl, versioned(base.baseUrl, api) + PATHS[api]).href;
}

/** Where a model embeds texts. */
export function embeddingsUrl(base: Base, model: ModelRef): string {
  return endpointUrl(base, model, '/embeddings');
}

/** Where a model says which categories of harm a text belongs to. */
export function moderationsUrl(base: Base, model: ModelRef): string {
  return endpointUrl(base, model, '/moderations');
}

function endpointUrl(base: Base, model: ModelRef, endpoint: string): string {
  const deployment = `/deployments/${encodeURIComponent(model.name)}`;
  return base.keyHeader === 'api-key'
    ? azureUrl(base, base.apiVersion, deployment, endpoint)
    : withPath(base.baseUrl, endpoint).href;
}

/** Where a provider lists its models. */
export function modelsUrl(base: Base, api: ApiName): string {
  return base.keyHeader === 'api-key'
    ? azureUrl(base, base.apiVersion, '', '/models')
    : withPath(base.baseUrl, `${versioned(base.baseUrl, api)}/models`).href;
}

/** `localhost:8080` is a URL as well, of a protocol `localhost`. */
export function isHttp(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

/** An address as it may be shown: without user, password and query. */
export function shownUrl(address: string): string {
  if (!isHttp(address)) return address.replace(/^([a-z][a-z\d+.-]*:\/\/|\/\/)?[^/]*@/i, '$1').replace(/[?#].*$/s, '');
  const url = new URL(address);
  return `${url.protocol}//${url.host}${url.pathname === '/' ? '' : url.pathname}`;
}

/** What is secret in an address, as it is written and as it is meant: an answer may echo either. */
export function urlSecrets(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const { username, password, search } = new URL(address);
  const values = search
    .slice(1)
    .split('&')
    .filter((pair) => !pair.startsWith('api-version='))
    .map((pair) => pair.slice(pair.indexOf('=') + 1));
  const written = [username, password, ...values].filter((value) => value !== '');
  return [...new Set(written.flatMap((value) => [value, decoded(value)]))];
}

/** A lone percent sign stands for itself. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Whether an address is a service's own, or one of its regions'. */
export function isSameService(address: string, known: string | undefined): boolean {
  if (known === undefined || !URL.canParse(address)) return false;
  const [own, theirs] = [new URL(known), new URL(address)];
  return own.protocol === theirs.protocol && `.${theirs.host}`.endsWith(`.${own.host}`);
}

/** Hosts of this machine and of a private network: servers there are the user's own and rarely want a key. */
export function isPrivateHost(baseUrl: string): boolean {
  const host = new URL(baseUrl).hostname;
  if (host === '[::1]' || /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host)) return true;
  return !host.includes('.') || host.endsWith('.local') || host.endsWith('.localhost');
}

/** Azure's resource has one address for each deployment, and since 2025 one for all (`/openai/v1`), which knows no versions. */
function azureUrl({ baseUrl }: Base, apiVersion: string | null, deployment: string, path: string): string {
  const own = new URL(baseUrl);
  const trimmed = own.pathname.replace(/\/+$/, '');
  if (trimmed.endsWith('/v1')) return withPath(baseUrl, path).href;
  const middle = /\/deployments\/[^/]+$/.test(trimmed) ? '' : deployment;
  const start = trimmed.includes('/openai') ? '' : '/openai';
  const url = withPath(baseUrl, start + middle + path);
  if (apiVersion !== null && !url.searchParams.has('api-version')) url.searchParams.set('api-version', apiVersion);
  return url.href;
}

/** Anthropic's own variable for the address has no version in it, and neither have gateways in front of it. */
function versioned(baseUrl: string, api: ApiName): string {
  return api === 'messages' && !/\/v\d+\/*$/.test(new URL(baseUrl).pathname) ? '/v1' : '';
}

function withPath(baseUrl: string, path: string): URL {
  const url = new URL(baseUrl);
  url.pathname = url.pathname.replace(/\/+$/, '') + path;
  return url;
}
