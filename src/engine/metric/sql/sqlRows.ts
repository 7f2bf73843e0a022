import * as z from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import { count, show } from '../words.ts';

export type Row = readonly Json[];

/** What a query comes to; `refused` says what is wrong with it. */
export type QueryResult = { readonly rows: readonly Row[] } | { readonly refused: string };

const resultShape = z.union([z.object({ rows: z.array(z.array(z.json())) }), z.object({ refused: z.string() })]);

/** @returns null for an answer that is no result */
export function readResult(answer: Json): QueryResult | null {
  const read = resultShape.safeParse(answer);
  return read.success ? read.data : null;
}

/** Rows as a list of lists or of objects, whose values count in their order; null for anything else. */
export function rowsOf(value: Json): readonly Row[] | null {
  if (!Array.isArray(value)) return null;
  const rows: Row[] = [];
  for (const row of value as readonly Json[]) {
    if (Array.isArray(row)) rows.push(row as Row);
    else if (isJsonObject(row)) rows.push(Object.values(row));
    else return null;
  }
  return rows;
}

/**
 * How the rows of a query differ from those that are expected, in words; null when they do not. The names of columns do not
 * count, their order does; numbers are compared by 12 significant digits.
 *
 * @param ordered whether the order of rows counts; if not, how often each occurs does
 */
export function rowDifference(got: readonly Row[], expected: readonly Row[], ordered: boolean): string | null {
  const [width, wanted] = [got[0]?.length, expected[0]?.length];
  if (width !== undefined && wanted !== undefined && width !== wanted)
    return `it has ${count(width, 'column')} instead of ${wanted}`;
  if (got.length !== expected.length) return `it has ${count(got.length, 'row')} instead of ${expected.length}`;
  if (ordered) {
    const at = got.findIndex((row, index) => rowKey(row) !== rowKey(expected[index] ?? []));
    return at === -1 ? null : `row ${at + 1} is ${show(got[at])} instead of ${show(expected[at])}`;
  }
  const left = new Map<string, number>();
  for (const row of expected) left.set(rowKey(row), (left.get(rowKey(row)) ?? 0) + 1);
  for (const row of got) {
    const times = left.get(rowKey(row)) ?? 0;
    if (times === 0) return `${show(row)} is not expected, or not so often`;
    left.set(rowKey(row), times - 1);
  }
  return null;
}

function rowKey(row: Row): string {
  return JSON.stringify(row.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) + 0 : value)));
}
