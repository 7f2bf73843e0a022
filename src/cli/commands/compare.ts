import type { RunComparison } from '../../engine/compare/compareRuns.ts';
import { verdictHolds, verdictWords, type WantedVerdict } from '../../engine/compare/verdict.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { compareStored } from '../../node/compareStored.ts';
import { doubts } from '../../node/evaluateSuite.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { writePage } from '../html/writePage.ts';
import { comparisonMarkdown } from '../markdown/comparisonMarkdown.ts';
import { caseChanges } from '../report/caseChanges.ts';
import { jsonComparedVariant, jsonDifference } from '../reporters/jsonComparison.ts';
import { runComparisonLines } from '../reporters/runComparisonLines.ts';
import type { Shell } from '../shell.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';

export type CompareOptions = WorkspaceOption & {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: string;
  readonly verdict?: WantedVerdict;
};

/** `touchstone compare`: what changed from one stored run to another, and whether it is more than luck. */
export async function compareCommand(
  beforeId: string,
  afterId: string,
  options: CompareOptions,
  shell: Shell,
): Promise<ExitCode> {
  return withHistory(options, shell, async (history) => {
    const runs = { before: findRun(history, beforeId), after: findRun(history, afterId) };
    const compared = compareStored(history, runs.before, runs.after);
    const comparison = { ...compared, notes: [...compared.notes, ...(await doubts(history, runs.after))] };
    if (options.html !== undefined) {
      const { comparisonPage } = await import('../html/comparisonPage.ts');
      const { counts, all } = caseChanges(history, comparison, runs);
      await writePage(comparisonPage(comparison, runs, counts, all()), options.html, shell);
    }
    const { columns, colors } = shell.stdout;
    const text = options.json
      ? JSON.stringify(jsonRunComparison(comparison, runs), null, 2)
      : options.markdown
        ? comparisonMarkdown(comparison, runs, caseChanges(history, comparison, runs).all())
        : runComparisonLines(comparison, runs, columns(), colors).join('\n');
    if (options.html !== '-') shell.stdout.write(`${text}\n`);
    const failing = options.verdict === undefined ? [] : unlikeVerdict(comparison, runs.after, options.verdict);
    for (const reason of failing) shell.stderr.write(`${reason}\n`);
    return failing.length === 0 ? EXIT.ok : EXIT.gate;
  });
}

/** Why the comparison is not what was asked for; a variant without a composite to compare is a reason too. */
function unlikeVerdict({ variants }: RunComparison, { header }: RunSummary, wanted: WantedVerdict): string[] {
  const labels = variantLabels(header.variants);
  return header.variants.flatMap(({ id }) => {
    const label = labels.get(id) ?? id;
    const composite = variants.find(({ variantId }) => variantId === id)?.composite ?? null;
    if (composite === null) return [`${label}: there is no composite to compare, and ${wanted} was asked for.`];
    if (verdictHolds(wanted, composite.verdict.word)) return [];
    return [`${label}: ${verdictWords(composite.verdict)}, and ${wanted} was asked for.`];
  });
}

function jsonRunComparison(
  { variants, tags, cases, sameComposite, notes }: RunComparison,
  { before, after }: { readonly before: RunSummary; readonly after: RunSummary },
): unknown {
  const variantOf = (id: string) => after.header.variants.find((variant) => variant.id === id);
  return {
    before: { id: before.header.id, suite: before.header.suite, startedAt: before.header.startedAt },
    after: { id: after.header.id, suite: after.header.suite, startedAt: after.header.startedAt },
    cases,
    sameComposite,
    variants: variants.flatMap((variant) => {
      const known = variantOf(variant.variantId);
      return known ? [{ variantId: known.id, ...jsonComparedVariant(variant, known) }] : [];
    }),
    tags: tags.map(({ tag, variantId, ...difference }) => ({ tag, variantId, ...jsonDifference(difference) })),
    notes,
  };
}
