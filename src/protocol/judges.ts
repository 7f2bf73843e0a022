import * as z from 'zod';
import type { JudgeReport } from '../engine/judge/judgeReport.ts';
import type { Against } from '../engine/judge/peopleAgainst.ts';

/** The judges of a run beside people; null where the history does not hold the run. */
export type JudgesState = { readonly runId: string; readonly judges: readonly HeldJudge[] | null };

/** `against` is null where the run asks no people. */
export type HeldJudge = { readonly report: JudgeReport; readonly against: Against | null };

export const judgesMessages = [z.object({ type: z.literal('get-judges'), runId: z.string().max(100) })] as const;
