import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TouchstoneError } from '../../../src/engine/error.ts';
import { AT_START } from '../../../src/engine/problem.ts';
import { copySample } from '../../../src/extension/copySample.ts';
import { errorWords } from '../../../src/extension/errorWords.ts';
import { playgroundHtml } from '../../../src/extension/playground/playgroundHtml.ts';
import { problemsSummary } from '../../../src/extension/problems/problemText.ts';
import { evalProcess } from '../../../src/extension/tasks/evalCommand.ts';
import { debounced, throttled } from '../../../src/extension/throttled.ts';

it('the page of the playground runs its own script and nothing else', () => {
  const html = playgroundHtml({ cspSource: 'https://x.test', nonce: 'n0nce', scriptUri: 's.js', styleUri: 's.css' });
  const csp = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
  expect(csp).toContain("default-src 'none'");
  expect(csp).toContain("script-src 'nonce-n0nce';");
  expect(csp).not.toMatch(/unsafe-eval|connect-src|\*/);
  expect(html.match(/<script/g)).toHaveLength(1);
  expect(html).toContain('<script defer nonce="n0nce" src="s.js">');
});

it('a task runs the command line on the editor’s own Node', () => {
  const task = { suite: 'evals/a.eval.yaml', args: ['--filter', 'x'] };
  expect(evalProcess(task, '/code', '/ext/touchstone.cjs', '/tmp/p')).toEqual({
    process: '/code',
    args: [
      ...['/ext/touchstone.cjs', 'eval', 'evals/a.eval.yaml', '--problems'],
      ...['--problems-file', '/tmp/p', '--filter', 'x'],
    ],
    env: { ELECTRON_RUN_AS_NODE: '1' },
  });
});

describe('the sample', () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'touchstone-sample-'));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  it('is copied without its history, and never over what is there', async () => {
    const from = path.join(folder, 'from');
    fs.mkdirSync(path.join(from, 'prompts'), { recursive: true });
    fs.mkdirSync(path.join(from, '.touchstone'));
    fs.writeFileSync(path.join(from, 'prompts/a.prompt'), 'A');
    fs.writeFileSync(path.join(from, 'b.csv'), 'B');
    fs.writeFileSync(path.join(from, '.touchstone/history.db'), 'H');
    const to = path.join(folder, 'deep/to');
    fs.mkdirSync(to, { recursive: true });
    fs.writeFileSync(path.join(to, 'b.csv'), 'mine');
    await copySample(from, to);
    expect(fs.readFileSync(path.join(to, 'prompts/a.prompt'), 'utf8')).toBe('A');
    expect(fs.readFileSync(path.join(to, 'b.csv'), 'utf8')).toBe('mine');
    expect(fs.existsSync(path.join(to, '.touchstone'))).toBe(false);
  });
});

describe('words for errors', () => {
  it.each([
    [new TouchstoneError('untrusted', 'Not trusted.', { remedy: 'Trust it.' }), 'Not trusted. Trust it.', ['trust']],
    [new TouchstoneError('history-corrupt', 'Damaged.'), 'Damaged.', []],
    [new TouchstoneError('internal', 'Oh.'), 'Oh.', ['reload', 'log']],
    [new Error('Oh.'), 'Something unexpected went wrong: Oh.', ['log']],
    ['text', 'Something unexpected went wrong: text', ['log']],
  ])('%s', (error, text, actions) => {
    expect(errorWords(error)).toEqual({ text, actions });
  });

  it('name the first error and count the others', () => {
    const one = {
      severity: 'error',
      code: 'x',
      message: 'Bad.',
      remedy: 'Mend it.',
      file: 'f',
      range: AT_START,
    } as const;
    const warning = { ...one, severity: 'warning', message: 'Hm.' } as const;
    expect(problemsSummary('a.eval.yaml', [warning, one])).toBe('a.eval.yaml was not evaluated: Bad. Mend it.');
    expect(problemsSummary('a.eval.yaml', [one, one, warning])).toMatch(/ \(and 1 more\)$/);
  });
});

describe('timing', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('throttled calls at once, then once for all that came during the pause', () => {
    let calls = 0;
    const { call, cancel } = throttled(() => (calls += 1), 100);
    for (let at = 0; at < 10; at += 1) call();
    expect(calls).toBe(1);
    vi.advanceTimersByTime(100);
    expect(calls).toBe(2);
    vi.advanceTimersByTime(300);
    expect(calls).toBe(2);
    call();
    call();
    cancel();
    vi.advanceTimersByTime(300);
    expect(calls).toBe(3);
  });

  it('debounced waits for quiet; flush does not', () => {
    let calls = 0;
    const { call, flush } = debounced(() => (calls += 1), 100);
    flush();
    expect(calls).toBe(0);
    call();
    vi.advanceTimersByTime(99);
    call();
    vi.advanceTimersByTime(99);
    expect(calls).toBe(0);
    flush();
    expect(calls).toBe(1);
    vi.advanceTimersByTime(500);
    expect(calls).toBe(1);
  });
});
