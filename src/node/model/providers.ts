import { type ChatDialect, OPENAI_DIALECT } from '../../engine/model/chatRequest.ts';
import { ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import type { ApiName, TouchstoneConfig } from '../workspace/touchstoneConfig.ts';
import type { Secret } from './access.ts';
import { type Environment, expandHeaders } from './environment.ts';
import { KNOWN, knownProvider } from './knownProviders.ts';
import { isHttp, isPrivateHost, isSameService, shownUrl, urlSecrets } from './urls.ts';

/** Local servers take any key, and the client insists on one. */
const PLACEHOLDER_KEY = 'no-key-needed';

const DEFAULT_TIMEOUT_MS = 180_000;
const DEFAULT_MAX_RETRIES = 4;

/** The API version that is asked for when nobody says which; the newest stable one of deployment URLs. */
const AZURE_API_VERSION = '2024-10-21';

/** Everything that a client needs to talk to one provider. */
export type Connection = {
  readonly provider: string;
  readonly baseUrl: string;
  /**
   * The provider's own address, or one that the environment says, not a file of the project: only there goes what the variables of
   * the provider's package hold (account, project, headers).
   */
  readonly isOwnAddress: boolean;
  readonly apiKey: string;
  /** The variable that the key was in, or `safe`; null for a server that needs none. */
  readonly keyFrom: string | null;
  /** How the key is sent. */
  readonly keyHeader: 'bearer' | 'api-key';
  readonly headers: { readonly [name: string]: string };
  readonly api: ApiName;
  /** Of single models, where it is another than the provider's. */
  readonly modelApis: { readonly [model: string]: ApiName };
  /** Azure's; null elsewhere. */
  readonly apiVersion: string | null;
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly dialect: ChatDialect;
  /** What must never be shown: the key, headers that look like one, and what stands in the URL. */
  readonly secrets: readonly string[];
};

/**
 * How to reach a provider: the environment's `<PROVIDER>_BASE_URL` over `touchstone.yaml` over what is known of it; its key
 * from the safe, or else from the environment.
 *
 * @returns ModelError `unknown-provider` or `missing-key`, with what to do
 */
export async function connectionTo(
  provider: string,
  config: TouchstoneConfig,
  secret: Secret,
  env: Environment,
): Promise<Connection | ModelError> {
  const known = knownProvider(provider);
  const own = Object.hasOwn(config.providers, provider) ? config.providers[provider] : undefined;
  const name = environmentName(provider);
  const urlEnv = [`${name}_BASE_URL`, ...(known?.urlEnv ?? [])];
  const userUrl = firstOf(urlEnv, env);
  const baseUrl = userUrl ?? own?.baseUrl ?? known?.baseUrl;
  if (baseUrl === undefined) return unknownAddress(provider, urlEnv, known !== undefined);
  if (!isHttp(baseUrl)) return wrongAddress(provider, baseUrl);
  const keyEnv = keyVariables(provider, config);
  // Whoever names a variable means a key to be sent.
  const needsNoKey = !own?.apiKeyEnv && (known?.keyEnv.length === 0 || isPrivateHost(baseUrl));
  const safeKey = await secret(provider);
  const found = safeKey || firstOf(keyEnv, env);
  const apiKey = found || (needsNoKey ? PLACEHOLDER_KEY : undefined);
  if (apiKey === undefined) {
    return new ModelError('missing-key', `There is no API key for ${provider}.`, {
      remedy: `Set the environment variable ${keyEnv.join(' or ')}, or connect the model in the editor.`,
    });
  }
  const headers = expandHeaders(own?.headers ?? {}, env, `providers.${provider}.headers`);
  if (headers instanceof ModelError) return headers;
  const apis = Object.entries(own?.models ?? {}).flatMap(([model, { api }]) => (api ? [[model, api] as const] : []));
  const azureVersion = own?.apiVersion ?? env['OPENAI_API_VERSION'] ?? AZURE_API_VERSION;
  return {
    provider,
    baseUrl,
    isOwnAddress: userUrl !== undefined || isSameService(baseUrl, known?.baseUrl),
    apiKey,
    keyFrom: safeKey ? 'safe' : (keyEnv.find((variable) => env[variable]) ?? null),
    keyHeader: known?.keyHeader ?? 'bearer',
    headers: headers.headers,
    api: own?.api ?? known?.api ?? 'chat',
    modelApis: Object.fromEntries(apis),
    apiVersion: known?.keyHeader === 'api-key' ? azureVersion : (own?.apiVersion ?? null),
    timeoutMs: own?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxRetries: own?.maxRetries ?? DEFAULT_MAX_RETRIES,
    dialect: {
      ...OPENAI_DIALECT,
      ...known?.dialect,
      ...(own?.jsonSchema === undefined ? {} : { jsonSchema: own.jsonSchema }),
    },
    secrets: [...(found ? [found] : []), ...headers.secrets, ...urlSecrets(baseUrl)],
  };
}

/** The environment variables that may hold a provider's key, in order; none when it needs no key. */
export function keyVariables(provider: string, config: TouchstoneConfig): readonly string[] {
  const own = Object.hasOwn(config.providers, provider) ? config.providers[provider] : undefined;
  if (own?.apiKeyEnv) return [own.apiKeyEnv];
  return knownProvider(provider)?.keyEnv ?? [`${environmentName(provider)}_API_KEY`];
}

/** OpenAI's models since o1 refuse `max_tokens`; its older ones and other servers know only that. */
export function dialectFor({ provider, dialect }: Connection, model: ModelRef): ChatDialect {
  const newNames = ['openai', 'azure', 'github'].includes(provider) && /^(openai\/)?(o\d|gpt-[5-9])/.test(model.name);
  return newNames ? { ...dialect, maxTokens: 'max_completion_tokens' } : dialect;
}

/** The API by which a model is asked. */
export function apiFor({ api, modelApis }: Connection, model: ModelRef): ApiName {
  return Object.hasOwn(modelApis, model.name) ? (modelApis[model.name] ?? api) : api;
}

function firstOf(names: readonly string[], env: Environment): string | undefined {
  return names.map((name) => env[name]).find((value) => value);
}

function unknownAddress(provider: string, urlEnv: readonly string[], isKnown: boolean): ModelError {
  if (isKnown) {
    return new ModelError('unknown-provider', `The address of ${provider} is not known.`, {
      remedy: `Set ${urlEnv.at(-1)}, or providers.${provider}.baseUrl in touchstone.yaml.`,
    });
  }
  return new ModelError('unknown-provider', `The provider \`${provider}\` is not known.`, {
    remedy: `Add its baseUrl under providers.${provider} in touchstone.yaml, or use one of ${Object.keys(KNOWN).join(', ')}, replay, function, http, command.`,
  });
}

/** A schema checks the one of the file; this one comes from a variable. */
function wrongAddress(provider: string, baseUrl: string): ModelError {
  return new ModelError('unknown-provider', `The address of ${provider} is no URL: ${shownUrl(baseUrl)}.`, {
    remedy: 'Write it with http:// or https://.',
  });
}

function environmentName(provider: string): string {
  return provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}
