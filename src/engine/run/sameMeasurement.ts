import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { RunHeader } from './run.ts';

/** Whether two runs ask the same of the same models on the same cases, and measure it alike: one of them is enough. */
export function sameMeasurement(a: RunHeader, b: RunHeader): boolean {
  return changedParts(a, b).length === 0;
}

/** What two runs ask or measure otherwise, in words for a sentence: `the dataset`, `the metrics`. Empty where it is the same. */
export function changedParts(a: RunHeader, b: RunHeader): string[] {
  const [before, after] = [partsOf(a), partsOf(b)];
  return Object.keys(before).filter((part) => !jsonEqual(before[part] ?? null, after[part] ?? null));
}

function partsOf(header: RunHeader): { readonly [part: string]: ReturnType<typeof JSON.parse> } {
  const { suite, dataset, selection, repeats, policy, variants, metrics } = header;
  const parts = {
    'the suite': suite,
    'the dataset': dataset.digest,
    'which cases are asked': selection,
    'how often each case is asked': repeats,
    'the prompts, the models or their params': variants.map(({ id, prompt }) => ({ id, prompt })),
    'the metrics': { metrics, signatures: variants.map(({ signatures }) => signatures) },
    'the composite': policy,
  };
  return JSON.parse(JSON.stringify(parts));
}
