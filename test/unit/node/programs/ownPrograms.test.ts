import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import type { OpenProgram, OwnProgram } from '../../../../src/engine/metric/own/ownProgram.ts';
import { type OwnPrograms, ownPrograms } from '../../../../src/node/programs/ownPrograms.ts';
import { temporaryWorkspaces } from '../../../support/temporaryWorkspace.ts';

const never = new AbortController().signal;
const workspaces = temporaryWorkspaces();
const opened: OwnPrograms[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((programs) => programs.close(true)));
  workspaces.remove();
});

function place(files: { readonly [name: string]: string }, trusted = true) {
  const root = workspaces.make(files);
  const programs = ownPrograms({ root, folder: path.join(root, 'evals'), trusted });
  opened.push(programs);
  return { root, programs };
}

function opens(programs: OwnPrograms, program: OwnProgram): OpenProgram {
  const found = programs.open(program);
  if ('error' in found) throw new Error(found.error);
  return found;
}

/** A program in JavaScript that answers as `body` says: it has `question` and `answer(value)`. */
function program(body: string): string {
  return [
    "const lines = require('node:readline').createInterface({ input: process.stdin });",
    'const answer = (value) => process.stdout.write(JSON.stringify(value) + "\\n");',
    'let count = 0;',
    `lines.on('line', (line) => { const question = JSON.parse(line); count += 1; ${body} });`,
  ].join('\n');
}

const command = (timeoutMs = 10_000, ...args: string[]): OwnProgram => ({
  kind: 'process',
  command: [process.execPath, 'm.cjs', ...args],
  timeoutMs,
});

async function asks(body: string, questions: readonly JsonObject[], timeoutMs = 10_000): Promise<unknown[]> {
  const { programs } = place({ 'evals/m.cjs': program(body) });
  const { ask } = opens(programs, command(timeoutMs));
  const found = await Promise.all(questions.map((question) => ask(question, never)));
  return found.map((one) => ('answer' in one ? one.answer : one.error.replaceAll(process.execPath, 'node')));
}

describe('a program of the user', () => {
  it('is started once and answers line by line', async () => {
    const body = 'answer({ id: question.id, score: question.output.length / 10, reason: String(count) })';
    expect(await asks(body, [{ output: 'a' }, { output: '退款' }, { output: '' }])).toEqual([
      { score: 0.1, reason: '1' },
      { score: 0.2, reason: '2' },
      { score: 0, reason: '3' },
    ]);
  });

  it('takes questions and gives answers of any length and alphabet', async () => {
    const output = '😀é\u2028\n'.repeat(20_000);
    const [found] = await asks('answer({ id: question.id, reason: question.output })', [{ output }]);
    expect(found).toEqual({ reason: output });
  });

  it.each([
    ['no JSON', "process.stdout.write('debug\\n')", 'node wrote a line that is not JSON: debug'],
    ['no id', 'answer({ score: 1 })', 'node answered without the `id` of the question: {"score":1}'],
    ['another id', 'answer({ id: 7 })', 'node answered question 7 instead of 1.'],
    ['too much', "process.stdout.write('x'.repeat(2 ** 21))", 'node wrote a line of more than 1 MB.'],
    ['its end', 'process.exit(0)', 'node ended with 0 instead of answering.'],
    [
      'an error',
      "console.error('no model'); process.exit(3)",
      'node ended with 3 instead of answering. It says: no model',
    ],
  ])('fails for one sample with %s', async (_, body, error) => {
    expect(
      await asks(`if (question.bad) { ${body} } else answer({ id: question.id, score: 1 })`, [{ bad: true }]),
    ).toEqual([error]);
    const found = await asks(`if (question.bad) { ${body} } else answer({ id: question.id, score: 1 })`, [
      { bad: false },
      { bad: true },
      { bad: false },
    ]);
    expect([found[0], found[2]]).toEqual([{ score: 1 }, { score: 1 }]);
    expect(typeof found[1]).toBe('string');
  });

  it('is ended where it says nothing, and started anew for the next sample', async () => {
    const body = 'if (!question.silent) answer({ id: question.id, score: 1, reason: String(process.pid) })';
    const found = await asks(body, [{ silent: false }, { silent: true }, { silent: false }], 3000);
    expect(found[1]).toBe('node did not answer within 3 s.');
    const [first, , third] = found as { reason: string }[];
    expect(third?.reason).not.toBe(first?.reason);
    expect(isRunning(Number(first?.reason))).toBe(false);
  });

  it('is given up after three failures in a row', async () => {
    const found = await asks('process.exit(1)', [{}, {}, {}, {}, {}]);
    const ended = 'node ended with 1 instead of answering.';
    const given = 'node is not asked any more: it failed too often.';
    expect(found).toEqual([ended, ended, ended, given, given]);
  });

  it('says when it cannot be started, once', async () => {
    const { programs } = place({ 'evals/a.txt': '' });
    const { ask } = opens(programs, { kind: 'process', command: ['no-such-program-at-all'], timeoutMs: 1000 });
    const found = [await ask({}, never), await ask({}, never)];
    expect(found).toEqual([
      { error: 'no-such-program-at-all cannot be started: it, or the folder it is started in, is not there.' },
      { error: 'no-such-program-at-all is not asked any more: it failed too often.' },
    ]);
  });

  it('ends with the run, with what it has started, also when it does not want to', async () => {
    const stubborn = [
      "process.on('SIGTERM', () => {});",
      "const { spawn } = require('node:child_process');",
      "const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });",
      program('answer({ id: question.id, pids: [process.pid, child.pid] }); setInterval(() => {}, 1000);'),
    ];
    const { programs } = place({ 'evals/m.cjs': stubborn.join('\n') });
    const found = await opens(programs, command()).ask({}, never);
    const { pids } = ('answer' in found ? found.answer : {}) as { pids: number[] };
    expect(pids.map(isRunning)).toEqual([true, true]);
    await programs.close(true);
    await expect.poll(() => pids.map(isRunning)).toEqual([false, false]);
  });

  it('may finish when its input ends', async () => {
    const tidy = program('answer({ id: question.id })');
    const { root, programs } = place({
      'evals/m.cjs': `${tidy}\nlines.on('close', () => require('node:fs').writeFileSync('done.txt', 'yes'));`,
    });
    await opens(programs, command()).ask({}, never);
    await programs.close(false);
    expect(fs.readFileSync(path.join(root, 'evals/done.txt'), 'utf8')).toBe('yes');
  });

  it('stops at once when the run does, also for who waits', async () => {
    const { programs } = place({ 'evals/m.cjs': program('') });
    const { ask } = opens(programs, command());
    const stop = new AbortController();
    const waiting = [ask({}, stop.signal), ask({}, stop.signal)];
    await wait(200);
    stop.abort();
    expect(await Promise.all(waiting)).toEqual([{ error: 'Stopped.' }, { error: 'Stopped.' }]);
    expect(await ask({}, stop.signal)).toEqual({ error: 'Stopped.' });
  });
});

describe('a script of the user', () => {
  const script = (file = './m.ts', timeoutMs = 10_000): OwnProgram => ({ kind: 'script', file, timeoutMs });
  const run = async (text: string, name = 'm.ts') => {
    const { programs } = place({ [`evals/${name}`]: text });
    const found = await opens(programs, script(`./${name}`)).ask({ output: 'abc', options: { n: 2 } }, never);
    return 'answer' in found ? found.answer : found.error;
  };

  it.each([
    [
      'a named function',
      'export function score({ output }: { output: string }) { return output.length / 10; }',
      { score: 0.3 },
    ],
    [
      'a default export',
      'export default async ({ options }: { options: { n: number } }) => options.n === 2;',
      { score: true },
    ],
    ['reasons', 'export const score = () => ({ score: 0.5, reason: "half" });', { score: 0.5, reason: 'half' }],
    ['null', 'export const score = () => null;', { score: null }],
    ['prints', 'console.log("x"); export const score = () => { process.stdout.write("y"); return 1; };', { score: 1 }],
    ['throws', 'export const score = () => { throw new Error("no"); };', { error: 'no' }],
    ['NaN', 'export const score = () => 0 / 0;', { error: 'it returned the score NaN.' }],
    ['NaN inside', 'export const score = () => ({ score: NaN });', { error: 'it returned the score NaN.' }],
    ['nothing', 'export const score = () => {};', { error: expect.stringContaining('it returned no score') }],
    ['no function', 'export const scores = 1;', { error: expect.stringContaining('it exports no function') }],
    ['a syntax error', 'export const = 1;', { error: expect.stringContaining('it cannot be loaded') }],
  ])('%s', async (_, text, answer) => {
    expect(await run(text)).toEqual(answer);
  });

  it('may be JavaScript of either kind', async () => {
    expect(await run('module.exports = () => 0.25;', 'm.cjs')).toEqual({ score: 0.25 });
    expect(await run('exports.score = () => 0.5;', 'm.cjs')).toEqual({ score: 0.5 });
    expect(await run('export default () => 0.75;', 'm.mjs')).toEqual({ score: 0.75 });
    expect(await run('x', 'm.txt')).toEqual({ error: expect.stringContaining('does not run this kind of file') });
  });

  it('is ended in an endless loop', async () => {
    const { programs } = place({ 'evals/m.ts': 'export const score = () => { for (;;); };' });
    const found = await opens(programs, script('m.ts', 3000)).ask({}, never);
    expect(found).toEqual({ error: 'm.ts did not answer within 3 s.' });
  });
});

describe('what is not run', () => {
  const refused = (programs: OwnPrograms, wanted: OwnProgram) => {
    const found = programs.open(wanted);
    return 'error' in found ? found.error : null;
  };

  it('is anything of a workspace that is not trusted', () => {
    const { programs } = place({ 'evals/m.cjs': '' }, false);
    const error = 'This workspace is not trusted, so its own metrics are not run.';
    expect(refused(programs, { kind: 'script', file: 'm.cjs', timeoutMs: 1 })).toBe(error);
    expect(refused(programs, command())).toBe(error);
  });

  it('is a file that is missing, a folder, or outside the workspace, also by a link', () => {
    const outside = workspaces.make({ 'm.cjs': '' });
    const { root, programs } = place({ 'evals/m.cjs': '' });
    fs.symlinkSync(path.join(outside, 'm.cjs'), path.join(root, 'evals/link.cjs'));
    const script = (file: string) => refused(programs, { kind: 'script', file, timeoutMs: 1 });
    expect(script('n.cjs')).toBe('There is no file n.cjs.');
    expect(script('.')).toBe('There is no file ..');
    expect(script(path.join(outside, 'm.cjs'))).toMatch(/lies outside the workspace/);
    expect(script('link.cjs')).toMatch(/^link.cjs lies outside the workspace/);
    expect(refused(programs, { kind: 'process', command: ['./link.cjs'], timeoutMs: 1 })).toMatch(/lies outside/);
  });

  it('is told apart by what it is made of', () => {
    const { root, programs } = place({ 'evals/m.cjs': 'a' });
    const versions = () => [
      opens(programs, { kind: 'script', file: 'm.cjs', timeoutMs: 1 }).version,
      opens(programs, command()).version,
    ];
    const before = versions();
    expect(versions()).toEqual(before);
    fs.writeFileSync(path.join(root, 'evals/m.cjs'), 'b');
    for (const [index, version] of versions().entries()) expect(version).not.toBe(before[index]);
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie, whose parent has not looked yet, runs no more.
    return !/^State:\s+Z/m.test(fs.readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
