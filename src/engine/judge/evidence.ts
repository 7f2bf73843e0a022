import { isJsonObject, type Json } from '../json.ts';

/** Whether a claim speaks for the score, against it, or is left out of it. */
export type ClaimSide = 'for' | 'against' | 'neither';

/** A part of what was judged, with the verdict on it. */
export type JudgedClaim = {
  readonly claim: string;
  /** One word, as the judge's prompt names it: `supported`, `missing`, … */
  readonly verdict: string;
  readonly side: ClaimSide;
  readonly reason: string;
};

/** What one judge said. */
export type JudgeOpinion = {
  readonly judge: string;
  /** In the metric's own unit; null when it gave none. */
  readonly value: number | null;
  readonly reason: string;
  readonly claims: readonly JudgedClaim[];
  /** Its words where they could not be read. */
  readonly raw: string | null;
};

const MOST_CLAIMS = 300;
const LONGEST = 2_000;

/** The details of a score that judges gave. Of very many or very long claims as much as a person would read. */
export function evidenceOf(opinions: readonly JudgeOpinion[]): Json {
  return {
    judges: opinions.map(({ judge, value, reason, claims, raw }) => ({
      judge,
      value,
      reason: short(reason),
      claims: claims.slice(0, MOST_CLAIMS).map(({ claim, verdict, side, reason: why }) => ({
        claim: short(claim),
        verdict: short(verdict),
        side,
        reason: short(why),
      })),
      raw: raw === null ? null : short(raw),
    })),
  };
}

/** The opinions in the details of a score; none where it holds something else. */
export function opinionsIn(details: Json | undefined): readonly JudgeOpinion[] {
  const judges = isJsonObject(details) ? details['judges'] : undefined;
  if (!Array.isArray(judges)) return [];
  return judges.filter(isJsonObject).map((one) => ({
    judge: textOf(one['judge']),
    value: typeof one['value'] === 'number' ? one['value'] : null,
    reason: textOf(one['reason']),
    claims: (Array.isArray(one['claims']) ? one['claims'] : []).filter(isJsonObject).map((claim) => ({
      claim: textOf(claim['claim']),
      verdict: textOf(claim['verdict']),
      side: claim['side'] === 'for' || claim['side'] === 'against' ? claim['side'] : 'neither',
      reason: textOf(claim['reason']),
    })),
    raw: typeof one['raw'] === 'string' ? one['raw'] : null,
  }));
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function short(text: string): string {
  return (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`).toWellFormed();
}
