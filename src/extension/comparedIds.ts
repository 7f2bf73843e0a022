import type { ComparedIds } from '../protocol/comparison.ts';
import type { RunListItem } from '../protocol/history.ts';

/** Which of two runs is the one before: that of a past revision, or else the earlier one. */
export function inOrder(runs: readonly RunListItem[], one: string, other: string): ComparedIds {
  const find = (id: string) => runs.find((run) => run.id === id);
  const isPast = (id: string) => (find(id)?.revision ?? null) !== null;
  const startedAt = (id: string) => find(id)?.startedAt ?? '';
  const oneIsFirst = isPast(one) === isPast(other) ? startedAt(one) <= startedAt(other) : isPast(one);
  return oneIsFirst ? { before: one, after: other } : { before: other, after: one };
}
