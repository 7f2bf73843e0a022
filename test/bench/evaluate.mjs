// How much longer than its model calls an evaluation takes: 1,000 cases, an API that answers after 50 ms, 20 at once.
// The whole command is measured, from the start of the process to its end. Fails when the ratio is over the limit.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const CASES = 1_000;
const LATENCY_MS = 50;
const CONCURRENCY = 20;
const ROUNDS = 12;
const LIMIT = 1.15;
const IDEAL_MS = (CASES * LATENCY_MS) / CONCURRENCY;

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-bench-'));
const server = spawn(process.execPath, ['--no-warnings', 'test/bench/fakeApiServer.ts', String(LATENCY_MS)], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
try {
  const url = String(await new Promise((resolve) => server.stdout.once('data', resolve))).trim();
  writeWorkspace();
  const rounds = [];
  const bare = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await callBare(url));
    rounds.push(await evaluate(url));
  }
  // The best round: whatever else the machine does can only make one longer.
  const best = rounds.reduce((a, b) => (b.commandMs < a.commandMs ? b : a));
  const ratio = best.commandMs / IDEAL_MS;
  console.log(`${CASES} cases, ${LATENCY_MS} ms each, ${CONCURRENCY} at once; best of ${ROUNDS} rounds:`);
  console.log(`  ideal               ${seconds(IDEAL_MS)}  1.000`);
  for (const [name, ms] of [
    ['a bare HTTP client', Math.min(...bare)],
    ['the run alone', best.runMs],
    ['the whole command', best.commandMs],
  ]) {
    console.log(`  ${name.padEnd(18)}  ${seconds(ms)}  ${(ms / IDEAL_MS).toFixed(3)}`);
  }
  console.log(`evaluate ratio ${ratio.toFixed(3)}, limit ${LIMIT}`);
  if (ratio > LIMIT) process.exitCode = 1;
} finally {
  server.stdin.end();
  fs.rmSync(folder, { recursive: true, force: true });
}

function writeWorkspace() {
  const rows = Array.from({ length: CASES }, (_, index) => `${index},"Ticket ${index}: I was billed twice.",billing`);
  write('cases.csv', `id,ticket,expected\n${rows.join('\n')}\n`);
  write(
    'triage.prompt',
    '---\nmodel: openai/gpt-4o-mini\nconfig: { temperature: 0 }\n---\n{{role "system"}}Triage.\n{{role "user"}}{{ticket}}\n',
  );
  write(
    'triage.eval.yaml',
    'prompts: [./triage.prompt]\ndata: ./cases.csv\nmetrics:\n  - equals: { expected: "{{expected}}" }\n  - latency: { max: 5s }\n',
  );
}

function write(name, text) {
  fs.writeFileSync(path.join(folder, name), text);
}

async function evaluate(url) {
  const report = path.join(folder, 'report.json');
  const startedAtMs = performance.now();
  const child = spawn(
    process.execPath,
    [
      'dist/touchstone.cjs',
      'eval',
      path.join(folder, 'triage.eval.yaml'),
      ...['--concurrency', String(CONCURRENCY), '--reporter', 'json', '--out', report],
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, OPENAI_BASE_URL: url, OPENAI_API_KEY: 'sk-not-a-real-key' },
    },
  );
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const commandMs = performance.now() - startedAtMs;
  if (code !== 0) throw new Error(`The command ended with ${code}: ${said}`);
  const { run, variants } = JSON.parse(fs.readFileSync(report, 'utf8'));
  if (variants[0].samples.pass !== CASES)
    throw new Error(`Not every case passed: ${JSON.stringify(variants[0].samples)}`);
  return { commandMs, runMs: Date.parse(run.finishedAt) - Date.parse(run.startedAt) };
}

/** The same calls without anything around them: what the API and the machine allow. */
async function callBare(url) {
  const agent = new http.Agent({ keepAlive: true });
  const body = JSON.stringify({ model: 'bare', messages: [{ role: 'user', content: 'Hi' }] });
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const call = () =>
    new Promise((resolve, reject) => {
      const request = http.request(`${url}/chat/completions`, { agent, method: 'POST', headers }, (response) => {
        response.resume().on('end', resolve).on('error', reject);
      });
      request.on('error', reject).end(body);
    });
  let left = CASES;
  const startedAtMs = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      while (left > 0) {
        left -= 1;
        await call();
      }
    }),
  );
  agent.destroy();
  return performance.now() - startedAtMs;
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(2)} s`;
}
