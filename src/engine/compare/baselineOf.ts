import type { RunSummary } from '../run/run.ts';
import type { Baseline } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';

/** A run as the baseline of later ones. */
export function baselineOf({ header, variants }: RunSummary, results: CaseResults): Baseline {
  return {
    suite: header.suite,
    dataset: { digest: header.dataset.digest, cases: header.dataset.cases },
    variants: variants.map(({ variant: { id, prompt, promptVersion, model, params, signatures } }) => ({
      prompt,
      promptVersion,
      model,
      params,
      metrics: signatures,
      cases: Object.fromEntries(results.ofVariant(id)),
    })),
  };
}
