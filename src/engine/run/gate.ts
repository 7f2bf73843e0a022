import { type Verdict, verdictHolds, verdictWords, type WantedVerdict } from '../compare/verdict.ts';
import type { Suite } from '../suite/suite.ts';
import type { RunSummary, VariantSummary } from './run.ts';

export type Gate = { readonly holds: boolean; readonly reasons: readonly string[] };

/**
 * Whether a run may pass for good, by the suite's `gate`. Each variant must hold it by itself.
 *
 * A pass rate is passes over passes and fails: errors and unscored samples are no part of it, but a variant without a single
 * scored sample has not been shown to hold, and neither has a run that stopped before its end.
 *
 * @param verdicts on the composite of each variant that the baseline has, by variant id; null without a baseline
 * @param excused ids of variants that need no verdict: nothing of them was there to be compared with
 */
export function judgeGate(
  summary: RunSummary,
  gate: Suite['gate'],
  verdicts: ReadonlyMap<string, Verdict> | null = null,
  excused: ReadonlySet<string> = new Set(),
): Gate {
  const reasons = summary.variants.flatMap((variant) => variantReasons(variant, gate));
  if (gate.verdict !== null) reasons.push(...verdictReasons(summary, gate.verdict, verdicts, excused));
  const stopped = incompleteRun(summary);
  if (stopped !== null) reasons.push(stopped);
  return { holds: reasons.length === 0, reasons };
}

/** Why a run has fewer samples than it needed, in a sentence; null when it has enough: all, or those that decided a comparison. */
export function incompleteRun(summary: RunSummary): string | null {
  const planned = summary.header.plannedSamples;
  const done = summary.variants.reduce((sum, { samples }) => sum + samplesOf(samples), 0);
  if (done >= planned || summary.decidedAfter !== undefined) return null;
  const after = `after ${done} of ${planned} samples`;
  return summary.status === 'cancelled'
    ? `The run was stopped ${after}.`
    : `The budget was used up ${after}; the others were not asked for.`;
}

function variantReasons({ variant, samples, composite }: VariantSummary, gate: Suite['gate']): string[] {
  const label = `${variant.prompt} on ${variant.model}`;
  const judged = samples.pass + samples.fail;
  const reasons: string[] = [];
  if (gate.passRate !== null) {
    if (judged === 0) reasons.push(`${label}: no sample was scored, so there is no pass rate.`);
    else if (samples.pass / judged < gate.passRate) {
      reasons.push(`${label}: the pass rate ${below(samples.pass / judged, gate.passRate)}.`);
    }
  }
  if (gate.composite !== null) {
    if (composite === null) reasons.push(`${label}: no sample was scored, so there is no composite.`);
    else if (composite.mean < gate.composite) {
      reasons.push(`${label}: the composite ${below(composite.mean, gate.composite)}.`);
    }
  }
  return reasons;
}

function verdictReasons(
  { variants }: RunSummary,
  wanted: WantedVerdict,
  verdicts: ReadonlyMap<string, Verdict> | null,
  excused: ReadonlySet<string>,
): string[] {
  const asked = variants.filter(({ variant }) => !excused.has(variant.id));
  if (asked.length === 0) return [];
  if (verdicts === null) return [`There is no baseline, so \`verdict: ${wanted}\` cannot hold.`];
  return asked.flatMap(({ variant }) => {
    const label = `${variant.prompt} on ${variant.model}`;
    const verdict = verdicts.get(variant.id);
    if (verdict === undefined) return [`${label}: nothing to compare: no case was scored on both sides.`];
    if (verdictHolds(wanted, verdict.word)) return [];
    return [`${label}: ${verdictWords(verdict)} against the baseline, and the gate asks for ${wanted}.`];
  });
}

function samplesOf(samples: VariantSummary['samples']): number {
  return samples.pass + samples.fail + samples.error + samples.unscored;
}

/** With as many digits as a near miss needs to be seen. */
function below(value: number, limit: number): string {
  let digits = 4;
  while (digits < 15 && value.toFixed(digits) === limit.toFixed(digits)) digits += 1;
  return `${Number(value.toFixed(digits))} is below ${limit}`;
}
