import { fleissKappa } from '../stats/agreement/fleissKappa.ts';
import { numericAlpha } from '../stats/agreement/krippendorffAlpha.ts';
import { cohenKappa } from '../stats/agreement/pairAgreement.ts';
import { type JudgedSample, judgeOpinion, passedBy, peoplesOpinion, scoreBy } from './judgePairs.ts';

/** The people behind a report, and how far they agree: no judge can be asked to agree with them more than they do. */
export type RaterReport = {
  /** Samples that two or more people rated. */
  readonly overlap: number;
  /** Krippendorff's alpha of their ratings, by rank; null when nobody's overlap or nothing differs. */
  readonly alpha: number | null;
  /** Of their verdicts, over the samples that the most usual number of people (two or more) rated; null when there are none, or no spread. */
  readonly fleiss: { readonly kappa: number; readonly samples: number; readonly raters: number } | null;
  /** Each with the samples that they rated and the judge scored, and how far the judge agrees with them alone. */
  readonly each: readonly { readonly rater: string; readonly samples: number; readonly kappa: number | null }[];
};

export function raterReport(samples: readonly JudgedSample[], passAt: number): RaterReport {
  const items: number[][] = [];
  const passes: boolean[][] = [];
  const verdicts = new Map<string, { readonly judge: boolean[]; readonly own: boolean[] }>();
  for (const { outcome, ratings } of samples) {
    const people = peoplesOpinion(ratings, passAt);
    if (people === null) continue;
    items.push(people.ratings.map(({ value }) => scoreBy(value)));
    passes.push(people.ratings.map((rating) => passedBy(rating, passAt)));
    const judge = judgeOpinion(outcome, passAt);
    for (const rating of people.ratings) {
      const { rater } = rating;
      const known = verdicts.get(rater) ?? { judge: [], own: [] };
      verdicts.set(rater, known);
      if (judge === null) continue;
      known.judge.push(judge.passed);
      known.own.push(passedBy(rating, passAt));
    }
  }
  return {
    overlap: items.filter(({ length }) => length > 1).length,
    alpha: numericAlpha(items, 'ordinal'),
    fleiss: fleissOf(passes),
    each: [...verdicts]
      .map(([rater, { judge, own }]) => ({ rater, samples: own.length, kappa: cohenKappa(judge, own) }))
      .sort((a, b) => b.samples - a.samples || (a.rater < b.rater ? -1 : 1)),
  };
}

/** Fleiss' kappa needs as many ratings of each sample: those that were rated more or less often are left to alpha. */
function fleissOf(verdicts: readonly (readonly boolean[])[]): RaterReport['fleiss'] {
  const byCount = Map.groupBy(
    verdicts.filter(({ length }) => length > 1),
    ({ length }) => length,
  );
  const [raters, same] = [...byCount].sort(([a, x], [b, y]) => y.length - x.length || b - a)[0] ?? [0, []];
  const kappa = fleissKappa(same);
  return kappa === null ? null : { kappa, samples: same.length, raters };
}
