import type { ModelOffers, ProviderOffer } from '../../protocol/models.ts';

/** What a line of the picker stands for. */
export type ModelChoice =
  | { readonly kind: 'model'; readonly model: string }
  | { readonly kind: 'provider'; readonly offer: ProviderOffer }
  | { readonly kind: 'connect' };

/** A line of the picker, or the heading over some. */
export type ModelItem = { readonly label: string; readonly description?: string } & (
  | { readonly heading: true }
  | { readonly heading: false; readonly choice: ModelChoice }
);

export type EditorModel = { readonly id: string; readonly name: string; readonly vendor: string };
/** A local server that answered, with its models. */
export type LocalServer = { readonly offer: ProviderOffer; readonly models: readonly string[] };

/** The lines of the picker: the editor's own models, local servers that answer, the user's targets, providers with a key, and Connect. */
export function modelItems(
  editor: readonly EditorModel[],
  local: readonly LocalServer[],
  { keyed, targets }: Pick<ModelOffers, 'keyed' | 'targets'>,
): readonly ModelItem[] {
  const groups: readonly (readonly [string, readonly ModelItem[]])[] = [
    ['Models of the editor', editor.map(({ id, name, vendor }) => line(name, vendor, model(`vscode/${id}`)))],
    ...local.map(
      ({ offer, models }) =>
        [
          `${offer.label} on ${offer.address}`,
          models.map((name) => line(name, undefined, model(`${offer.provider}/${name}`))),
        ] as const,
    ),
    ['Your own', targets.map((target) => line(target, 'touchstone.yaml', model(target)))],
    [
      'Providers with a key',
      keyed.map((offer) => line(offer.label, keyWords(offer.keyFrom), { kind: 'provider', offer })),
    ],
    ['More', [line('Connect a model…', 'paste a key', { kind: 'connect' })]],
  ];
  return groups.flatMap(([label, items]) => (items.length > 0 ? [{ label, heading: true as const }, ...items] : []));
}

function keyWords(keyFrom: string | null): string {
  if (keyFrom === null) return '';
  return keyFrom === 'safe' ? 'key in the secret storage' : `key in ${keyFrom}`;
}

function model(name: string): ModelChoice {
  return { kind: 'model', model: name };
}

function line(label: string, description: string | undefined, choice: ModelChoice): ModelItem {
  return { label, ...(description ? { description } : {}), heading: false, choice };
}
