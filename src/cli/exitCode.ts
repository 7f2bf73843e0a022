import type { RunStatus, RunSummary, VariantSummary } from '../engine/run/run.ts';

/** What the process ends with. Scripts rely on these numbers. */
export const EXIT = {
  /** The gate holds. */
  ok: 0,
  /** The gate fails. */
  gate: 1,
  /** Files or arguments are wrong; nothing was run. */
  input: 2,
  /** A provider or the environment failed, and nothing else did. */
  environment: 3,
  cancelled: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What the code depends on: `gateHolds` is the gate's word on what could be scored. */
export type RunOutcome = { readonly status: RunStatus; readonly errors: number; readonly gateHolds: boolean };

/** A gate that fails is told before errors are: 3 means that nothing else failed. */
export function exitCodeOf({ status, errors, gateHolds }: RunOutcome): ExitCode {
  if (status !== 'finished') return EXIT.cancelled;
  if (!gateHolds) return EXIT.gate;
  return errors > 0 ? EXIT.environment : EXIT.ok;
}

/** The run without the variants of which every sample is an error: what is left can be judged by the gate. */
export function scoredPart(summary: RunSummary): RunSummary {
  const isJudged = ({ samples }: VariantSummary) =>
    samples.error === 0 || samples.pass + samples.fail + samples.unscored > 0;
  const variants = summary.variants.filter(isJudged);
  const leftOut = summary.variants
    .filter((variant) => !isJudged(variant))
    .reduce((sum, { samples }) => sum + samples.error, 0);
  const plannedSamples = summary.header.plannedSamples - leftOut;
  return { ...summary, header: { ...summary.header, plannedSamples }, variants };
}

/** One code for several suites: the one that a person must look at first. */
export function worstExitCode(codes: readonly ExitCode[]): ExitCode {
  return ORDER.find((code) => codes.includes(code)) ?? EXIT.ok;
}

const ORDER: readonly ExitCode[] = [EXIT.cancelled, EXIT.input, EXIT.gate, EXIT.environment];
