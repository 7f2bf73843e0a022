import { formatModelRef } from '../engine/model/modelClient.ts';
import type { Problem } from '../engine/problem.ts';
import { openPrices } from './model/prices.ts';
import { placeOfModel } from './modelProblems.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';

/**
 * Warnings for models that the suite's budget cannot stop, as their price is not known. A function may tell itself what it
 * cost, and what is replayed costs nothing.
 */
export async function priceProblems(loaded: LoadedSuite): Promise<readonly Problem[]> {
  const { workspace, suite } = loaded;
  if (suite.budgetUsd === null) return [];
  const billed = loaded.variants.filter(({ model }) => model.provider !== 'replay' && model.provider !== 'function');
  const byModel = new Map(billed.map((variant) => [formatModelRef(variant.model), variant]));
  const costOf = await openPrices(
    billed.map(({ model }) => model),
    workspace.config,
  );
  return [...byModel].flatMap(([name, variant]): Problem[] => {
    if (costOf(variant.model, NO_TOKENS) !== null) return [];
    const message = `The budget cannot stop ${name}: its price is not known.`;
    const remedy = `Give it in touchstone.yaml: prices: { ${name}: { inputPerMillion: …, outputPerMillion: … } }.`;
    return [{ severity: 'warning', code: 'unknown-price', message, remedy, ...placeOfModel(variant, loaded) }];
  });
}

const NO_TOKENS = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, reasoningTokens: 0 };
