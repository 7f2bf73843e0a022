import { describe, expect, it } from 'vitest';
import { TouchstoneError } from '../../../../src/engine/error.ts';
import { Answers, type Delta } from '../../../../src/extension/answers/answers.ts';
import type { AnswerState, CaseToRun, Lane } from '../../../../src/protocol/answers.ts';
import type { CaseAnswer } from '../../../../src/protocol/worker.ts';

const PROMPT = '/w/a.prompt';
const ASKED = { path: PROMPT, caseIndex: 0, suitePath: undefined, vars: {} };
const LANES: readonly Lane[] = [
  { id: '1', model: null, params: {}, version: 'working' },
  { id: '2', model: 'lab/two', params: { temperature: 1 }, version: 'HEAD' },
];
const done = (output: string, extra: object = {}): CaseAnswer => ({
  ok: true,
  output,
  ...{ latencyMs: 5, firstTokenMs: 1, inputTokens: 3, outputTokens: 1, costUsd: null },
  ...{ finishReason: 'stop', toolCalls: [], refusedStream: false, check: null, sent: 'x' },
  ...extra,
});

type Call = {
  readonly callId: string;
  readonly path: string;
  readonly asked: CaseToRun;
  readonly answer: (answer: CaseAnswer) => Promise<void>;
  readonly fail: (error: unknown) => Promise<void>;
};

/** A worker whose calls end when the test says so. */
function setUp(options: { stored?: unknown; mayRun?: boolean; lanes?: readonly Lane[] } = {}) {
  const calls: Call[] = [];
  const stopped: string[] = [];
  const deltas: Delta[] = [];
  let kept: unknown;
  const answers = new Answers({
    worker: () => ({
      runCase: (callId, path, asked) =>
        new Promise((resolve, reject) => {
          calls.push({
            callId,
            path,
            asked,
            answer: async (answer) => settle(resolve(answer)),
            fail: async (error) => settle(reject(error)),
          });
        }),
      stop: async (callId) => void stopped.push(callId),
    }),
    mayRun: () => options.mayRun ?? true,
    stored: () => options.stored,
    store: (state) => {
      kept = JSON.parse(JSON.stringify(state));
    },
  });
  answers.delta.on((delta) => deltas.push(delta));
  if (options.lanes) answers.setLanes(PROMPT, options.lanes);
  const texts = (caseIndex = 0) =>
    answers.state(PROMPT, caseIndex).answers.map((lane) => lane.map((answer) => words(answer)));
  const say = (text: string) => {
    answers.setDraft(PROMPT, 0, text);
    return answers.sendDraft(ASKED);
  };
  const call = (index: number): Call => {
    const found = calls[index];
    if (!found) throw new Error(`no call ${index}`);
    return found;
  };
  return { answers, calls, call, stopped, deltas, texts, say, kept: () => kept };
}

/** Lets what waits for the promise go on. */
async function settle(_done: unknown): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

function words(answer: AnswerState): string {
  return answer.status === 'idle' ? 'idle' : `${answer.status}: ${answer.text}`;
}

describe('an answer', () => {
  it('streams, and its pieces say where they belong', async () => {
    const { answers, call, deltas, texts } = setUp();
    expect(texts()).toEqual([['idle']]);
    void answers.run(ASKED);
    answers.onDelta(call(0).callId, 'Hel');
    answers.onDelta('another call', 'x');
    answers.onDelta(call(0).callId, 'lo');
    const place = { path: PROMPT, caseIndex: 0, lane: '1', exchange: 0 };
    expect(deltas).toEqual([
      { ...place, at: 0, text: 'Hel' },
      { ...place, at: 3, text: 'lo' },
    ]);
    expect(texts()).toEqual([['streaming: Hello']]);
    const check = { violation: { path: '$.a', message: 'must be string' }, others: 0 };
    answers.onCheck(call(0).callId, check);
    expect(answers.state(PROMPT, 0).answers[0]?.[0]).toEqual({ status: 'streaming', text: 'Hello', check });
    await call(0).answer(done('Hello'));
    expect(answers.state(PROMPT, 0).answers[0]?.[0]).toMatchObject({ status: 'done', text: 'Hello', costUsd: null });
    answers.clear(PROMPT, 0);
    expect(texts()).toEqual([['idle']]);
  });

  it('that is stopped is kept at once as it is, and what comes later is not listened to', async () => {
    const { answers, call, stopped, texts } = setUp();
    void answers.run(ASKED);
    answers.onDelta(call(0).callId, 'Hel');
    answers.stop(PROMPT);
    expect(texts()).toEqual([['cancelled: Hel']]);
    expect(answers.isBusy).toBe(false);
    expect(stopped).toEqual([call(0).callId]);
    answers.onDelta(call(0).callId, 'lo');
    await call(0).answer(done('Hello'));
    expect(texts()).toEqual([['cancelled: Hel']]);
  });

  it('that fails says why: as the provider did, or because the call was lost', async () => {
    const { answers, call } = setUp();
    const error = {
      code: 'timeout',
      message: 'Too slow.',
      remedy: null,
      httpStatus: 504,
      requestId: 'req-1',
    } as const;
    void answers.run(ASKED);
    await call(0).answer({ ok: false, cancelled: false, partial: 'Hel', error });
    expect(answers.state(PROMPT, 0).answers[0]?.[0]).toEqual({ status: 'error', text: 'Hel', error });
    void answers.run(ASKED);
    answers.onDelta(call(1).callId, 'Hi');
    await call(1).fail(new TouchstoneError('not-found', 'No file.', { remedy: 'Make one.' }));
    expect(answers.state(PROMPT, 0).answers[0]?.[0]).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { message: 'No file.', remedy: 'Make one.' },
    });
  });

  it('is not asked for twice at once, nor where nothing may run', async () => {
    const { answers, calls } = setUp();
    void answers.run(ASKED);
    void answers.run(ASKED);
    void answers.runLane(ASKED, '1');
    expect(calls).toHaveLength(1);
    void answers.run({ ...ASKED, caseIndex: 1 });
    expect(calls).toHaveLength(2);
    const refused = setUp({ mayRun: false });
    await refused.answers.run(ASKED);
    expect(refused.calls).toEqual([]);
  });
});

describe('lanes', () => {
  it('ask side by side, each in its own way; one that fails leaves the other', async () => {
    const { answers, call, calls, texts } = setUp({ lanes: LANES });
    void answers.run(ASKED);
    expect(calls.map(({ asked }) => [asked.model, asked.params, asked.version])).toEqual([
      [null, {}, 'working'],
      ['lab/two', { temperature: 1 }, 'HEAD'],
    ]);
    await call(1).fail(new Error('broken'));
    expect(texts()).toEqual([['streaming: '], ['error: ']]);
    await call(0).answer(done('one'));
    expect(texts()).toEqual([['done: one'], ['error: ']]);
    void answers.runLane(ASKED, '2');
    await call(2).answer(done('two'));
    expect(texts()).toEqual([['done: one'], ['done: two']]);
  });

  it('are stopped alone, and for good when they are removed', async () => {
    const { answers, call, texts } = setUp({ lanes: LANES });
    void answers.run(ASKED);
    answers.stop(PROMPT, 0, '1');
    expect(texts()).toEqual([['cancelled: '], ['streaming: ']]);
    answers.setLanes(PROMPT, LANES.slice(0, 1));
    await call(1).answer(done('two'));
    answers.setLanes(PROMPT, LANES);
    expect(texts()).toEqual([['cancelled: '], ['idle']]);
  });

  it('that came later catch up with the whole conversation', async () => {
    const { answers, call, texts, say } = setUp();
    void answers.run(ASKED);
    await call(0).answer(done('A1'));
    void say('Q2');
    await call(1).answer(done('A2'));
    answers.setLanes(PROMPT, LANES);
    void answers.runLane(ASKED, '2');
    await call(2).answer(done('B1'));
    expect(call(3).asked.turns.map(({ role }) => role)).toEqual(['model', 'user']);
    await call(3).answer(done('B2'));
    expect(texts()).toEqual([
      ['done: A1', 'done: A2'],
      ['done: B1', 'done: B2'],
    ]);
  });
});

describe('a conversation', () => {
  async function twoTurns() {
    const made = setUp();
    void made.answers.run(ASKED);
    await made.call(0).answer(done('A1'));
    void made.say('Q2');
    await made.call(1).answer(done('A2'));
    void made.say('Q3');
    await made.call(2).answer(done('A3'));
    return made;
  }

  it('goes on with what was said, as messages', async () => {
    const { call, texts, answers } = await twoTurns();
    expect(call(0).asked.turns).toEqual([]);
    expect(call(2).asked.turns).toEqual([
      { role: 'model', content: [{ text: 'A1' }] },
      { role: 'user', content: [{ text: 'Q2' }] },
      { role: 'model', content: [{ text: 'A2' }] },
      { role: 'user', content: [{ text: 'Q3' }] },
    ]);
    expect(texts()).toEqual([['done: A1', 'done: A2', 'done: A3']]);
    expect(answers.state(PROMPT, 0).draft).toEqual({ text: '', target: null });
  });

  it('begins anew from an edited turn of the user', async () => {
    const { answers, call, calls, texts } = await twoTurns();
    answers.editTurn(PROMPT, 0, { exchange: 1, lane: null });
    expect(answers.state(PROMPT, 0).draft.text).toBe('Q2');
    answers.setDraft(PROMPT, 0, 'Q2 again');
    void answers.sendDraft(ASKED);
    expect(call(3).asked.turns.at(-1)).toEqual({ role: 'user', content: [{ text: 'Q2 again' }] });
    await call(3).answer(done('A2 again'));
    expect(texts()).toEqual([['done: A1', 'done: A2 again']]);
    expect(calls).toHaveLength(4);
  });

  it('asks the next question again behind an edited answer; behind the last there is none', async () => {
    const { answers, call, calls, texts } = await twoTurns();
    answers.editTurn(PROMPT, 0, { exchange: 0, lane: '1' });
    answers.setDraft(PROMPT, 0, 'A1 mine');
    void answers.sendDraft(ASKED);
    expect(call(3).asked.turns[0]).toEqual({ role: 'model', content: [{ text: 'A1 mine' }] });
    await call(3).answer(done('A2 new'));
    expect(texts()).toEqual([['done: A1 mine', 'done: A2 new']]);
    answers.editTurn(PROMPT, 0, { exchange: 1, lane: '1' });
    answers.setDraft(PROMPT, 0, 'A2 mine');
    await answers.sendDraft(ASKED);
    expect(texts()).toEqual([['done: A1 mine', 'done: A2 mine']]);
    expect(calls).toHaveLength(4);
  });

  it('is asked again from its beginning by a run, turn after turn, and its last answer alone by its lane', async () => {
    const { answers, call, calls, texts } = await twoTurns();
    void answers.run(ASKED);
    expect(texts()).toEqual([['streaming: ', 'idle', 'idle']]);
    await call(3).answer(done('B1'));
    expect(call(4).asked.turns[0]).toEqual({ role: 'model', content: [{ text: 'B1' }] });
    await call(4).answer({ ...done(''), ok: false, cancelled: false, partial: '', error: {} } as never);
    expect(calls).toHaveLength(5);
    expect(texts()).toEqual([['done: B1', 'error: ', 'idle']]);
    void answers.runLane(ASKED, '1');
    await call(5).answer({ ...done(''), ok: false, cancelled: true, partial: 'B' } as never);
    expect(texts()).toEqual([['done: B1', 'cancelled: B', 'idle']]);
    void answers.run(ASKED);
    await call(6).answer(done('C1'));
    await call(7).answer(done('C2'));
    await call(8).answer(done('C3'));
    void answers.runLane(ASKED, '1');
    await call(9).answer(done('C3 again'));
    expect(texts()).toEqual([['done: C1', 'done: C2', 'done: C3 again']]);
  });

  it('answers the tools that a model calls', async () => {
    const { answers, call, say } = setUp();
    void answers.run(ASKED);
    const toolCalls = [{ id: 'c1', name: 'weather', arguments: '{"city":"Paris"}' }];
    await call(0).answer(done('', { toolCalls }));
    void say('21 degrees');
    expect(call(1).asked.turns).toEqual([
      { role: 'model', content: [{ toolRequest: { name: 'weather', ref: 'c1', input: { city: 'Paris' } } }] },
      { role: 'tool', content: [{ toolResponse: { name: 'weather', ref: 'c1', output: '21 degrees' } }] },
    ]);
  });

  it('does not go on from a failure, nor with nothing to say; what was typed stays', async () => {
    const { answers, call, calls, say } = setUp();
    void answers.run(ASKED);
    await call(0).fail(new Error('broken'));
    await say('Go on');
    await say('  ');
    expect(calls).toHaveLength(1);
    expect(answers.state(PROMPT, 0).draft.text).toBe('  ');
  });
});

describe('what outlives the window', () => {
  it('is all of it, and what was streaming as far as it had come', async () => {
    const { answers, call, say, kept } = setUp({ lanes: LANES.slice(0, 1) });
    void answers.run(ASKED);
    await call(0).answer(done('A1', { toolCalls: [{ id: 'c', name: 't', arguments: '' }] }));
    void say('Q2');
    answers.onDelta(call(1).callId, 'half');
    answers.setDraft(PROMPT, 0, 'typed');
    await expect.poll(() => JSON.stringify(kept()), { timeout: 3000 }).toContain('typed');
    const again = setUp({ stored: kept() });
    expect(again.texts()).toEqual([['done: A1', 'cancelled: half']]);
    expect(again.answers.state(PROMPT, 0)).toMatchObject({ followUps: ['Q2'], draft: { text: 'typed' } });
    expect(again.answers.lanes(PROMPT)).toEqual(LANES.slice(0, 1));
  });

  it.each([null, 'x', { lanes: 1 }, { lanes: [], conversations: [['k', { answers: [] }]] }])(
    'begins anew from %j',
    (stored) => {
      expect(setUp({ stored }).texts()).toEqual([['idle']]);
    },
  );
});
