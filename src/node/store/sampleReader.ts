import type { ComparedSample } from '../../engine/compare/caseResults.ts';
import type { OutputSample } from '../../engine/compare/comparedRows.ts';
import type { Score } from '../../engine/metric/metric.ts';
import type { SampleDetail, SamplePage, SampleQuery, SampleRow } from '../../protocol/views.ts';
import { answerName } from './answerName.ts';
import type { Database } from './database.ts';
import {
  answerRow,
  columns,
  outcomeRow,
  outputRow,
  parseColumn,
  parseRow,
  payloadRow,
  sampleRow,
  scoreRow,
} from './rows.ts';
import type { KnownRun } from './runReader.ts';
import { FLAKY_COLUMN, SAMPLE_COLUMNS, SAMPLE_TABLES, samplePageSql } from './samplePageSql.ts';
import { type StoredSample, toDetail, toRow, toScore, toStored, variantAt } from './storedSample.ts';

export type SampleReader = {
  page(run: KnownRun, query: SampleQuery): SamplePage;
  rowsById(run: KnownRun, sampleIds: readonly number[]): SampleRow[];
  matchingIds(run: KnownRun, query: SampleQuery): ReadonlySet<number>;
  detail(run: KnownRun, sampleId: number): SampleDetail | null;
  stored(run: KnownRun, sampleId: number): StoredSample | null;
  /** In the order of the dataset. Samples that are added meanwhile may or may not come. */
  all(run: KnownRun): Generator<StoredSample>;
  /** What tells answers apart, of all samples, in the order in which they finished. */
  outputs(run: KnownRun): Generator<OutputSample>;
  /** The numbers of all samples, without a text, in the order in which they finished. */
  outcomes(run: KnownRun): Generator<ComparedSample>;
};

/** How many samples are read at a time: between two reads the connection is free for others. */
const CHUNK_SAMPLES = 200;
const CHUNK_OUTCOMES = 2_000;
const PAYLOAD = `output, error, messages, tool_calls AS toolCalls, raw_request AS rawRequest, raw_response AS rawResponse,
  first_token_ms AS firstTokenMs, cached_input_tokens AS cachedInputTokens, reasoning_tokens AS reasoningTokens, attempts,
  finish_reason AS finishReason, sample.started_at AS startedAt, content`;
const LINE = `SELECT line FROM run JOIN dataset_case ON dataset_case.dataset = run.dataset
  WHERE run.seq = sample.run AND dataset_case.test_case = sample.test_case`;
const WITH_PAYLOAD = `SELECT ${SAMPLE_COLUMNS}, ${PAYLOAD}, ifnull((${LINE}), 0) AS line
  FROM ${SAMPLE_TABLES} JOIN sample_payload ON sample_payload.sample = sample.id`;

export function createSampleReader(database: Database): SampleReader {
  // One statement for all samples of a page: asking for each would take most of the page's time.
  const scoresOf = database.prepare(
    `SELECT sample, metric, outcome, value, score, passed, reason, details, cost_usd AS costUsd
       FROM score LEFT JOIN score_evidence USING (sample, metric)
       WHERE sample IN (SELECT value FROM json_each(?)) ORDER BY sample, metric`,
  );
  const idRange = database.prepare<[number], { firstId: number | null; lastId: number | null }>(
    'SELECT min(id) AS firstId, max(id) AS lastId FROM sample WHERE run = ?',
  );
  const one = database.prepare(`${WITH_PAYLOAD} WHERE sample.id = ? AND sample.run = ?`);
  const byIds = database.prepare(
    `SELECT ${SAMPLE_COLUMNS} FROM ${SAMPLE_TABLES}
       WHERE run = ? AND sample.id IN (SELECT value FROM json_each(?)) ORDER BY sample.id`,
  );
  const next = database.prepare(
    `${WITH_PAYLOAD} WHERE sample.run = ? AND (case_index, variant, repeat) > (?, ?, ?)
       ORDER BY case_index, variant, repeat LIMIT ${CHUNK_SAMPLES}`,
  );
  const nextOutcomes = database.prepare(
    `SELECT sample.id AS sampleId, case_id AS caseId, case_index AS caseIndex, variant, status, composite,
       (SELECT json_group_array(json_array(metric, score)) FROM score
         WHERE score.sample = sample.id AND outcome = 'scored' AND score IS NOT NULL) AS scores
     FROM ${SAMPLE_TABLES} WHERE run = ? AND sample.id > ? ORDER BY sample.id LIMIT ${CHUNK_OUTCOMES}`,
  );
  const nextOutputs = database.prepare(
    `SELECT sample.id AS sampleId, case_id AS caseId, case_index AS caseIndex, variant, repeat, sample.status, composite, answer
     FROM ${SAMPLE_TABLES} WHERE run = ? AND sample.id > ? ORDER BY sample.id LIMIT ${CHUNK_OUTCOMES}`,
  );
  const answerTexts = database.prepare('SELECT output, tool_calls AS toolCalls FROM sample_payload WHERE sample = ?');
  return { page, rowsById, matchingIds, detail, stored, all, outputs, outcomes };

  function page(run: KnownRun, query: SampleQuery): SamplePage {
    const columnsOf = run.header.repeats > 1 ? `${SAMPLE_COLUMNS}, ${FLAKY_COLUMN}` : SAMPLE_COLUMNS;
    const sql = samplePageSql(query, variantOrdinals(run, query.variantIds), columnsOf);
    const values = { ...sql.values, ...(sql.searches ? idRange.get(run.seq) : {}), run: run.seq };
    const total = Number(database.prepare(sql.count).pluck().get(values));
    const sources = total > query.offset ? database.prepare(sql.rows).all(values) : [];
    const rows = sources.map((source) => parseRow(sampleRow, source));
    const scores = readScores(run, rows);
    return { query, total, rows: rows.map((row) => toRow(run, row, scores.get(row.sampleId) ?? [])) };
  }

  function rowsById(run: KnownRun, sampleIds: readonly number[]): SampleRow[] {
    const rows = byIds.all(run.seq, JSON.stringify(sampleIds)).map((source) => parseRow(sampleRow, source));
    const scores = readScores(run, rows);
    return rows.map((row) => toRow(run, row, scores.get(row.sampleId) ?? []));
  }

  function matchingIds(run: KnownRun, query: SampleQuery): ReadonlySet<number> {
    const sql = samplePageSql({ ...query, statuses: [] }, variantOrdinals(run, query.variantIds));
    const { limit: _limit, offset: _offset, ...wanted } = sql.values;
    const values = { ...wanted, ...(sql.searches ? idRange.get(run.seq) : {}), run: run.seq };
    return new Set(database.prepare(sql.ids).pluck().all(values) as number[]);
  }

  function detail(run: KnownRun, sampleId: number): SampleDetail | null {
    const source = one.get(sampleId, run.seq);
    const found = stored(run, sampleId);
    return found && toDetail(run, parseRow(sampleRow, source), found);
  }

  function stored(run: KnownRun, sampleId: number): StoredSample | null {
    const source = one.get(sampleId, run.seq);
    if (source === undefined) return null;
    const row = parseRow(sampleRow, source);
    return toStored(run, row, parseRow(payloadRow, source), readScores(run, [row]).get(sampleId) ?? []);
  }

  function* all(run: KnownRun): Generator<StoredSample> {
    let last: readonly [number, number, number] = [-1, -1, -1];
    for (;;) {
      const sources = next.all(run.seq, ...last);
      const rows = sources.map((source) => parseRow(sampleRow, source));
      const scores = readScores(run, rows);
      for (const [index, row] of rows.entries()) {
        yield toStored(run, row, parseRow(payloadRow, sources[index]), scores.get(row.sampleId) ?? []);
        last = [row.caseIndex, row.variant, row.repeat];
      }
      if (rows.length < CHUNK_SAMPLES) return;
    }
  }

  function* outputs(run: KnownRun): Generator<OutputSample> {
    for (let last = 0; ; ) {
      const rows = nextOutputs.all(run.seq, last).map((source) => parseRow(outputRow, source));
      for (const { variant, answer, ...row } of rows) {
        yield { ...row, variantId: variantAt(run, variant).id, output: answer ?? nameOf(row.sampleId) };
        last = row.sampleId;
      }
      if (rows.length < CHUNK_OUTCOMES) return;
    }
  }

  function nameOf(sampleId: number): string {
    const { output, toolCalls } = parseRow(answerRow, answerTexts.get(sampleId));
    return answerName(output, toolCalls);
  }

  function* outcomes(run: KnownRun): Generator<ComparedSample> {
    for (let last = 0; ; ) {
      const rows = nextOutcomes.all(run.seq, last).map((source) => parseRow(outcomeRow, source));
      for (const { variant, scores, ...row } of rows) {
        yield { ...row, variantId: variantAt(run, variant).id, scores: toOutcomes(run, scores) };
        last = row.sampleId;
      }
      if (rows.length < CHUNK_OUTCOMES) return;
    }
  }

  function readScores(
    run: KnownRun,
    samples: readonly { readonly sampleId: number; readonly variant: number }[],
  ): ReadonlyMap<number, Score[]> {
    const scores = new Map<number, Score[]>(samples.map(({ sampleId }) => [sampleId, []]));
    const variants = new Map(samples.map(({ sampleId, variant }) => [sampleId, variantAt(run, variant)]));
    for (const source of scoresOf.all(JSON.stringify([...scores.keys()]))) {
      const row = parseRow(scoreRow, source);
      const variant = variants.get(row.sample);
      if (variant) scores.get(row.sample)?.push(toScore(row, run, variant));
    }
    return scores;
  }
}

function toOutcomes({ header }: KnownRun, column: string): ComparedSample['scores'] {
  return parseColumn(columns.outcomes, column).map(([position, score]) => {
    return { metric: header.metrics[position]?.name ?? '', outcome: 'scored', score };
  });
}

/** Empty for all; -1, which no sample has, for one that the run does not have. */
function variantOrdinals(run: KnownRun, variantIds: readonly string[]): number[] {
  return variantIds.map((id) => run.header.variants.findIndex((variant) => variant.id === id));
}
