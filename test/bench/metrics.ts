// Metrics against the fastest npm packages that compute the same: edit distance, ROUGE-L and BLEU on the same texts in one process,
// in turns; and the CPU of ten deterministic metrics on 10,000 samples. Fails when ours is slower, or the CPU is over its limit.
import { performance } from 'node:perf_hooks';
import { bleu as peerBleu } from 'bleu-score';
import { distance } from 'fastest-levenshtein';
import { l as rougeLOf } from 'js-rouge';
import { createMetric } from '../../src/engine/metric/createMetric.ts';
import { editDistance } from '../../src/engine/metric/edit/levenshtein.ts';
import type { Metric, MetricInput, MetricTools } from '../../src/engine/metric/metric.ts';
import { metricDefinition } from '../../src/engine/metric/registry.ts';
import type { RunMetric } from '../../src/engine/run/run.ts';
import { bootstrapMean } from '../../src/engine/stats/bootstrap.ts';
import { SeededRandom } from '../../src/engine/stats/random.ts';
import { randomSignFlip } from '../../src/engine/stats/signFlip.ts';
import { type TrialSample, tryRun } from '../../src/engine/trial/runTrial.ts';
import { sortTried } from '../../src/engine/trial/sortTried.ts';

const ROUNDS = 9;
const SAMPLES = 10_000;
const CPU_LIMIT_S = 10;
/** Two clocks in one process differ by so much when both do the same. */
const NOISE = 0.05;

const random = new SeededRandom(7);
const pick = <T>(values: readonly T[]): T => values[random.bits() % values.length] as T;
const WORDS = Array.from({ length: 900 }, () =>
  Array.from({ length: 2 + (random.bits() % 8) }, () => pick([...'etaoinshrdlu'])).join(''),
);
/** A text and a rewording of it: a third of the words are others. */
function pair(words: number): readonly [string, string] {
  const text = Array.from({ length: words }, () => pick(WORDS));
  const reworded = text.map((word) => (random.bits() % 3 === 0 ? pick(WORDS) : word));
  return [text.join(' '), reworded.join(' ')];
}
const LENGTHS: readonly (readonly [string, number, number])[] = [
  ['sentences of 20 words', 20, 800],
  ['answers of 200 words', 200, 120],
  ['documents of 2,000 words', 2_000, 4],
];

const TOOLS = {
  matchRegex: (pattern: string, flags: string, text: string) => {
    const match = new RegExp(pattern, flags).exec(text);
    return match === null ? 'no-match' : { text: match[0], index: match.index, groups: [] };
  },
} as unknown as MetricTools;

function metricOf(kind: string, given: object): Metric {
  const definition = metricDefinition(kind);
  if (!definition) throw new Error(`no metric ${kind}`);
  const options = definition.options().parse(given);
  const made = createMetric(
    { kind, name: kind, options, weight: 1, gate: false },
    { tools: TOOLS, outputSchema: null },
  );
  if ('error' in made) throw new Error(made.error);
  return made;
}

function inputOf(output: string, expected: string): MetricInput {
  const vars = { text: expected };
  return {
    testCase: { id: 'c', vars, expected, tags: [], metadata: {}, row: vars, index: 0, line: 0 },
    messages: [],
    tools: [],
    output,
    response: {
      ...{ output, toolCalls: [], finishReason: 'stop', usage: null, latencyMs: 12, firstTokenMs: null, costUsd: null },
      ...{ rawRequest: null, rawResponse: null, attempts: 1 },
    },
    costUsd: null,
    signal: new AbortController().signal,
  };
}

/** The best of several rounds, in turns: whatever else the machine does can only make one longer. */
function compared(ours: () => void, peer: () => void): { readonly oursMs: number; readonly peerMs: number } {
  const time = (work: () => void) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  let [oursMs, peerMs] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < ROUNDS; round += 1) {
    peerMs = Math.min(peerMs, time(peer));
    oursMs = Math.min(oursMs, time(ours));
  }
  return { oursMs, peerMs };
}

const rouge = metricOf('rouge-l', {});
const bleu = metricOf('bleu', { tokenize: 'none' });
const TASKS: readonly (readonly [
  string,
  string,
  (a: string, b: string) => unknown,
  (a: string, b: string) => unknown,
])[] = [
  ['edit distance', 'fastest-levenshtein', (a, b) => editDistance(a, b), (a, b) => distance(a, b)],
  ['ROUGE-L', 'js-rouge', (a, b) => rouge.score(inputOf(b, a)), (a, b) => rougeLOf(b, a, {})],
  ['BLEU', 'bleu-score', (a, b) => bleu.score(inputOf(b, a)), (a, b) => peerBleu(a, b, 4)],
];

let failed = false;
console.log('metrics against npm packages, time of ours / theirs:');
for (const [size, words, count] of LENGTHS) {
  const texts = Array.from({ length: count }, () => pair(words));
  for (const [name, peer, ours, theirs] of TASKS) {
    const each = (work: (a: string, b: string) => unknown) => () => {
      for (const [a, b] of texts) work(a, b);
    };
    const { oursMs, peerMs } = compared(each(ours), each(theirs));
    const ratio = oursMs / peerMs;
    failed ||= ratio > 1 + NOISE;
    console.log(`  ${name.padEnd(14)} ${size.padEnd(25)} ${ratio.toFixed(3)} of ${peer}`);
  }
}

const ten = [
  metricOf('equals', {}),
  metricOf('contains', { expected: 'teao' }),
  metricOf('regex', { pattern: 'n[aeiou]t' }),
  metricOf('word-count', { max: 90 }),
  metricOf('levenshtein-similarity', {}),
  metricOf('rouge-l', {}),
  metricOf('bleu', {}),
  metricOf('chrf', {}),
  metricOf('token-f1', {}),
  metricOf('latency', { max: 2_000 }),
];
const inputs = Array.from({ length: SAMPLES }, () => {
  const [expected, output] = pair(60);
  return inputOf(output, expected);
});
const before = process.cpuUsage();
for (const input of inputs) for (const metric of ten) await metric.score(input);
const { user, system } = process.cpuUsage(before);
const seconds = (user + system) / 1e6;
failed ||= seconds > CPU_LIMIT_S;
console.log(`ten metrics on ${SAMPLES} samples of 60 words: ${seconds.toFixed(2)} s of CPU, limit ${CPU_LIMIT_S} s`);

const TRIAL_LIMIT_MS = 100;
const eight = ten.slice(0, 8).map((metric): RunMetric => ({ ...metric, role: 'grades' }));
const tried = await Promise.all(
  inputs.map(async (input, sampleId): Promise<TrialSample> => {
    const scores = await Promise.all(
      eight.map(async ({ name }, index) => {
        const outcome = await ten[index]?.score(input);
        return { metric: name, signature: '', ...(outcome ?? { outcome: 'unscored' as const, reason: '' }) };
      }),
    );
    const where = { sampleId, caseIndex: sampleId, variantId: 'v', repeat: 0, latencyMs: null, costUsd: null };
    return { ...where, status: 'pass', composite: 1, scores, tags: [] };
  }),
);
const policy = { threshold: 0.8, missing: 'renormalise' } as const;
let slowest = 0;
for (let step = 0; step < 40; step += 1) {
  const weights = { equals: { weight: step / 10, gate: false } };
  const start = performance.now();
  const run = tryRun(tried, eight, { weights, policy });
  sortTried(run.samples, { sort: 'composite', descending: true, statuses: ['fail'] }, ['v']);
  // The first ones are slower: nothing is compiled yet.
  if (step >= 10) slowest = Math.max(slowest, performance.now() - start);
}
failed ||= slowest > TRIAL_LIMIT_MS;
console.log(
  `other weights on ${SAMPLES} samples of 8 metrics: all within ${slowest.toFixed(0)} ms, limit ${TRIAL_LIMIT_MS} ms`,
);

const RESAMPLES = 10_000;
const RESAMPLING_LIMIT_S = 1;
const differences = Array.from({ length: SAMPLES }, () => random.bits() / 2 ** 31 - 1);
for (const [name, resample] of [
  ['BCa bootstrap', () => bootstrapMean(differences, { resamples: RESAMPLES })],
  ['sign flips', () => randomSignFlip(differences, 0, RESAMPLES)],
] as const) {
  const start = process.cpuUsage();
  resample();
  const used = process.cpuUsage(start);
  const took = (used.user + used.system) / 1e6;
  failed ||= took > RESAMPLING_LIMIT_S;
  console.log(
    `${name} of ${SAMPLES} pairs, ${RESAMPLES} resamples: ${took.toFixed(2)} s of CPU, limit ${RESAMPLING_LIMIT_S} s`,
  );
}
if (failed) process.exitCode = 1;
