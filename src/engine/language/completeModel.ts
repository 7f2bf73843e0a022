import type { Offer } from './completion.ts';
import { describeModel, type ModelCatalogue } from './modelCatalogue.ts';

/** At most so many at once: one catalogue lists hundreds of models of one provider. */
const MOST = 400;

/** Models by `provider/name`: those in use first, then providers, then the models of the one that is typed. */
export function completeModel(typed: string, used: readonly string[], catalogue: ModelCatalogue): Offer[] {
  const slash = typed.indexOf('/');
  const provider = slash === -1 ? null : typed.slice(0, slash);
  const inUse = used
    .filter((model) => model.includes('/'))
    .map((label): Offer => ({ kind: 'model', label, detail: 'in use here' }));
  const providers = provider === null ? catalogue.providers : catalogue.providers.filter((one) => one === provider);
  const known = providers.flatMap((one) =>
    catalogue.modelsOf(one).map((model): Offer => {
      const detail = describeModel(model);
      const title = model.title ?? undefined;
      return {
        kind: 'model',
        label: `${one}/${model.name}`,
        ...(title === undefined ? {} : { detail: title }),
        ...(detail === '' ? {} : { documentation: detail }),
      };
    }),
  );
  const bare = providers
    .filter((one) => catalogue.modelsOf(one).length === 0)
    .map((one): Offer => ({ kind: 'model', label: `${one}/`, detail: 'any model that it serves' }));
  const labels = new Set(inUse.map(({ label }) => label));
  return [...inUse, ...bare, ...known.filter(({ label }) => !labels.has(label))].slice(0, MOST);
}
