import { type ChatDialect, OPENAI_DIALECT } from '../../engine/model/chatRequest.ts';
import { ModelError, type ModelRef } from '../../engine/model/modelClient.ts';
import type { TouchstoneConfig } from '../workspace/touchstoneConfig.ts';

/** A server that speaks the OpenAI chat-completions API, as Touchstone knows it without being told. */
type KnownProvider = {
  readonly baseUrl: string;
  /** Environment variables that may hold its key, in order; none: it needs no key. */
  readonly keyEnv: readonly string[];
  readonly dialect?: Partial<ChatDialect>;
  /** Its name in the price table, where that is another. */
  readonly priceId?: string;
};

const GEMINI: KnownProvider = {
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
  keyEnv: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  priceId: 'google',
};

const KNOWN: { readonly [provider: string]: KnownProvider } = {
  openai: { baseUrl: 'https://api.openai.com/v1', keyEnv: ['OPENAI_API_KEY'] },
  anthropic: { baseUrl: 'https://api.anthropic.com/v1', keyEnv: ['ANTHROPIC_API_KEY'], dialect: { jsonSchema: false } },
  gemini: GEMINI,
  google: GEMINI,
  googleai: GEMINI,
  openrouter: { baseUrl: 'https://openrouter.ai/api/v1', keyEnv: ['OPENROUTER_API_KEY'] },
  groq: { baseUrl: 'https://api.groq.com/openai/v1', keyEnv: ['GROQ_API_KEY'] },
  mistral: {
    baseUrl: 'https://api.mistral.ai/v1',
    keyEnv: ['MISTRAL_API_KEY'],
    // Refuses a request with any field that it does not know.
    dialect: { streamUsage: false, seed: 'random_seed' },
  },
  deepseek: {
    baseUrl: 'https://api.deepseek.com/v1',
    keyEnv: ['DEEPSEEK_API_KEY'],
    dialect: { jsonSchema: false },
  },
  together: { baseUrl: 'https://api.together.xyz/v1', keyEnv: ['TOGETHER_API_KEY'] },
  fireworks: { baseUrl: 'https://api.fireworks.ai/inference/v1', keyEnv: ['FIREWORKS_API_KEY'] },
  xai: { baseUrl: 'https://api.x.ai/v1', keyEnv: ['XAI_API_KEY'], priceId: 'x-ai' },
  github: { baseUrl: 'https://models.github.ai/inference', keyEnv: ['GITHUB_TOKEN'] },
  ollama: { baseUrl: 'http://127.0.0.1:11434/v1', keyEnv: [] },
  lmstudio: { baseUrl: 'http://127.0.0.1:1234/v1', keyEnv: [] },
  vllm: { baseUrl: 'http://127.0.0.1:8000/v1', keyEnv: [] },
  llamacpp: { baseUrl: 'http://127.0.0.1:8080/v1', keyEnv: [] },
};

/** Local servers take any key, and the client insists on one. */
const PLACEHOLDER_KEY = 'no-key-needed';

const DEFAULT_TIMEOUT_MS = 180_000;
const DEFAULT_MAX_RETRIES = 4;

/** Everything that a client needs to talk to one provider. */
export type Connection = {
  readonly provider: string;
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly headers: { readonly [name: string]: string };
  readonly timeoutMs: number;
  readonly maxRetries: number;
  readonly dialect: ChatDialect;
  /** What must never be shown: the key, and headers that look like one. */
  readonly secrets: readonly string[];
};

/** A key from a front end's safe; null when it has none. */
export type Secret = (provider: string) => Promise<string | null>;
export type Environment = { readonly [name: string]: string | undefined };

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
  const known = Object.hasOwn(KNOWN, provider) ? KNOWN[provider] : undefined;
  const own = Object.hasOwn(config.providers, provider) ? config.providers[provider] : undefined;
  const name = environmentName(provider);
  const baseUrl = env[`${name}_BASE_URL`] || own?.baseUrl || known?.baseUrl;
  if (baseUrl === undefined) return unknownProvider(provider);
  const keyEnv = own?.apiKeyEnv ? [own.apiKeyEnv] : (known?.keyEnv ?? [`${name}_API_KEY`]);
  const needsNoKey = known?.keyEnv.length === 0 || isLocal(baseUrl);
  const found = (await secret(provider)) || keyEnv.map((variable) => env[variable]).find((key) => key);
  const apiKey = found ?? (needsNoKey ? PLACEHOLDER_KEY : undefined);
  if (apiKey === undefined) {
    return new ModelError('missing-key', `There is no API key for ${provider}.`, {
      remedy: `Set the environment variable ${keyEnv.join(' or ')}, or connect the model in the editor.`,
    });
  }
  const headers = own?.headers ?? {};
  const secretHeaders = Object.entries(headers).filter(([header]) => /key|token|auth|secret|cookie/i.test(header));
  return {
    provider,
    baseUrl,
    apiKey,
    headers,
    timeoutMs: own?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxRetries: own?.maxRetries ?? DEFAULT_MAX_RETRIES,
    dialect: { ...OPENAI_DIALECT, ...known?.dialect },
    secrets: [...(found === undefined ? [] : [found]), ...secretHeaders.map(([, value]) => value)],
  };
}

/** OpenAI's models since o1 refuse `max_tokens`; its older ones and other servers know only that. */
export function dialectFor({ provider, dialect }: Connection, model: ModelRef): ChatDialect {
  const newNames = ['openai', 'azure', 'github'].includes(provider) && /^(openai\/)?(o\d|gpt-[5-9])/.test(model.name);
  return newNames ? { ...dialect, maxTokens: 'max_completion_tokens' } : dialect;
}

/** A provider's name in the price table; null where the table cannot know what it costs. */
export function priceProvider(provider: string): string | null {
  const known = Object.hasOwn(KNOWN, provider) ? KNOWN[provider] : undefined;
  return known && known.keyEnv.length > 0 ? (known.priceId ?? provider) : null;
}

function unknownProvider(provider: string): ModelError {
  return new ModelError('unknown-provider', `The provider \`${provider}\` is not known.`, {
    remedy:
      provider === 'vscode'
        ? "Models of the editor are not supported yet; name another provider's."
        : `Add its baseUrl under providers.${provider} in touchstone.yaml, or use one of ${Object.keys(KNOWN).join(', ')}, replay, function.`,
  });
}

function environmentName(provider: string): string {
  return provider.toUpperCase().replace(/[^A-Z0-9]/g, '_');
}

/** Hosts of this machine and of a private network: servers there are the user's own and rarely want a key. */
function isLocal(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl)) return false;
  const host = new URL(baseUrl).hostname;
  if (host === '[::1]' || /^(127|10)\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\./.test(host)) return true;
  return !host.includes('.') || host.endsWith('.local') || host.endsWith('.localhost');
}
