import type { calcPrice } from '@pydantic/genai-prices';
import { formatModelRef, type ModelRef, type Usage } from '../../engine/model/modelClient.ts';
import type { TouchstoneConfig } from '../workspace/touchstoneConfig.ts';
import { priceProvider } from './knownProviders.ts';

/** What an answer cost, in US dollars; null when the price or the usage is not known. */
export type CostOf = (model: ModelRef, usage: Usage | null) => number | null;

/**
 * Prices of the given models: the user's own from `touchstone.yaml` first, then the table of `@pydantic/genai-prices`,
 * which is loaded only if one of the models could stand in it. Nothing is fetched.
 */
export async function openPrices(models: readonly ModelRef[], config: TouchstoneConfig): Promise<CostOf> {
  const needsTable = models.some((model) => !ownPrice(model, config) && priceProvider(model.provider) !== null);
  const table = needsTable ? (await import('@pydantic/genai-prices')).calcPrice : null;
  const prices = new Map(models.map((model) => [formatModelRef(model), priceOf(model, config, table)]));
  return (model, usage) => {
    const price = prices.get(formatModelRef(model)) ?? null;
    const { inputTokens, outputTokens, cachedInputTokens } = usage ?? {};
    if (!price || typeof inputTokens !== 'number' || typeof outputTokens !== 'number') return null;
    const cached = cachedInputTokens ?? 0;
    // Tokens that contradict each other have no price.
    return cached > inputTokens ? null : price({ fresh: inputTokens - cached, cached, output: outputTokens });
  };
}

type Tokens = { readonly fresh: number; readonly cached: number; readonly output: number };
type Price = (tokens: Tokens) => number | null;

function priceOf(model: ModelRef, config: TouchstoneConfig, table: typeof calcPrice | null): Price | null {
  const own = ownPrice(model, config);
  if (own) return perMillion(own.inputPerMillion, own.inputPerMillion, own.outputPerMillion);
  const providerId = priceProvider(model.provider);
  if (!table || providerId === null) return null;
  const found = table({ input_tokens: 0, output_tokens: 0 }, model.name, { providerId });
  if (!found) return null;
  const { input_mtok: input, cache_read_mtok: cached = input, output_mtok: output } = found.model_price;
  // Looking a model up takes longer than all else that is done with an answer, and most prices are plain numbers.
  if (typeof input === 'number' && typeof cached === 'number' && typeof output === 'number') {
    return perMillion(input, cached, output);
  }
  return ({ fresh, cached: read, output: written }) => {
    const tokens = {
      input_tokens: fresh + read,
      output_tokens: written,
      ...(read > 0 ? { cache_read_tokens: read } : {}),
    };
    return table(tokens, model.name, { providerId })?.total_price ?? null;
  };
}

function perMillion(input: number, cachedInput: number, output: number): Price {
  return (tokens) => (tokens.fresh * input + tokens.cached * cachedInput + tokens.output * output) / 1_000_000;
}

function ownPrice(model: ModelRef, { prices }: TouchstoneConfig): TouchstoneConfig['prices'][string] | undefined {
  const name = formatModelRef(model);
  return Object.hasOwn(prices, name) ? prices[name] : undefined;
}
