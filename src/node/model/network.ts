import http from 'node:http';
import https from 'node:https';
import tls from 'node:tls';
import type { NetworkSettings } from '../../protocol/models.ts';
import type { Environment } from './environment.ts';
import { shownUrl } from './urls.ts';

/** How one host is reached. */
export type Route = {
  readonly agent: http.Agent;
  readonly tls: TlsOptions;
  /** As it may be shown; null for a direct way. */
  readonly proxy: string | null;
};
type TlsOptions = { readonly rejectUnauthorized?: false; readonly secureContext?: tls.SecureContext };

const FROM_ENVIRONMENT: NetworkSettings = {
  proxy: '',
  noProxy: [],
  proxySupport: true,
  strictSsl: true,
  systemCertificates: false,
};
const KEEP_ALIVE = { keepAlive: true } as const;

let settings = FROM_ENVIRONMENT;
let env: Environment = process.env;
let routes = new Map<string, Route | Promise<Route>>();
let tlsOptions: TlsOptions | undefined;
const direct = { http: new http.Agent(KEEP_ALIVE), https: new https.Agent(KEEP_ALIVE) };

/** Connections that are open stay as they are; new ones follow. */
export function setNetwork(next: NetworkSettings = FROM_ENVIRONMENT, environment: Environment = process.env): void {
  settings = next;
  env = environment;
  routes = new Map();
  tlsOptions = undefined;
}

/** How a host is reached: at once where the way is known or direct, later where the code for proxies must be loaded first. */
export function routeTo(url: URL): Route | Promise<Route> {
  const known = routes.get(url.origin);
  if (known) return known;
  const proxy = proxyFor(url);
  const route = proxy === null ? directRoute(url) : proxied(url, proxy);
  routes.set(url.origin, route);
  return route;
}

/** The proxy for an address by the settings and the environment; null for none. This machine is never reached by one. */
export function proxyFor(url: URL): string | null {
  if (!settings.proxySupport || isLoopback(url.hostname)) return null;
  const named = settings.proxy || (url.protocol === 'https:' ? variable('https_proxy') : variable('http_proxy'));
  if (!named) return null;
  const except = [...settings.noProxy, ...(variable('no_proxy') ?? '').split(/[\s,]+/)].filter((rule) => rule !== '');
  if (except.some((rule) => isExcepted(url, rule))) return null;
  const address = named.includes('://') ? named : `http://${named}`;
  return URL.canParse(address) ? address : null;
}

function directRoute(url: URL): Route {
  const isTls = url.protocol === 'https:';
  return { agent: isTls ? direct.https : direct.http, tls: isTls ? tlsOf() : {}, proxy: null };
}

async function proxied(url: URL, proxy: string): Promise<Route> {
  const isTls = url.protocol === 'https:';
  const options = { ...KEEP_ALIVE, ...tlsOf() };
  const agent = isTls
    ? new (await import('https-proxy-agent')).HttpsProxyAgent(proxy, options)
    : new (await import('http-proxy-agent')).HttpProxyAgent(proxy, options);
  return { agent, tls: isTls ? tlsOf() : {}, proxy: shownUrl(proxy) };
}

/** Made once: reading the certificates of the system takes a while. As a context, for a list would be a part of each agent's keys. */
function tlsOf(): TlsOptions {
  tlsOptions ??= {
    ...(settings.strictSsl ? {} : { rejectUnauthorized: false }),
    ...(settings.systemCertificates && settings.strictSsl ? systemContext() : {}),
  };
  return tlsOptions;
}

/** Editors that are older than Node's access to the system's certificates do without. */
function systemContext(): TlsOptions {
  if (typeof tls.getCACertificates !== 'function') return {};
  const ca = [...tls.getCACertificates('default'), ...tls.getCACertificates('system')];
  return { secureContext: tls.createSecureContext({ ca }) };
}

function variable(name: string): string | undefined {
  return env[name] || env[name.toUpperCase()];
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
}

/** `example.com` and `.example.com` mean its subdomains too; a port, where one is named, must be the same; `*` is everything. */
function isExcepted(url: URL, rule: string): boolean {
  if (rule === '*') return true;
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  if (port !== undefined && port !== (url.port || (url.protocol === 'https:' ? '443' : '80'))) return false;
  const name = host.replace(/^\*?\./, '');
  return url.hostname === name || url.hostname.endsWith(`.${name}`);
}
