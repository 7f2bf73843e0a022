import type { RunSummary } from '../run/run.ts';
import type { Baseline, BaselineVariant } from './baseline.ts';
import type { CaseResults } from './caseResults.ts';

/** As many as a table of a million cases needs not to confuse two of the same id. */
const CONTENT_DIGITS = 12;

/** A run as the baseline of later ones, which names what its cases say. */
export function baselineOf(summary: RunSummary, results: CaseResults): Baseline {
  return { suite: summary.header.suite, variants: baselineVariants(summary, results, results.contents()) };
}

/** @param contents what names the content of each case, by id; empty where they are told apart already */
export function baselineVariants(
  { variants }: RunSummary,
  results: CaseResults,
  contents: ReturnType<CaseResults['contents']> = new Map(),
): BaselineVariant[] {
  const named = (id: string) => {
    const content = contents.get(id)?.content.slice(0, CONTENT_DIGITS);
    return content === undefined ? {} : { content };
  };
  return variants.map(({ variant: { id, prompt, promptVersion, model, params, signatures } }) => ({
    prompt,
    promptVersion,
    model,
    params,
    metrics: signatures,
    cases: Object.fromEntries(
      [...results.ofVariant(id)].map(([caseId, result]) => [caseId, { ...named(caseId), ...result }]),
    ),
  }));
}
