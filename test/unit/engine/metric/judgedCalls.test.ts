import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../../src/engine/json.ts';
import type { MetricTools } from '../../../../src/engine/metric/metric.ts';
import { inputOf, metricOf, PLAIN } from './scoring.ts';

/** A judge that says this, and the variables that its prompt was given. */
function judging(said: string): { tools: MetricTools; asked: JsonObject[] } {
  const asked: JsonObject[] = [];
  const ask = async ({ vars }: { vars: JsonObject }) => {
    asked.push(vars);
    return { text: said, rawResponse: null, costUsd: 0 };
  };
  return { asked, tools: { ...PLAIN.tools, findJudges: () => [{ name: 'lab/judge', weight: 1, signature: {}, ask }] } };
}

const CALLS = ['find', 'find', 'book', 'pay'].map((name, at) => ({ id: `${at}`, name, arguments: `{"n":${at}}` }));
const verdicts = (...words: string[]) =>
  JSON.stringify({ claims: words.map((verdict, at) => ({ number: at + 1, reason: 'r', verdict })) });

describe('judged calls', () => {
  it.each<[string, string[], number]>([
    ['tool-selection', ['right', 'wrong', 'right', 'right'], 3 / 4],
    ['argument-correctness', ['correct', 'incorrect', 'incorrect', 'correct'], 1 / 2],
    // Selection 4/4, arguments 2/4; selection 1/4, arguments 4/4; selection 2/4, arguments 2/4.
    ['tool-use', ['right', 'wrong-arguments', 'wrong-arguments', 'right'], 1 / 2],
    ['tool-use', ['wrong-function', 'wrong-function', 'right', 'wrong function'], 1 / 4],
    ['tool-use', ['wrong-both', 'wrong-function', 'wrong-arguments', 'right'], 1 / 2],
    ['tool-use', ['right', 'right', 'right', 'right'], 1],
  ])('%s of %j is %d', async (kind, words, value) => {
    const { tools, asked } = judging(verdicts(...words));
    const metric = metricOf(kind, {}, { tools });
    const outcome = await metric.score(inputOf('Done.', { response: { toolCalls: CALLS } }));
    expect(outcome).toMatchObject({ outcome: 'scored', value });
    expect(outcome).toMatchObject({ details: { judges: [{ claims: [{ claim: 'find({"n":0})' }, {}, {}, {}] }] } });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.['toolCalls']).toMatchObject([{ number: 1, name: 'find' }, {}, {}, { number: 4, name: 'pay' }]);
  });
});
