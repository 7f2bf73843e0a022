// How long the editor waits for a comparison of two kept runs of 10,000 cases with answers of 2 KB: verdicts, what became of each case,
// and the first page of rows. Fails when it is over the limit.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { SeededRandom } from '../../src/engine/stats/random.ts';
import { openHistory, readHistory } from '../../src/node/store/history.ts';
import { RunComparisons } from '../../src/node/worker/runComparisons.ts';
import { answered, equalsScore, header, summary, testCase } from '../unit/node/store/sampleRun.ts';

const CASES = 10_000;
const LIMIT_MS = 500;
const ROUNDS = 5;

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-bench-'));
try {
  const random = new SeededRandom(11);
  const history = openHistory(root);
  for (const [id, odds] of [
    ['run-before', 5],
    ['run-after', 6],
  ] as const) {
    const of = header(id, { selection: { cases: CASES }, plannedSamples: CASES });
    const sink = history.sink();
    sink.begin(of);
    for (let index = 0; index < CASES; index += 1) {
      const isRight = random.bits() % odds !== 0;
      const output = `${random.bits() % 3} ${'word '.repeat(400)}${index}`;
      const scores = [equalsScore(Number(isRight))];
      const status = isRight ? ('pass' as const) : ('fail' as const);
      sink.add(answered(index, { output, status, scores, composite: Number(isRight) }), testCase(index));
    }
    sink.finish(summary(of));
  }
  history.close();

  const reader = readHistory(root);
  if (!reader) throw new Error('The history is gone.');
  const ids = { before: 'run-before', after: 'run-after' };
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    const comparisons = new RunComparisons();
    const start = performance.now();
    const { found } = comparisons.state(reader, ids);
    const page = comparisons.page(reader, { ...ids, offset: 0, limit: 100, groups: [], variantId: null });
    best = Math.min(best, performance.now() - start);
    if (found?.cases.common !== CASES || page.rows.length !== 100) throw new Error('Not everything was compared.');
  }
  reader.close();
  console.log(
    `comparison of two runs of ${CASES} cases, and its first page: ${best.toFixed(0)} ms, limit ${LIMIT_MS} ms`,
  );
  if (best > LIMIT_MS) process.exitCode = 1;
} finally {
  fs.rmSync(root, { recursive: true, force: true });
}
