import * as z from 'zod';
import type { Json, JsonObject } from '../../json.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { binary, graded, reaches, unscored } from '../outcome.ts';

/** A metric of the user's own, as a suite names it: a module, or a program with its arguments; a database to ask; or tests of code. */
export type OwnProgram = { readonly timeoutMs: number } & (
  | { readonly kind: 'script'; readonly file: string }
  | { readonly kind: 'process'; readonly command: readonly string[] }
  | { readonly kind: 'sqlite'; readonly file: string }
  | {
      readonly kind: 'tests';
      readonly command: readonly string[];
      readonly file: string;
      readonly files: readonly string[];
    }
);

/** Such a program, which starts with its first question and is kept for the others. */
export type OpenProgram = {
  /** A hash of the files behind it: another text may be another number. */
  readonly version: string;
  /** One answer for one question; what goes wrong is told in words. */
  readonly ask: (question: JsonObject, signal: AbortSignal) => Promise<ProgramAnswer>;
};

/** `isLate` when a query did not end in time. */
export type ProgramAnswer = { readonly answer: Json } | { readonly error: string; readonly isLate?: boolean };

/** Why a program is not run. */
export type ProgramRefusal = { readonly error: string; readonly remedy: string };

/** What a program is told of a sample. */
export function questionOf(input: MetricInput): JsonObject {
  const { testCase, response, output, messages, tools, costUsd } = input;
  const { id, vars, expected, tags, metadata } = testCase;
  const { toolCalls, usage, finishReason, latencyMs } = response;
  const sample = { output, expected: expected ?? null, vars, messages, caseId: id, tags, metadata };
  return { ...sample, toolCalls, tools, usage, finishReason, latencyMs, costUsd } as unknown as JsonObject;
}

const judgement = z.union([z.number(), z.boolean(), z.null()]);
const answerShape = z.union([
  judgement.transform((score) => ({ score, passed: undefined, reason: undefined, error: undefined })),
  z.object({
    score: judgement.optional(),
    passed: z.boolean().optional(),
    reason: z.string().optional(),
    error: z.string().optional(),
  }),
]);

/**
 * What a program's answer comes to: `0.8`, `true`, `null` for a sample that has no score, or `{ score, passed?, reason? }`.
 *
 * @param name begins a reason that the program does not give
 */
export function outcomeOf(answer: Json, name: string, threshold: number | undefined): ScoreOutcome {
  const read = answerShape.safeParse(answer);
  if (!read.success) return failed(`${name} did not answer with a score but with ${shown(answer)}.`);
  const { score, passed, reason, error } = read.data;
  if (error !== undefined) return failed(`${name}: ${error}`);
  if (score === undefined) return failed(`${name} gave no \`score\` but ${shown(answer)}.`);
  if (score === null) return unscored(reason ?? `${name} gave no score.`);
  if (typeof score === 'boolean') {
    const outcome = binary(passed ?? score, reason ?? `${name} says ${score ? 'yes' : 'no'}.`);
    return outcome.outcome === 'scored' ? { ...outcome, value: Number(score), score: Number(score) } : outcome;
  }
  if (!(score >= 0 && score <= 1)) return failed(`${name} gave the score ${score}: it must be 0 to 1.`);
  const outcome = graded(score, threshold, reason ?? `${name} says ${Number(score.toFixed(4))}.`);
  return outcome.outcome === 'scored' && passed !== undefined
    ? { ...outcome, passed: threshold === undefined ? passed : passed && reaches(score, threshold) }
    : outcome;
}

function failed(reason: string): ScoreOutcome {
  return { outcome: 'error', reason };
}

const SHOWN = 120;

function shown(answer: Json): string {
  const text = JSON.stringify(answer);
  return text.length > SHOWN ? `${text.slice(0, SHOWN).toWellFormed()}…` : text;
}
