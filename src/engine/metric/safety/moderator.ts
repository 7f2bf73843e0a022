import type { Case } from '../../dataset/case.ts';

/** An API that says which categories of harm a text belongs to. */
type Moderator = {
  /** @throws ModelError for a call that failed, after its retries */
  readonly moderate: (
    text: string,
    place: { readonly testCase: Case; readonly signal: AbortSignal },
  ) => Promise<Moderated>;
};

export type Moderated = {
  readonly categories: { readonly [name: string]: ModeratedCategory };
  /** 0 for what is replayed or was kept; null when the price is unknown. */
  readonly costUsd: number | null;
};
/** A flag and a score 0..1; null where the API gives none. */
type ModeratedCategory = { readonly flagged: boolean | null; readonly score: number | null };

/** @param model `provider/name`; asked of nobody before the first text */
export type FindModerator = (model: string) => Moderator | { readonly error: string; readonly remedy: string };
