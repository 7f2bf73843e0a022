import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatModelRef } from '../../../../src/engine/model/modelClient.ts';
import { columnAnswer, readRecording, recordingLine, replayAnswer } from '../../../../src/engine/model/recording.ts';
import { requestKey } from '../../../../src/engine/model/requestKey.ts';
import type { Sample } from '../../../../src/engine/run/sample.ts';
import { modelRequest } from '../../../support/modelRequest.ts';

const begun = {
  variantId: 'v',
  caseId: 'c',
  repeat: 0,
  caseIndex: 0,
  startedAt: '2025-01-01T00:00:00.000Z',
  messages: modelRequest().messages,
  rawRequest: null,
};

async function read(...chunks: readonly string[]): ReturnType<typeof readRecording> {
  return readRecording(Readable.from(chunks));
}

describe('requestKey', () => {
  const base = modelRequest({ params: { temperature: 0, seed: 1 }, output: { format: 'json' } });
  it.each([
    ['the messages', { messages: [{ role: 'user', content: [{ text: 'Hi!' }] }] }],
    ['a parameter', { params: { temperature: 0.1, seed: 1 } }],
    ['a tool', { tools: [{ name: 'now' }] }],
    ['the output', { output: { format: 'text' } }],
    ['the repeat', { repeat: 1 }],
  ] as const)('changes with %s', (_name, parts) => {
    expect(requestKey({ ...base, ...parts })).not.toBe(requestKey(base));
  });

  it('does not depend on the model, the case or the order of the parameters', () => {
    const other = modelRequest({
      ...base,
      model: { provider: 'ollama', name: 'qwen3:8b' },
      testCase: { ...base.testCase, id: 'other' },
      params: { seed: 1, temperature: 0 },
    });
    expect(requestKey(other)).toBe(requestKey(base));
    expect(requestKey(base)).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('a recording', () => {
  it('gives back what was answered, whatever was answered and however its text is cut', async () => {
    const number = fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: null });
    const count = fc.option(fc.nat(), { nil: null });
    const answer = fc.record({
      output: fc.string({ unit: 'grapheme' }),
      toolCalls: fc.array(fc.record({ id: fc.string(), name: fc.string(), arguments: fc.string() }), { maxLength: 2 }),
      finishReason: fc.option(fc.string(), { nil: null }),
      usage: fc.option(
        fc.record({ inputTokens: count, outputTokens: count, cachedInputTokens: count, reasoningTokens: count }),
        { nil: null },
      ),
      latencyMs: number,
      firstTokenMs: number,
      costUsd: number,
    });
    await fc.assert(
      fc.asyncProperty(answer, fc.nat({ max: 3 }), fc.nat(), async (given, repeat, cut) => {
        const request = modelRequest({ repeat });
        const sample: Sample = {
          ...begun,
          repeat,
          status: 'pass',
          scores: [],
          composite: 1,
          rawResponse: null,
          attempts: 1,
          ...given,
        };
        const line = recordingLine(request, sample) ?? '';
        expect(line.indexOf('\n')).toBe(line.length - 1);
        const text = `\n${line}\r\n`;
        const recording = await read(text.slice(0, cut % text.length), text.slice(cut % text.length));
        if ('error' in recording) throw new Error(recording.error);
        const found = recording.get(requestKey(request)) ?? [];
        expect(found.map(replayAnswer)).toEqual([{ ...given, rawRequest: null, rawResponse: null, attempts: 1 }]);
        expect(found[0]?.model).toBe(formatModelRef(request.model));
      }),
      { numRuns: 60 },
    );
  });

  it('holds no line for a sample without an answer', () => {
    const error = { code: 'timeout', message: 'late', remedy: null, httpStatus: null, requestId: null } as const;
    expect(recordingLine(modelRequest(), { ...begun, status: 'error', error })).toBeNull();
  });

  const key = 'a'.repeat(64);
  it.each([
    ['{"key":', 2, 'It is not JSON.'],
    ['{"key":"abc","output":"x"}', 2, 'key: must be 64 hex digits'],
    [`{"key":"${key}"}`, 2, 'output: Invalid input: expected string, received undefined'],
  ])('tells what is wrong with %s', async (line, number, message) => {
    expect(await read(`{"key":"${key}","output":"fine"}\n${line}\n`)).toEqual({ line: number, error: message });
  });

  it('needs only the key and the output', async () => {
    const recording = await read(`{"key":"${key}","output":"fine"}`);
    expect('error' in recording ? null : recording.get(key)?.map(replayAnswer)).toEqual([columnAnswer('fine')]);
  });
});

describe('columnAnswer', () => {
  it.each([
    ['text', 'text'],
    ['', ''],
    [{ a: [1] }, '{"a":[1]}'],
    [false, 'false'],
    [0.5, '0.5'],
  ])('takes %j as %j', (cell, output) => {
    expect(columnAnswer(cell)).toMatchObject({ output, usage: null, latencyMs: null, costUsd: null });
  });
});
