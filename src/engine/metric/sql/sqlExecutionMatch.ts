import * as z from 'zod';
import type { Json } from '../../json.ts';
import { defineMetric } from '../defineMetric.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { duration } from '../operational/operational.ts';
import * as fields from '../optionFields.ts';
import { binary, unscored } from '../outcome.ts';
import type { OpenProgram } from '../own/ownProgram.ts';
import { pickOutput } from '../pickOutput.ts';
import { signature } from '../signature.ts';
import { spelledJson } from '../structured/jsonPair.ts';
import { asText, sentence } from '../textMetric.ts';
import { count, show } from '../words.ts';
import { type QueryResult, type Row, readResult, rowDifference, rowsOf } from './sqlRows.ts';
import { isOrdered, looksLikeQuery, withoutFence } from './sqlText.ts';

const DEFAULT_TIMEOUT_MS = 5000;

export const sqlExecutionMatch = defineMetric({
  kind: 'sql-execution-match',
  family: 'sql',
  summary: 'The output is a query that gives, on a SQLite database of yours, the same rows as the expected query.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source:
    'Execution accuracy on a copy of the database in a process of its own: one statement that only reads, at most 10,000 rows. Names of columns do not count; their order, and how often a row occurs, do; numbers by 12 digits. A Markdown fence around the query is taken off.',
  options: () =>
    z.strictObject({
      database: z.string().trim().min(1).meta({
        description:
          'A SQLite file, or a .sql file that makes the database; relative to the suite and inside the workspace.',
      }),
      path: fields.path,
      expected: z.json().optional().meta({
        description: "The right query, or the rows that it gives. By default the case's expected.",
      }),
      ordered: z.boolean().optional().meta({
        description: 'Whether the order of rows counts; by default where the expected query has an outer ORDER BY.',
      }),
      timeout: duration.optional().meta({ description: 'How long a query may take, start included; by default 5s.' }),
    }),
  shorthand: 'database',
  create: ({ database, path, expected: given, ordered, timeout: timeoutMs = DEFAULT_TIMEOUT_MS }, { tools }) => {
    const expected = expectedValue(given);
    if (typeof expected !== 'function') return expected;
    const program = tools.openProgram({ kind: 'sqlite', file: database, timeoutMs });
    if ('error' in program) return program;
    const known = new ExpectedRows(program);
    return {
      signature: signature('sql-execution-match', { path, expected: given, ordered, database: program.version }),
      role: 'decides',
      score: async (input) => {
        const expectation = expected(input);
        if ('missing' in expectation) return unscored(sentence(expectation.missing));
        const wanted = await known.get(expectation.value, input.signal);
        if ('outcome' in wanted) return wanted.outcome;
        const got = await rowsOfOutput(program, input, path);
        if ('outcome' in got) return got.outcome;
        const difference = rowDifference(got.rows, wanted.rows, ordered ?? wanted.ordered);
        return difference === null
          ? binary(true, `The query gives ${count(got.rows.length, 'row')} as expected.`)
          : binary(false, `The query runs, but ${difference}.`);
      },
    };
  },
});

type Wanted = { readonly rows: readonly Row[]; readonly ordered: boolean };

/** The variants and repeats of a case come one after another and share what is expected. */
class ExpectedRows {
  #last: { readonly query: string; readonly wanted: Wanted } | null = null;

  constructor(readonly program: OpenProgram) {}

  async get(value: Json, signal: AbortSignal): Promise<Wanted | { readonly outcome: ScoreOutcome }> {
    const meant = spelledJson(value);
    const rows = rowsOf(meant);
    if (rows !== null) return { rows, ordered: false };
    if (typeof meant !== 'string' || meant.length > LONGEST_QUERY || !looksLikeQuery(meant))
      return { outcome: unscored(`What is expected is neither a query nor a list of rows: ${show(value)}.`) };
    if (this.#last?.query === meant) return this.#last.wanted;
    const said = await runQuery(this.program, meant, signal);
    if ('error' in said) return failed(said.error);
    if ('refused' in said) return failed(`The expected query is no use: ${sentence(said.refused)}`);
    const wanted = { rows: said.rows, ordered: isOrdered(meant) };
    this.#last = { query: meant, wanted };
    return wanted;
  }
}

/** A query that cannot be run, or takes too long, is the model's mistake. */
async function rowsOfOutput(
  program: OpenProgram,
  input: MetricInput,
  path: string | undefined,
): Promise<{ readonly rows: readonly Row[] } | { readonly outcome: ScoreOutcome }> {
  const picked = pickOutput(input, path);
  if ('broken' in picked) return { outcome: binary(false, sentence(picked.broken)) };
  const said = await runQuery(program, withoutFence(asText(picked.value)), input.signal);
  if ('refused' in said) return { outcome: binary(false, `The query does not work: ${sentence(said.refused)}`) };
  if ('rows' in said) return said;
  return said.isLate ? { outcome: binary(false, 'The query takes too long.') } : failed(said.error);
}

async function runQuery(
  program: OpenProgram,
  query: string,
  signal: AbortSignal,
): Promise<QueryResult | { readonly error: string; readonly isLate: boolean }> {
  if (query.length > LONGEST_QUERY) return { refused: `it is longer than ${LONGEST_QUERY} characters` };
  const said = await program.ask({ query: query.toWellFormed() }, signal);
  if ('error' in said) return { error: said.error, isLate: said.isLate === true };
  return readResult(said.answer) ?? { error: 'The database gave no rows.', isLate: false };
}

const LONGEST_QUERY = 100_000;

function failed(reason: string): { readonly outcome: ScoreOutcome } {
  return { outcome: { outcome: 'error', reason } };
}
