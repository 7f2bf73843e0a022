import { CHANGE_GROUPS } from '../../engine/compare/changeGroup.ts';
import { type ComparedRow, comparedRows, countGroups } from '../../engine/compare/comparedRows.ts';
import { type RunComparison, sharedCases } from '../../engine/compare/compareRuns.ts';
import { TouchstoneError } from '../../engine/error.ts';
import type {
  ComparedIds,
  ComparedLine,
  ComparedRuns,
  ComparisonPage,
  ComparisonQuery,
  ComparisonState,
} from '../../protocol/comparison.ts';
import { comparedCasesOf, compareStored } from '../compareStored.ts';
import type { HistoryReader } from '../store/history.ts';
import { runListItem } from './runListItem.ts';

type Compared = { readonly key: string; readonly state: ComparisonState; readonly rows: readonly ComparedRow[] };

/** Two kept runs beside each other. The last comparison is kept, so that pages, filters and cases of it cost little. */
export class RunComparisons {
  #last: Compared | null = null;

  /** What people say changes the figures of runs that have ended. */
  forget(): void {
    this.#last = null;
  }

  state(history: HistoryReader, ids: ComparedIds): ComparisonState {
    return this.#compare(history, ids).state;
  }

  page(history: HistoryReader, query: ComparisonQuery): ComparisonPage {
    const { rows } = this.#compare(history, query);
    const groups = query.groups.length > 0 ? query.groups : CHANGE_GROUPS.filter((group) => group !== 'same');
    const wanted = rows.filter(
      ({ group, variantId }) => groups.includes(group) && (query.variantId === null || query.variantId === variantId),
    );
    const shown = wanted.slice(query.offset, query.offset + query.limit);
    return { query, total: wanted.length, rows: withTexts(history, query, shown) };
  }

  #compare(history: HistoryReader, ids: ComparedIds): Compared {
    const key = [history.path, ids.before, ids.after].join('\n');
    if (this.#last?.key === key) return this.#last;
    const compared = { key, ...compareKept(history, { before: ids.before, after: ids.after }) };
    this.#last = compared;
    return compared;
  }
}

function compareKept(history: HistoryReader, ids: ComparedIds): Omit<Compared, 'key'> {
  const none = (note: string) => ({ state: { ids, found: null, note }, rows: [] });
  const [before, after] = [history.run(ids.before), history.run(ids.after)];
  if (!before || !after) return none('The history does not hold one of these runs any more.');
  const read = comparedCasesOf(history, before, after);
  let comparison: RunComparison;
  try {
    comparison = compareStored(history, before, after, read);
  } catch (error) {
    if (error instanceof TouchstoneError) return none([error.message, error.remedy].filter(Boolean).join(' '));
    throw error;
  }
  const rows = comparedRows({
    pairs: comparison.pairs,
    cases: sharedCases(...read),
    before: { samples: history.outputs(before.header.id), repeats: before.header.policy.repeats ?? {} },
    after: { samples: history.outputs(after.header.id), repeats: after.header.policy.repeats ?? {} },
    samePassing: comparison.sameComposite,
  });
  const { variants, pairs, tags, cases, sameComposite, notes } = comparison;
  const groups = Object.fromEntries(
    pairs.map((pair) => [pair.after, countGroups(rows.filter(({ variantId }) => variantId === pair.after))]),
  );
  const found: ComparedRuns = {
    ...{ variants, pairs, tags, cases, sameComposite, notes, groups },
    ...{ before: runListItem(history, before), after: runListItem(history, after) },
  };
  return { state: { ids, found, note: null }, rows };
}

function withTexts(history: HistoryReader, ids: ComparedIds, rows: readonly ComparedRow[]): ComparedLine[] {
  const texts = (runId: string, side: 'before' | 'after') =>
    new Map(
      history
        .rowsById(
          runId,
          rows.flatMap((row) => row[side]?.sampleId ?? []),
        )
        .map((row) => [row.sampleId, row]),
    );
  const [before, after] = [texts(ids.before, 'before'), texts(ids.after, 'after')];
  return rows.map((row) => {
    const was = row.before && before.get(row.before.sampleId);
    const is = row.after && after.get(row.after.sampleId);
    return {
      ...row,
      inputExcerpt: (is ?? was)?.inputExcerpt ?? '',
      before: row.before && { ...row.before, excerpt: was?.excerpt ?? '' },
      after: row.after && { ...row.after, excerpt: is?.excerpt ?? '' },
    };
  });
}
