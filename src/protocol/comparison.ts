import * as z from 'zod';
import { CHANGE_GROUPS, type ChangeGroup } from '../engine/compare/changeGroup.ts';
import type { ComparedRow, ComparedSide } from '../engine/compare/comparedRows.ts';
import type { RunComparison } from '../engine/compare/compareRuns.ts';
import type { Problem } from '../engine/problem.ts';
import type { RunListItem } from './history.ts';

const runId = z.string().max(100);
const sampleId = z.int().min(0);

/** Two kept runs, by their ids. */
const comparedIds = z.object({ before: runId, after: runId });
export type ComparedIds = z.infer<typeof comparedIds>;

const comparisonQuery = comparedIds.extend({
  offset: z.int().min(0),
  limit: z.int().min(1).max(500),
  /** Empty: all but those with the same answer. */
  groups: z.array(z.enum(CHANGE_GROUPS)).max(CHANGE_GROUPS.length),
  /** Of the later run; null for all. */
  variantId: z.string().max(100).nullable(),
});
export type ComparisonQuery = z.infer<typeof comparisonQuery>;

/** A text of one of the two runs that the editor's own diff shows. */
const diffWanted = z.discriminatedUnion('of', [
  z.object({ of: z.enum(['output', 'messages']), before: sampleId, after: sampleId }),
  z.object({ of: z.literal('prompt'), variantId: z.string().max(100) }),
]);
export type DiffWanted = z.infer<typeof diffWanted>;

/** What the view may ask of a comparison. */
export const comparisonMessages = [
  comparedIds.extend({ type: z.literal('get-comparison') }),
  z.object({ type: z.literal('get-compared-rows'), query: comparisonQuery }),
  z.object({
    type: z.literal('get-compared-case'),
    ids: comparedIds,
    before: sampleId.nullable(),
    after: sampleId.nullable(),
  }),
  /** Lets the reader choose what the run is compared with. */
  z.object({ type: z.literal('compare-with'), runId }),
  z.object({ type: z.literal('open-diff'), ids: comparedIds, wanted: diffWanted }),
] as const;

export type ComparisonMessage = z.infer<(typeof comparisonMessages)[number]>;

/** A comparison of two kept runs, or why there is none. */
export type ComparisonState = { readonly ids: ComparedIds } & (
  | { readonly found: ComparedRuns; readonly note: null }
  | { readonly found: null; readonly note: string }
);

export type ComparedRuns = Pick<RunComparison, 'variants' | 'pairs' | 'tags' | 'cases' | 'sameComposite' | 'notes'> & {
  readonly before: RunListItem;
  readonly after: RunListItem;
  /** Rows of each group, by the variant of the later run. */
  readonly groups: { readonly [variantId: string]: { readonly [group in ChangeGroup]: number } };
};

/** A row with the beginning of what was asked and of both answers. */
export type ComparedLine = Omit<ComparedRow, 'before' | 'after'> & {
  readonly inputExcerpt: string;
  readonly before: (ComparedSide & { readonly excerpt: string }) | null;
  readonly after: (ComparedSide & { readonly excerpt: string }) | null;
};
export type ComparisonPage = {
  readonly query: ComparisonQuery;
  readonly total: number;
  readonly rows: readonly ComparedLine[];
};

/** Two texts for the editor's own diff, with a name for each. */
export type ComparedTexts = {
  readonly title: string;
  /** Ends as the text's kind does, so that the editor colours it. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
};

/** What came of comparing with a revision: the ids of the two runs, or what keeps one of them from starting. */
export type CompareAnswer =
  | { readonly started: false; readonly problems: readonly Problem[] }
  | { readonly started: true; readonly ids: ComparedIds };

/** A state of the repository that one may compare with. */
export type NamedRevision = {
  /** What git knows it by: `main`, `v1.2`, `abc1234`. */
  readonly name: string;
  readonly kind: 'branch' | 'tag' | 'commit';
  /** Of a commit: its first line. */
  readonly subject: string;
  /** ISO 8601 */
  readonly at: string;
};
