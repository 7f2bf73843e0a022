import { hash } from 'node:crypto';
import type { Case } from '../../engine/dataset/case.ts';
import { TouchstoneError } from '../../engine/error.ts';
import type { Score } from '../../engine/metric/metric.ts';
import { subjectOf } from '../../engine/rating/subject.ts';
import type { Sample } from '../../engine/run/sample.ts';
import { nodeHashing } from '../nodeHashing.ts';
import { answerName } from './answerName.ts';
import type { Database, Statement } from './database.ts';
import { excerpt, inputExcerpt } from './excerpt.ts';
import { subjectBytes } from './ratingRow.ts';
import type { OpenRun } from './runWriter.ts';
import { searchableText } from './searchText.ts';

export type FinishedSample = { readonly sample: Sample; readonly testCase: Case };

export type SampleWriter = {
  /** Writes samples with their cases, scores and payloads. Call it in a transaction. */
  write(run: OpenRun, samples: readonly FinishedSample[]): void;
  /** Call it after a transaction was rolled back: cases that it had written are gone. */
  forget(): void;
};

/** A price that nobody knows, beside NULL for what was never asked. */
const UNKNOWN = 'unknown';

/** Half of a SHA-256: beyond accident for any number of cases, and the index of it is written all over. */
const HASH_BYTES = 16;

/** @throws what SQLite throws; TouchstoneError `internal` for a variant or metric that the run's header does not list. */
export function createSampleWriter(database: Database): SampleWriter {
  const insertCase = database.prepare('INSERT INTO test_case (hash, case_id, content, excerpt) VALUES (?, ?, ?, ?)');
  const findCase = database.prepare('SELECT id FROM test_case WHERE hash = ?').pluck();
  const putMember = database.prepare(
    `INSERT INTO dataset_case (dataset, test_case, line) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET line = excluded.line WHERE line <> excluded.line`,
  );
  const insertSample = database.prepare(
    `INSERT INTO sample (run, case_index, variant, repeat, test_case, status, composite, latency_ms, first_token_ms,
       cost_usd, input_tokens, output_tokens, cached_input_tokens, reasoning_tokens, attempts, finish_reason, started_at,
       excerpt, subject, answer) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertPayload = database.prepare(
    `INSERT INTO sample_payload (sample, output, error, messages, tool_calls, raw_request, raw_response)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertWords = database.prepare('INSERT INTO output_search (rowid, output, case_id) VALUES (?, ?, ?)');
  const insertScores = scoreStatements(database);
  const insertEvidence = database.prepare(
    'INSERT INTO score_evidence (sample, metric, details, cost_usd) VALUES (?, ?, ?, ?)',
  );
  /** Rows of the cases of the run that is being written, by position: a case comes once for each variant and repeat. */
  const caseIds = new Map<number, number>();
  let caseRun: OpenRun | null = null;

  return { write, forget: () => caseIds.clear() };

  function write(run: OpenRun, samples: readonly FinishedSample[]): void {
    const ids = samples.map(({ sample, testCase }) => writeSample(run, sample, testCase));
    // Words come last: a statement that inserts several rows makes FTS5 write out what it has gathered, at every sample.
    samples.forEach(({ sample, testCase }, index) => {
      insertWords.run(ids[index], searchableText(textOf(sample)), searchableText(testCase.id));
    });
  }

  function writeSample(run: OpenRun, sample: Sample, testCase: Case): number {
    const caseRow = caseId(run, sample.caseIndex, testCase);
    const answer = sample.status === 'error' ? null : sample;
    const toolCalls = answer && answer.toolCalls.length > 0 ? JSON.stringify(answer.toolCalls) : null;
    const id = Number(
      insertSample.run(
        run.seq,
        sample.caseIndex,
        position(run.variants, sample.variantId, 'variant'),
        sample.repeat,
        caseRow,
        sample.status,
        answer?.composite ?? null,
        answer?.latencyMs ?? null,
        answer?.firstTokenMs ?? null,
        answer?.costUsd ?? null,
        answer?.usage?.inputTokens ?? null,
        answer?.usage?.outputTokens ?? null,
        answer?.usage?.cachedInputTokens ?? null,
        answer?.usage?.reasoningTokens ?? null,
        answer?.attempts ?? null,
        answer?.finishReason ?? null,
        sample.startedAt,
        excerpt(textOf(sample)),
        answer && run.asksPeople ? subjectBytes(subjectOf(testCase, answer, nodeHashing)) : null,
        answerName(answer?.output ?? null, toolCalls),
      ).lastInsertRowid,
    );
    insertPayload.run(
      id,
      answer?.output ?? null,
      sample.status === 'error' ? JSON.stringify(sample.error) : null,
      JSON.stringify(sample.messages),
      toolCalls,
      JSON.stringify(sample.rawRequest),
      answer ? JSON.stringify(answer.rawResponse) : null,
    );
    if (answer) writeScores(run, id, answer.scores);
    return id;
  }

  function writeScores(run: OpenRun, sample: number, scores: readonly Score[]): void {
    if (scores.length === 0) return;
    const values: (number | string | null)[] = [];
    for (const score of scores) {
      const metric = position(run.metrics, score.metric, 'metric');
      if (score.outcome === 'scored') {
        const passed = score.passed === null ? null : Number(score.passed);
        values.push(sample, metric, score.outcome, score.value, score.score, passed, score.reason);
      } else values.push(sample, metric, score.outcome, null, null, null, score.reason);
    }
    insertScores(scores.length).run(...values);
    for (const { metric, details, costUsd } of scores) {
      if (details === undefined && costUsd === undefined) continue;
      const json = details === undefined ? null : JSON.stringify(details);
      const cost = costUsd === undefined ? null : (costUsd ?? UNKNOWN);
      insertEvidence.run(sample, position(run.metrics, metric, 'metric'), json, cost);
    }
  }

  function caseId(run: OpenRun, caseIndex: number, testCase: Case): number {
    if (caseRun !== run) caseIds.clear();
    caseRun = run;
    let id = caseIds.get(caseIndex);
    if (id === undefined) {
      id = storeCase(testCase);
      putMember.run(run.dataset, id, testCase.line);
      caseIds.set(caseIndex, id);
    }
    return id;
  }

  function storeCase({ id: caseId, vars, expected, tags, metadata, history }: Case): number {
    const content = JSON.stringify({ vars, expected, tags, metadata, history });
    const digest = hash('sha256', `${caseId}\0${content}`, 'buffer').subarray(0, HASH_BYTES);
    const known = findCase.get(digest);
    return Number(known ?? insertCase.run(digest, caseId, content, inputExcerpt(vars)).lastInsertRowid);
  }
}

function textOf(sample: Sample): string {
  return sample.status === 'error' ? sample.error.message : sample.output;
}

/** One statement writes all scores of a sample; there is one for each number of scores that occurs. */
function scoreStatements(database: Database): (count: number) => Statement {
  const statements = new Map<number, Statement>();
  return (count) => {
    let statement = statements.get(count);
    if (!statement) {
      const rows = Array.from({ length: count }, () => '(?, ?, ?, ?, ?, ?, ?)').join(', ');
      statement = database.prepare(
        `INSERT INTO score (sample, metric, outcome, value, score, passed, reason) VALUES ${rows}`,
      );
      statements.set(count, statement);
    }
    return statement;
  };
}

function position(positions: ReadonlyMap<string, number>, name: string, what: string): number {
  const found = positions.get(name);
  if (found === undefined) throw new TouchstoneError('internal', `The run's header lists no ${what} "${name}".`);
  return found;
}
