import type { ChatDialect } from '../../engine/model/chatRequest.ts';
import type { ApiName } from '../workspace/touchstoneConfig.ts';

/** A server as Touchstone knows it without being told. */
export type KnownProvider = {
  readonly label: string;
  /** Of the API; absent where every user has another. */
  readonly baseUrl?: string;
  /** Environment variables that may hold its address, in order, after `<PROVIDER>_BASE_URL`. */
  readonly urlEnv?: readonly string[];
  /** Environment variables that may hold its key, in order; none: it needs no key. */
  readonly keyEnv: readonly string[];
  /** How the key is sent; by default as a bearer token. */
  readonly keyHeader?: 'api-key';
  readonly api?: ApiName;
  readonly dialect?: Partial<ChatDialect>;
  /** Its name in the price table, where that is another. */
  readonly priceId?: string;
  /** A model to begin with. */
  readonly model: string;
  /** The page where keys are made. */
  readonly keysAt?: string;
  /** Another name for one that is listed already. */
  readonly alias?: true;
};

const GEMINI: KnownProvider = {
  label: 'Google Gemini',
  baseUrl: 'https://generativelanguage.googleapis.com/v1beta/openai',
  keyEnv: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
  priceId: 'google',
  model: 'gemini-2.5-flash',
  keysAt: 'https://aistudio.google.com/apikey',
};

/** In the order in which they are offered. */
export const KNOWN: { readonly [provider: string]: KnownProvider } = {
  ollama: { label: 'Ollama', baseUrl: 'http://127.0.0.1:11434/v1', keyEnv: [], model: 'qwen3:8b' },
  lmstudio: { label: 'LM Studio', baseUrl: 'http://127.0.0.1:1234/v1', keyEnv: [], model: 'local-model' },
  vllm: { label: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1', keyEnv: [], model: 'local-model' },
  llamacpp: { label: 'llama.cpp', baseUrl: 'http://127.0.0.1:8080/v1', keyEnv: [], model: 'local-model' },
  openai: {
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    keyEnv: ['OPENAI_API_KEY'],
    model: 'gpt-5-mini',
    keysAt: 'https://platform.openai.com/api-keys',
  },
  azure: {
    label: 'Azure OpenAI',
    urlEnv: ['AZURE_OPENAI_ENDPOINT'],
    keyEnv: ['AZURE_OPENAI_API_KEY'],
    keyHeader: 'api-key',
    model: 'my-deployment',
    keysAt: 'https://ai.azure.com',
  },
  anthropic: {
    label: 'Anthropic',
    baseUrl: 'https://api.anthropic.com/v1',
    keyEnv: ['ANTHROPIC_API_KEY'],
    api: 'messages',
    model: 'claude-haiku-4-5',
    keysAt: 'https://console.anthropic.com/settings/keys',
  },
  gemini: GEMINI,
  google: { ...GEMINI, alias: true },
  googleai: { ...GEMINI, alias: true },
  openrouter: {
    label: 'OpenRouter',
    baseUrl: 'https://openrouter.ai/api/v1',
    keyEnv: ['OPENROUTER_API_KEY'],
    model: 'openai/gpt-5-mini',
    keysAt: 'https://openrouter.ai/keys',
  },
  mistral: {
    label: 'Mistral',
    baseUrl: 'https://api.mistral.ai/v1',
    keyEnv: ['MISTRAL_API_KEY'],
    // Refuses a request with any field that it does not know.
    dialect: { streamUsage: false, seed: 'random_seed' },
    model: 'mistral-small-latest',
    keysAt: 'https://console.mistral.ai/api-keys',
  },
  deepseek: {
    label: 'DeepSeek',
    baseUrl: 'https://api.deepseek.com/v1',
    keyEnv: ['DEEPSEEK_API_KEY'],
    dialect: { jsonSchema: false },
    model: 'deepseek-chat',
    keysAt: 'https://platform.deepseek.com/api_keys',
  },
  groq: {
    label: 'Groq',
    baseUrl: 'https://api.groq.com/openai/v1',
    keyEnv: ['GROQ_API_KEY'],
    model: 'openai/gpt-oss-20b',
    keysAt: 'https://console.groq.com/keys',
  },
  together: {
    label: 'Together',
    baseUrl: 'https://api.together.xyz/v1',
    keyEnv: ['TOGETHER_API_KEY'],
    model: 'openai/gpt-oss-20b',
    keysAt: 'https://api.together.ai/settings/api-keys',
  },
  fireworks: {
    label: 'Fireworks',
    baseUrl: 'https://api.fireworks.ai/inference/v1',
    keyEnv: ['FIREWORKS_API_KEY'],
    model: 'accounts/fireworks/models/gpt-oss-20b',
    keysAt: 'https://app.fireworks.ai/settings/users/api-keys',
  },
  xai: {
    label: 'xAI',
    baseUrl: 'https://api.x.ai/v1',
    keyEnv: ['XAI_API_KEY'],
    priceId: 'x-ai',
    model: 'grok-4-fast',
    keysAt: 'https://console.x.ai',
  },
  github: {
    label: 'GitHub Models',
    baseUrl: 'https://models.github.ai/inference',
    keyEnv: ['GITHUB_TOKEN'],
    model: 'openai/gpt-4.1-mini',
    keysAt: 'https://github.com/settings/tokens',
  },
};

export function knownProvider(provider: string): KnownProvider | undefined {
  return Object.hasOwn(KNOWN, provider) ? KNOWN[provider] : undefined;
}

/** A provider's name in the price table; null where the table cannot know what it costs. */
export function priceProvider(provider: string): string | null {
  const known = knownProvider(provider);
  return known && known.keyEnv.length > 0 ? (known.priceId ?? provider) : null;
}
