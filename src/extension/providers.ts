/** A provider that the user can connect by a click. `model` is a name to begin with. */
export type ProviderChoice = {
  readonly id: string;
  readonly label: string;
  readonly model: string;
  /** Where keys are made; null for a server on this machine. */
  readonly keysAt: string | null;
  /** Of a server on this machine: it can be asked for its models. */
  readonly localUrl?: string;
};

/** The worker knows how to reach each; a test holds the two lists together. */
export const PROVIDERS: readonly ProviderChoice[] = [
  {
    id: 'ollama',
    label: 'Ollama',
    model: 'qwen3:8b',
    keysAt: null,
    localUrl: 'http://127.0.0.1:11434/v1',
  },
  { id: 'lmstudio', label: 'LM Studio', model: 'local-model', keysAt: null, localUrl: 'http://127.0.0.1:1234/v1' },
  { id: 'vllm', label: 'vLLM', model: 'local-model', keysAt: null, localUrl: 'http://127.0.0.1:8000/v1' },
  { id: 'openai', label: 'OpenAI', model: 'gpt-5-mini', keysAt: 'https://platform.openai.com/api-keys' },
  {
    id: 'anthropic',
    label: 'Anthropic',
    model: 'claude-haiku-4-5',
    keysAt: 'https://console.anthropic.com/settings/keys',
  },
  { id: 'gemini', label: 'Google Gemini', model: 'gemini-2.5-flash', keysAt: 'https://aistudio.google.com/apikey' },
  { id: 'openrouter', label: 'OpenRouter', model: 'openai/gpt-5-mini', keysAt: 'https://openrouter.ai/keys' },
  { id: 'mistral', label: 'Mistral', model: 'mistral-small-latest', keysAt: 'https://console.mistral.ai/api-keys' },
  { id: 'groq', label: 'Groq', model: 'openai/gpt-oss-20b', keysAt: 'https://console.groq.com/keys' },
  { id: 'deepseek', label: 'DeepSeek', model: 'deepseek-chat', keysAt: 'https://platform.deepseek.com/api_keys' },
];

/** Where a provider's key is kept in the editor's secret storage. */
export function secretName(provider: string): string {
  return `touchstone.key.${provider}`;
}
