import { describe, expect, it } from 'vitest';
import type { History } from '../../../../src/node/store/history.ts';
import { answered, failedCall, header, summary, testCase } from './sampleRun.ts';
import { newHistory, rawDatabase } from './temporaryRoot.ts';

const call = { id: 'call-1', name: 'refund', arguments: '{}' };

describe('what tells answers apart', () => {
  it('is the same for the same text and calls, whatever else differs', () => {
    const { history } = newHistory();
    write(history, 'before');
    write(history, 'after');
    const [yes, no, withCall, failed] = names(history, 'before');
    expect(names(history, 'after')).toEqual([yes, no, withCall, failed]);
    expect(new Set([yes, no, withCall, failed]).size).toBe(4);
  });

  it('is worked out for samples that an earlier version wrote', () => {
    const { root, history } = newHistory();
    write(history, 'before');
    const expected = names(history, 'before');
    rawDatabase(root).exec('UPDATE sample SET answer = NULL');
    expect(names(history, 'before')).toEqual(expected);
  });
});

function write(history: History, id: string): void {
  const of = header(id);
  const sink = history.sink();
  sink.begin(of);
  sink.add(answered(0, { output: 'yes', latencyMs: id.length }), testCase(0));
  sink.add(answered(1, { output: 'no' }), testCase(1));
  sink.add(answered(2, { output: 'no', toolCalls: [call] }), testCase(2));
  sink.add(failedCall(3, 'slow down'), testCase(3));
  sink.finish(summary(of));
}

function names(history: History, runId: string): string[] {
  return [...history.outputs(runId)].map(({ output }) => output);
}
