import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { RunHeader } from './run.ts';

/** Whether two runs ask the same of the same models on the same cases, and measure it alike: one of them is enough. */
export function sameMeasurement(a: RunHeader, b: RunHeader): boolean {
  return jsonEqual(measurementOf(a), measurementOf(b));
}

function measurementOf({ suite, dataset, selection, repeats, policy, variants, metrics }: RunHeader) {
  return JSON.parse(
    JSON.stringify({
      ...{ suite, selection, repeats, policy, metrics },
      dataset: dataset.digest,
      variants: variants.map(({ id, prompt, signatures }) => ({ id, prompt, signatures })),
    }),
  );
}
