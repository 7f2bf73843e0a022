import { type ModelRef, parseModelRef } from '../model/modelClient.ts';
import { nearest } from '../suite/nearest.ts';

/** What is publicly known of a model; null where it is not. */
export type KnownModel = {
  readonly name: string;
  readonly title: string | null;
  readonly contextWindow: number | null;
  /** US dollars for a million tokens. */
  readonly inputPerMillion: number | null;
  readonly outputPerMillion: number | null;
};

/** The models that the language knows of. A list can never be complete: what is not in it may still be there. */
export type ModelCatalogue = {
  readonly providers: readonly string[];
  /** Empty where nothing is known of a provider's models, as of a server of one's own. */
  readonly modelsOf: (provider: string) => readonly KnownModel[];
  readonly find: (model: ModelRef) => KnownModel | null;
};

type ModelFault = {
  readonly code: 'model-without-provider' | 'unknown-provider' | 'unknown-model';
  readonly message: string;
  readonly remedy: string;
  /** What to write instead; null when nothing is near. */
  readonly better: string | null;
};

/** What is doubtful of a model's name; null when nothing is. */
export function modelFault(written: string, catalogue: ModelCatalogue): ModelFault | null {
  const ref = parseModelRef(written);
  if (ref === null) return withoutProvider(written, catalogue);
  const { provider, name } = ref;
  if (catalogue.providers.length > 0 && !catalogue.providers.includes(provider)) {
    const meant = nearest(provider, catalogue.providers);
    return {
      code: 'unknown-provider',
      message: `The provider \`${provider}\` is not known.`,
      remedy:
        meant === null
          ? `Use one of ${catalogue.providers.join(', ')}, or add its baseUrl under providers.${provider} in touchstone.yaml.`
          : `Did you mean \`${meant}/${name}\`?`,
      better: meant === null ? null : `${meant}/${name}`,
    };
  }
  const known = catalogue.modelsOf(provider);
  if (known.length === 0 || catalogue.find(ref) !== null) return null;
  const meant = nearest(
    name,
    known.map((model) => model.name),
  );
  return {
    code: 'unknown-model',
    message: `\`${name}\` is not among the known models of ${provider}.`,
    remedy:
      meant === null
        ? 'Check its name; a new model may not be in the list yet.'
        : `Did you mean \`${provider}/${meant}\`?`,
    better: meant === null ? null : `${provider}/${meant}`,
  };
}

function withoutProvider(written: string, catalogue: ModelCatalogue): ModelFault {
  const name = written.replace(/^\/|\/$/g, '');
  const provider = catalogue.providers.find((one) => catalogue.modelsOf(one).some((model) => model.name === name));
  const better = provider === undefined ? null : `${provider}/${name}`;
  return {
    code: 'model-without-provider',
    message: `\`${written}\` does not say who serves the model.`,
    remedy: better === null ? 'Write `provider/name`, e.g. `openai/gpt-5-mini`.' : `Write \`${better}\`.`,
    better,
  };
}

/** `$0.25 in, $2 out per million tokens; context 400,000 tokens`; parts that are not known are left out. */
export function describeModel(model: KnownModel): string {
  const { inputPerMillion: input, outputPerMillion: output, contextWindow } = model;
  const price = input === null || output === null ? null : `$${input} in, $${output} out per million tokens`;
  const window = contextWindow === null ? null : `context ${contextWindow.toLocaleString('en-US')} tokens`;
  return [price, window].filter((part) => part !== null).join('; ');
}
