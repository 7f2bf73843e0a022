import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/engine/json.ts';
import type { MetricTools } from '../../../../src/engine/metric/metric.ts';
import { type OwnProgram, outcomeOf, type ProgramAnswer } from '../../../../src/engine/metric/own/ownProgram.ts';
import { inputOf, metricOf, PLAIN, tryMetric } from './scoring.ts';

const scored = (value: number, passed: boolean | null, reason: string) => ({
  outcome: 'scored',
  value,
  score: value,
  passed,
  reason,
});
const error = (reason: string) => ({ outcome: 'error', reason });

describe('the answer of a program', () => {
  const rows: [Json, number | undefined, unknown][] = [
    [0.8, undefined, scored(0.8, null, 'm says 0.8.')],
    [0.8, 0.8, scored(0.8, true, 'm says 0.8.')],
    [0.79, 0.8, scored(0.79, false, 'm says 0.79.')],
    [0, undefined, scored(0, null, 'm says 0.')],
    [1, undefined, scored(1, null, 'm says 1.')],
    [true, undefined, scored(1, true, 'm says yes.')],
    [false, 0.5, scored(0, false, 'm says no.')],
    [null, undefined, { outcome: 'unscored', reason: 'm gave no score.' }],
    [{ score: null, reason: 'No claim.' }, 0.5, { outcome: 'unscored', reason: 'No claim.' }],
    [{ score: 1 / 3, reason: '一' }, undefined, scored(1 / 3, null, '一')],
    [{ score: 0.4, passed: true }, undefined, scored(0.4, true, 'm says 0.4.')],
    [{ score: 0.4, passed: true }, 0.5, scored(0.4, false, 'm says 0.4.')],
    [{ score: 0.6, passed: false }, 0.5, scored(0.6, false, 'm says 0.6.')],
    [{ score: true, passed: false }, undefined, scored(1, false, 'm says yes.')],
    [{ score: 0.5, __proto__: null, more: 1 }, undefined, scored(0.5, null, 'm says 0.5.')],
    [1.01, undefined, error('m gave the score 1.01: it must be 0 to 1.')],
    [-0.1, 0.5, error('m gave the score -0.1: it must be 0 to 1.')],
    ['0.5', undefined, error('m did not answer with a score but with "0.5".')],
    [[1], undefined, error('m did not answer with a score but with [1].')],
    [{ score: '1' }, undefined, error('m did not answer with a score but with {"score":"1"}.')],
    [{ passed: true }, undefined, error('m gave no `score` but {"passed":true}.')],
    [{ error: 'no model', score: 1 }, undefined, error('m: no model')],
  ];
  it.each(rows)('%j with the threshold %j', (answer, threshold, outcome) => {
    expect(outcomeOf(answer, 'm', threshold)).toEqual(outcome);
  });

  it('is shown in part where it is long', () => {
    const outcome = outcomeOf('😀'.repeat(100_000), 'm', undefined);
    expect(outcome.reason.length).toBeLessThan(200);
    expect(outcome.reason.isWellFormed()).toBe(true);
  });
});

describe.each(['script', 'process'])('%s', (kind) => {
  const opened: OwnProgram[] = [];
  const asked: JsonObject[] = [];
  const toolsWith = (answer: ProgramAnswer, version = 'v1'): { tools: MetricTools } => ({
    tools: {
      ...PLAIN.tools,
      openProgram: (program) => {
        opened.push(program);
        return {
          version,
          ask: async (question) => {
            asked.push(question);
            return answer;
          },
        };
      },
    },
  });
  const given = kind === 'script' ? { file: 'm.ts' } : { command: ['python3', 'm.py'] };

  it('asks with all of a sample, and tells what is said', async () => {
    const metric = metricOf(kind, { ...given, timeout: '2s' }, toolsWith({ answer: { score: 1, reason: 'Good.' } }));
    const input = inputOf('out', {
      expected: { a: 1 },
      vars: { ticket: 't' },
      tags: ['x'],
      metadata: { source: 's' },
      messages: [{ role: 'user', content: [{ type: 'text', text: 'hi' }] }] as never,
      costUsd: 0.5,
    });
    expect(await metric.score(input)).toEqual(scored(1, null, 'Good.'));
    expect(opened.at(-1)).toEqual({ kind, ...given, timeoutMs: 2000 });
    expect(asked.at(-1)).toMatchObject({
      output: 'out',
      expected: { a: 1 },
      vars: { ticket: 't' },
      caseId: 'case-1',
      tags: ['x'],
      metadata: { source: 's' },
      toolCalls: [],
      costUsd: 0.5,
    });
    expect(asked.at(-1)?.['messages']).toEqual(input.messages);
    expect(JSON.parse(JSON.stringify(asked.at(-1)))).toEqual(asked.at(-1));
  });

  it('tells what went wrong', async () => {
    const metric = metricOf(kind, given, toolsWith({ error: 'It is gone.' }));
    expect(await metric.score(inputOf('x'))).toEqual(error('It is gone.'));
  });

  it('has the text of its files in its signature, and not its limits', () => {
    const of = (options: object, version?: string) =>
      metricOf(kind, { ...given, ...options }, toolsWith({ error: '' }, version)).signature;
    expect(of({})).toBe(of({ timeout: 50, threshold: 0.5 }));
    expect(of({})).not.toBe(of({}, 'v2'));
    if (kind === 'script') expect(of({})).not.toBe(of({ options: { n: 1 } }));
  });

  it('may be a gate, and is refused where nothing may be run', () => {
    expect(tryMetric(kind, given, toolsWith({ error: '' }), true)).not.toHaveProperty('error');
    const tools = { ...toolsWith({ error: '' }).tools, openProgram: PLAIN.tools.openProgram };
    expect(tryMetric(kind, given, { tools })).toEqual({ error: 'Nothing is run here.', remedy: 'None.' });
  });

  it('takes a short form', () => {
    const short = kind === 'script' ? 'm.ts' : ['python3', 'm.py'];
    metricOf(kind, short, toolsWith({ error: '' }));
    expect(opened.at(-1)).toEqual({ kind, ...given, timeoutMs: 10_000 });
  });
});
