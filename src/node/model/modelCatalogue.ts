import type { KnownModel, ModelCatalogue } from '../../engine/language/modelCatalogue.ts';
import type { TouchstoneConfig } from '../workspace/touchstoneConfig.ts';
import { KNOWN, priceProvider } from './knownProviders.ts';

/** Targets that are named like providers. */
const NO_SERVERS = ['replay', 'function', 'vscode', 'http', 'command'];

/**
 * The models of the price table by the providers that can be reached, and those that `touchstone.yaml` prices. The table loads
 * when it is first asked for; nothing is fetched.
 */
export async function modelCatalogue(config: TouchstoneConfig): Promise<ModelCatalogue> {
  const { calcPrice, findProvider } = await import('@pydantic/genai-prices');
  const providers = [...new Set([...Object.keys(KNOWN), ...NO_SERVERS, ...Object.keys(config.providers)])];
  const lists = new Map<string, readonly KnownModel[]>();
  const tableId = (provider: string): string | null =>
    Object.hasOwn(config.providers, provider) ? null : priceProvider(provider);

  const modelsOf = (provider: string): readonly KnownModel[] => {
    const listed = lists.get(provider);
    if (listed) return listed;
    const id = tableId(provider);
    const table = id === null ? undefined : findProvider({ providerId: id });
    const known = (table?.models ?? [])
      .filter(({ deprecated }) => deprecated !== true)
      .map((model): KnownModel => {
        const prices = Array.isArray(model.prices) ? model.prices.at(-1)?.prices : model.prices;
        return {
          ...facts(model),
          ...(prices && { inputPerMillion: plain(prices.input_mtok), outputPerMillion: plain(prices.output_mtok) }),
        };
      });
    lists.set(provider, known);
    return known;
  };
  return {
    providers,
    modelsOf,
    find: ({ provider, name }) => {
      const id = tableId(provider);
      if (id === null) return null;
      // A dated or prefixed name is none of the list's and still one of its models.
      const found = calcPrice({ input_tokens: 0, output_tokens: 0 }, name, { providerId: id });
      if (!found) return modelsOf(provider).find((model) => model.name === name) ?? null;
      const { input_mtok: input, output_mtok: output } = found.model_price;
      return { ...facts(found.model), name, inputPerMillion: plain(input), outputPerMillion: plain(output) };
    },
  };
}

function facts(model: { readonly id: string; readonly name?: string; readonly context_window?: number }): KnownModel {
  const { id, name = null, context_window: contextWindow = null } = model;
  return { name: id, title: name, contextWindow, inputPerMillion: null, outputPerMillion: null };
}

/** Prices in tiers are given by their lowest. */
function plain(price: unknown): number | null {
  if (typeof price === 'number') return price;
  const base = typeof price === 'object' && price !== null && 'base' in price ? price.base : null;
  return typeof base === 'number' ? base : null;
}
