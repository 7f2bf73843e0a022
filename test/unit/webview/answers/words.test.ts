import { describe, expect, it } from 'vitest';
import type { AnswerFacts, AnswerState, AnswersState, Lane } from '../../../../src/protocol/answers.ts';
import { laneLabels } from '../../../../webview/answers/laneLabels.ts';
import { spokenAnswers } from '../../../../webview/answers/spoken.ts';

const facts: AnswerFacts = {
  ...{ latencyMs: 1500, firstTokenMs: 500, inputTokens: 3, outputTokens: 40, costUsd: null },
  ...{ finishReason: 'stop', toolCalls: [], refusedStream: false, check: null, sent: 'x' },
};

describe('the label of a lane', () => {
  const lane = (change: Partial<Lane> = {}): Lane => ({
    id: '1',
    model: null,
    params: {},
    version: 'working',
    ...change,
  });
  it.each<[string, readonly Lane[], readonly string[]]>([
    ['is its model', [lane()], ['gpt-5']],
    [
      'names the provider where the name does not tell',
      [lane(), lane({ model: 'azure/gpt-5' })],
      ['openai/gpt-5', 'azure/gpt-5'],
    ],
    [
      'says what differs',
      [lane(), lane({ params: { temperature: 0.7, stop: 'END' } }), lane({ version: 'HEAD' })],
      ['gpt-5', 'gpt-5 · temperature 0.7 · stop END', 'gpt-5 · HEAD'],
    ],
  ])('%s', (_name, lanes, expected) => expect(laneLabels(lanes, 'openai/gpt-5')).toEqual(expected));

  it('says that there is no model', () => expect(laneLabels([lane()], null)).toEqual(['no model']));
});

describe('what is said aloud', () => {
  const done: AnswerState = { status: 'done', text: 'x', edited: false, ...facts };
  const streaming: AnswerState = { status: 'streaming', text: 'x', check: null };
  const stopped: AnswerState = { status: 'cancelled', text: 'x' };
  const idle: AnswerState = { status: 'idle' };
  const failed: AnswerState = {
    status: 'error',
    text: '',
    error: { code: 'server', message: 'On fire.', remedy: null, httpStatus: 500, requestId: null },
  };
  it.each<[string, readonly (readonly AnswerState[])[]]>([
    ['', [[idle]]],
    ['The model is answering', [[streaming]]],
    ['2 models are answering', [[streaming], [done], [streaming]]],
    ['The answer is complete', [[done]]],
    ['3 answers are complete', [[done], [done], [done]]],
    ['The answer was stopped', [[stopped]]],
    ['The call failed: On fire.', [[failed]]],
    ['1 of 2 calls failed; the first failed: On fire.', [[done], [failed]]],
    ['The call failed: On fire.', [[done, failed, idle]]],
  ])('%s', (words, answers) => expect(spokenAnswers({ answers } as unknown as AnswersState)).toBe(words));
});
