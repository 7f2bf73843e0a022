import type { SampleQuery, SampleSort } from '../../protocol/views.ts';
import { searchExpression } from './searchText.ts';

/** What the grid shows of a sample, by the names of `sampleRow`. */
export const SAMPLE_COLUMNS = `sample.id AS sampleId, case_id AS caseId, case_index AS caseIndex, variant, repeat,
  sample.status, composite, latency_ms AS latencyMs, cost_usd AS costUsd, input_tokens AS inputTokens,
  output_tokens AS outputTokens, sample.excerpt, test_case.excerpt AS inputExcerpt`;
/** Beside the others, where cases were asked more than once. */
export const FLAKY_COLUMN = `(sample.status IN ('pass', 'fail') AND ${isFlaky('sample')}) AS isFlaky`;
export const SAMPLE_TABLES = 'sample JOIN test_case ON test_case.id = sample.test_case';

/** Each order ends in the same three columns, so that a page never depends on chance; missing numbers come last. */
const ORDERS: { readonly [sort in SampleSort]: string | null } = {
  case: null,
  status: 'status',
  composite: 'composite',
  latency: 'latency_ms',
  cost: 'cost_usd',
};
const CASE_ORDER = ['case_index', 'variant', 'repeat'];

/** `searches`: `@firstId` and `@lastId` are to be bound too, the range of the run's sample ids. */
export type SamplePageSql = {
  readonly rows: string;
  readonly count: string;
  /** Of all pages. */
  readonly ids: string;
  readonly values: Readonly<Record<string, string | number>>;
  readonly searches: boolean;
};

/**
 * The statements of one page of the grid. `@run` is to be bound beside `values`.
 *
 * The page is found by ids first: the order and the filters then need an index only, and no row outside the page is read.
 *
 * @param columns of each row
 * @param variants positions of the wanted variants in their run; empty for all, -1 for one that the run does not have
 */
export function samplePageSql(
  query: SampleQuery,
  variants: readonly number[],
  columns: string = SAMPLE_COLUMNS,
): SamplePageSql {
  const values: Record<string, string | number> = { limit: query.limit, offset: query.offset };
  const conditions = ['run = @run'];
  // Positions are numbers of ours, so they may stand in the text.
  if (variants.length > 0) conditions.push(`variant IN (${variants.join(', ')})`);
  if (query.statuses.length > 0) {
    const names = query.statuses.map((status, position) => {
      values[`status${position}`] = status;
      return `@status${position}`;
    });
    conditions.push(`status IN (${names.join(', ')})`);
  }
  if (query.flaky) conditions.push(`status IN ('pass', 'fail') AND ${isFlaky('sample')}`);
  const text = query.text.trim();
  const expression = searchExpression(text);
  if (text !== '') {
    conditions.push(expression === null ? CONTAINS_SIGNS : HAS_WORDS);
    values['text'] = expression ?? text;
  }
  const where = conditions.join(' AND ');
  const page = `SELECT id FROM sample WHERE ${where} ${orderBy(query)} LIMIT @limit OFFSET @offset`;
  return {
    rows: `SELECT ${columns} FROM ${SAMPLE_TABLES} WHERE sample.id IN (${page}) ${orderBy(query)}`,
    ids: `SELECT id FROM sample WHERE ${where}`,
    count: `SELECT count(*) FROM sample WHERE ${where}`,
    values,
    searches: expression !== null,
  };
}

/** That another repeat of the case ended the other way; found in the narrow index. */
function isFlaky(table: string): string {
  return `EXISTS (SELECT 1 FROM sample AS other WHERE other.run = ${table}.run AND other.case_index = ${table}.case_index
    AND other.variant = ${table}.variant AND other.status IN ('pass', 'fail') AND other.status <> ${table}.status)`;
}

/** Words go through the index, which knows all runs: the range keeps it from gathering those of the others. */
const HAS_WORDS = `id IN (SELECT rowid FROM output_search
  WHERE output_search MATCH @text AND rowid BETWEEN @firstId AND @lastId)`;
/** Signs alone are in no index; the outputs of this run are read. */
const CONTAINS_SIGNS = `(SELECT instr(coalesce(output, error), @text) FROM sample_payload
  WHERE sample_payload.sample = sample.id) > 0`;

function orderBy(query: SampleQuery): string {
  const first = ORDERS[query.sort];
  const direction = query.descending ? 'DESC' : 'ASC';
  if (first === null) return `ORDER BY ${CASE_ORDER.map((column) => `${column} ${direction}`).join(', ')}`;
  return `ORDER BY ${[`${first} ${direction} NULLS LAST`, ...CASE_ORDER].join(', ')}`;
}
