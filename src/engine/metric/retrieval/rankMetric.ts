import type * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition } from '../metric.ts';
import { binary, graded } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits, show } from '../words.ts';
import { type IdOptions, type Retrieval, rankedIds } from './rankedIds.ts';
import { hitsWithin } from './rankScores.ts';

/** A metric on ranked ids, for each sample; over a run their mean (which of average-precision is MAP, of mrr MRR). */
export function rankMetric<Options extends IdOptions & { readonly k?: number | undefined }>(given: {
  readonly kind: string;
  readonly summary: string;
  readonly source: string;
  readonly options: () => z.ZodType<Options>;
  /** Beside path, id, expected and k. */
  readonly parts?: (options: Options) => { readonly [name: string]: unknown };
  /** Says yes or no rather than how much. */
  readonly isBinary?: boolean;
  readonly value: (retrieval: Retrieval, k: number, options: Options) => number;
}): MetricDefinition {
  const { kind, summary, source, options, parts, isBinary = false, value } = given;
  return defineMetric({
    kind,
    family: 'retrieval',
    summary,
    direction: 'higher',
    level: 'row',
    range: [0, 1],
    source: `${source} An id counts where it stands first; a case in which nothing is relevant is unscored.`,
    options,
    shorthand: 'expected',
    create: (chosen) => {
      const read = rankedIds(chosen);
      if ('error' in read) return read;
      const { path, id, expected, k, threshold } = chosen;
      return {
        signature: signature(kind, { path, id, expected, k, ...parts?.(chosen) }),
        role: isBinary || threshold !== undefined ? 'decides' : 'grades',
        score: (input) => {
          const retrieval = read(input);
          if ('outcome' in retrieval) return retrieval.outcome;
          if ('broken' in retrieval) {
            const reason = sentence(retrieval.broken);
            return isBinary ? binary(false, reason) : graded(0, threshold, reason);
          }
          const number = value(retrieval, k ?? Math.max(1, retrieval.ranked.length), chosen);
          const reason = describe(kind, number, retrieval, k);
          return isBinary ? binary(number > 0, reason) : graded(number, threshold, reason);
        },
      };
    },
  });
}

function describe(kind: string, value: number, retrieval: Retrieval, k: number | undefined): string {
  const { ranked, grades } = retrieval;
  const within = k === undefined ? ranked.length : k;
  const first = ranked.findIndex((id) => grades.has(id));
  const where = first === -1 ? '' : `, the first one at rank ${first + 1}: ${show(ranked[first])}`;
  const looked = k === undefined ? `${ranked.length} returned` : `the first ${k} of ${ranked.length} returned`;
  const hits = `${hitsWithin(retrieval, within)} of ${count(grades.size, 'relevant id')} in ${looked}`;
  return `${kind} ${digits(value)}: ${hits}${where}.`;
}
