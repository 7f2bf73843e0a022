import type { RunSummary } from '../run/run.ts';
import type { Baseline } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';

/** As many as a table of a million cases needs not to confuse two of the same id. */
const CONTENT_DIGITS = 12;

/** A run as the baseline of later ones. */
export function baselineOf({ header, variants }: RunSummary, results: CaseResults): Baseline {
  const contents = results.contents();
  const named = (id: string) => {
    const content = contents.get(id)?.content.slice(0, CONTENT_DIGITS);
    return content === undefined ? {} : { content };
  };
  return {
    suite: header.suite,
    variants: variants.map(({ variant: { id, prompt, promptVersion, model, params, signatures } }) => ({
      prompt,
      promptVersion,
      model,
      params,
      metrics: signatures,
      cases: Object.fromEntries(
        [...results.ofVariant(id)].map(([caseId, result]) => [caseId, { ...named(caseId), ...result }]),
      ),
    })),
  };
}
