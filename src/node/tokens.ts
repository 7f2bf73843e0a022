/** How many tokens a text has; `exact` where the model's own encoding is public, otherwise an estimate. */
export type TokenCount = { readonly tokens: number; readonly exact: boolean };

/** Counts texts for one model. */
export type TokenCounter = (text: string) => TokenCount;

/** Longer texts are counted by a sample of this many characters: a preview must not wait for them. */
const MAX_COUNTED = 1_000_000;

/**
 * A counter for a model, `provider/name` or a bare name. The tables load when they are first asked for.
 *
 * Exact for OpenAI's models; for others the count of OpenAI's newest encoding, which is of the right size for most texts.
 */
export async function tokenCounter(model: string | null): Promise<TokenCounter> {
  const encoding = encodingOf(model ?? '');
  const count = await load(encoding ?? 'o200k_base');
  const exact = encoding !== null;
  return (text) => {
    if (text.length > MAX_COUNTED) {
      const { tokens } = countBounded(text.slice(0, MAX_COUNTED), count);
      return { tokens: Math.round((tokens * text.length) / MAX_COUNTED), exact: false };
    }
    const { tokens, whole } = countBounded(text, count);
    return { tokens, exact: exact && whole };
  };
}

/** The encoder takes the square of the time for a run of letters as long as a data URL, or of white space: such texts are counted in pieces. */
const LONG_RUN = /\S{2000}|\s{2000}/;
const PIECE = /[\s\S]{1,1000}/g;

function countBounded(text: string, count: (text: string) => number): { tokens: number; whole: boolean } {
  if (!LONG_RUN.test(text)) return { tokens: count(text), whole: true };
  return { tokens: (text.match(PIECE) ?? []).reduce((sum, piece) => sum + count(piece), 0), whole: false };
}

/** One text for one model; see `tokenCounter`. */
export async function countTokens(text: string, model: string | null): Promise<TokenCount> {
  return (await tokenCounter(model))(text);
}

type Encoding = 'o200k_base' | 'cl100k_base';
const OPENAI = new Set(['openai', 'azure', 'github']);

/** null: the encoding of the model is not public. Text alone is encoded, so the variants for chat markers do not matter. */
function encodingOf(model: string): Encoding | null {
  const steps = model.toLowerCase().split('/');
  const name = steps.at(-1) ?? '';
  // `gpt-oss` is open and served by anybody; the other names are OpenAI's own only where OpenAI or its resellers serve them.
  if (name.startsWith('gpt-oss')) return 'o200k_base';
  if (steps.length > 1 && !steps.slice(0, -1).some((step) => OPENAI.has(step))) return null;
  if (/^(gpt-4o|gpt-4\.\d|gpt-[5-9]|chatgpt-4o|o\d)/.test(name)) return 'o200k_base';
  if (/^(gpt-4|gpt-3\.5)/.test(name)) return 'cl100k_base';
  return null;
}

// Special tokens in a text are text: a prompt cannot send them.
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/** Counts by OpenAI's newest encoding, a text of any length whole. */
export async function newestCounter(): Promise<(text: string) => number> {
  const count = await load('o200k_base');
  return (text) => countBounded(text, count).tokens;
}

async function load(encoding: Encoding): Promise<(text: string) => number> {
  const { countTokens: count } =
    encoding === 'o200k_base'
      ? await import('gpt-tokenizer/encoding/o200k_base')
      : await import('gpt-tokenizer/encoding/cl100k_base');
  return (text) => count(text, AS_TEXT);
}
