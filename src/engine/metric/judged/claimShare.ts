import type { Finding } from '../../judge/askJudges.ts';
import type { JudgedClaim } from '../../judge/evidence.ts';
import type { JudgeReply } from '../../judge/judge.ts';
import { type Numbered, readClaims, type VerdictWords } from '../../judge/readClaims.ts';
import type { MetricDefinition } from '../metric.ts';
import { count, digits, quote } from '../words.ts';
import { defineJudged, type JudgedKind, type JudgedOptions } from './judgedMetric.ts';
import type { JudgedTexts } from './judgedTexts.ts';

/** A kind whose judge takes a text apart and says a word of each part. */
export type ClaimKind<Options> = Omit<JudgedKind<Options>, 'read' | 'consult'> & {
  readonly words: VerdictWords;
  /** Whether yes and no do not stand for the two words, since it is not plain which is which. */
  readonly noYesNo?: boolean;
  /** What the parts are called: `claim`. */
  readonly noun: string;
  /** Where the parts are known before the judge is asked. */
  readonly numbered?: (texts: JudgedTexts, options: Options) => Numbered;
  /** By default the share of the parts that speak for the score, or for `lower`, against it. null: nothing to score. */
  readonly value?: (claims: readonly JudgedClaim[], options: Options, texts: JudgedTexts) => number | null;
  /** What an output without any part comes to; by default there is nothing to score. */
  readonly none?: number;
};

export function defineClaims<Own extends object = object>(kind: ClaimKind<Own & JudgedOptions>): MetricDefinition {
  return defineJudged<Own>({ ...kind, read: claimReader(kind) });
}

type ClaimReader<Options> = (reply: Pick<JudgeReply, 'text'>, texts: JudgedTexts, options: Options) => Finding | null;

/** What a judge of the kind answered, read as a share of its claims. */
export function claimReader<Options>(
  kind: Pick<ClaimKind<Options>, 'words' | 'noYesNo' | 'noun' | 'numbered' | 'value' | 'none' | 'direction'>,
): ClaimReader<Options> {
  const { words, noYesNo = false, noun, numbered, value, none = null } = kind;
  const shareOf = value ?? (kind.direction === 'lower' ? shareAgainst : shareFor);
  return ({ text }, texts, options) => {
    const claims = readClaims(text, words, numbered?.(texts, options), noYesNo);
    if (claims === null) return null;
    const found = claims.length === 0 ? none : shareOf(claims, options, texts);
    if (found === null) return { value: null, passed: null, reason: `The judge found no ${noun} to judge.`, claims };
    if (claims.length === 0)
      return { value: found, passed: null, reason: `The judge found no ${noun} to flag.`, claims };
    return { value: found, passed: null, reason: reasonOf(claims, noun, found), claims };
  };
}

export function shareFor(claims: readonly JudgedClaim[]): number {
  return claims.filter(({ side }) => side === 'for').length / claims.length;
}

function shareAgainst(claims: readonly JudgedClaim[]): number {
  return claims.filter(({ side }) => side === 'against').length / claims.length;
}

function reasonOf(claims: readonly JudgedClaim[], noun: string, value: number): string {
  const counts = new Map<string, number>();
  for (const { verdict } of claims) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const parts = [...counts].map(([verdict, number]) => `${number} ${verdict}`).join(', ');
  const first = claims.find(({ side }) => side === 'against');
  const example = first ? ` First ${first.verdict}: ${quote(first.claim.replace(/[.。]$/, ''))}.` : '';
  return `${count(claims.length, noun)}: ${parts}, which is ${digits(value)}.${example}`;
}
