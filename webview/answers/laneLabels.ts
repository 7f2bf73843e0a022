import { canonicalJson } from '../../src/engine/json.ts';
import type { Lane } from '../../src/protocol/answers.ts';

/** What the reader calls each lane: its model, its own parameters, and the version where it is not the working copy. */
export function laneLabels(lanes: readonly Lane[], ownModel: string | null): readonly string[] {
  const models = lanes.map(({ model }) => model ?? ownModel);
  const names = models.map((model) => model && shortName(model));
  return lanes.map(({ params, version }, index) => {
    const model = models[index];
    // The provider is left out where the names alone tell the models apart.
    const isClear = names.every((name, at) => name !== names[index] || models[at] === model);
    const settings = Object.entries(params).map(([name, value]) => `${name} ${plain(canonicalJson(value))}`);
    return [(isClear ? names[index] : model) ?? 'no model', ...settings, ...(version === 'HEAD' ? ['HEAD'] : [])].join(
      ' · ',
    );
  });
}

function shortName(model: string): string {
  return model.slice(model.indexOf('/') + 1);
}

function plain(json: string): string {
  return json.replace(/^"([^"\\]*)"$/, '$1');
}
