import type { PairedTest } from '../stats/pairedTest.ts';

/** What a gate may ask for. */
export const WANTED_VERDICTS = ['better', 'no-worse', 'not-worse'] as const;
export type WantedVerdict = (typeof WANTED_VERDICTS)[number];

const HOLDS: { readonly [wanted in WantedVerdict]: readonly VerdictWord[] } = {
  better: ['better'],
  'no-worse': ['better', 'no-worse'],
  'not-worse': ['better', 'no-worse', 'inconclusive'],
};

export function verdictHolds(wanted: WantedVerdict, word: VerdictWord): boolean {
  return HOLDS[wanted].includes(word);
}

export type VerdictWord = 'better' | 'no-worse' | 'worse' | 'inconclusive';

/** Whether a difference is more than luck. */
export type Verdict = {
  readonly word: VerdictWord;
  /** Two-sided, raised for the other comparisons of its family; 0..1. */
  readonly pValue: number;
  readonly test: PairedTest | 'exact McNemar' | 'betting';
  /** About how many more cases would decide it; null where it is decided, and where nobody can tell. */
  readonly moreCases: number | null;
  /** How large the difference is, beside how sure; absent where it has no size (a single case, no spread). */
  readonly effect?: Effect;
  /** The smallest difference that so many cases would show in 4 of 5 tries; null where none is large enough to be shown. */
  readonly detectable?: number | null;
  /** What the test takes for granted, as a sentence. */
  readonly assumes?: string;
};

/** A number to set beside others of its kind: standard deviations, a difference of rates, how far gains outweigh losses. */
export type Effect = {
  readonly kind: 'd_z' | 'risk difference' | 'rank-biserial correlation';
  readonly value: number;
};

/** `inconclusive (about 40 more cases would tell)`; the others as they are, `no-worse` as two words. */
export function verdictWords({ word, moreCases }: Verdict): string {
  const plain = word === 'no-worse' ? 'no worse' : word;
  if (moreCases === null) return plain;
  return `${plain} (about ${rounded(moreCases).toLocaleString('en-US')} more ${moreCases === 1 ? 'case' : 'cases'} would tell)`;
}

/** To two digits: more would claim to know better. */
function rounded(cases: number): number {
  return Number(cases.toPrecision(2));
}
