import type { AskOne, Finding, Unreadable } from '../../judge/askJudges.ts';
import type { MetricDefinition } from '../metric.ts';
import { digits } from '../words.ts';
import { readLetter } from './choices.ts';
import { defineJudged } from './judgedMetric.ts';
import { type JudgedTexts, type Need, varsOf } from './judgedTexts.ts';

/** One way to ask: the question, and which texts are shown. */
type View = {
  readonly criteria: string;
  readonly shown: (texts: JudgedTexts) => Partial<JudgedTexts> & { readonly withoutOutput?: boolean };
};

type TwoViews = {
  readonly summary: string;
  readonly needs: readonly Need[];
  /** What the levels mean: none, half, all. */
  readonly levels: readonly [string, string, string];
  readonly views: readonly [View, View];
};

const LEVELS = ['none', 'partly', 'fully'] as const;

/** A kind whose judge rates the same thing twice, in other words, on three levels; the mean of both. */
function twoViews(kind: string, { summary, needs, levels, views }: TwoViews): MetricDefinition {
  const choices = LEVELS.map((name, at) => ({ name, words: `(${levels[at]})` }));
  const rate = ({ criteria, shown }: View, texts: JudgedTexts, ask: AskOne) =>
    ask({ ...varsOf(texts, { criteria, choices }), ...shown(texts) }, ({ text }) => {
      const { choice, reason } = readLetter(text, LEVELS);
      return choice === null ? null : { value: LEVELS.indexOf(choice) / 2, reason };
    });
  return defineJudged({
    kind,
    family: 'rag',
    summary,
    source:
      'The mean of two ratings of 0, 1 or 2, halved, as in the metrics of NVIDIA that Ragas has; own wording. A rating that cannot be read leaves no score, where Ragas takes the other one alone.',
    prompt: 'choice',
    needs,
    vars: () => ({ views: views.map(({ criteria }) => criteria), levels }),
    consult:
      (texts) =>
      async (ask): Promise<Finding | Unreadable> => {
        const first = await rate(views[0], texts, ask);
        if ('unreadable' in first) return first;
        const second = await rate(views[1], texts, ask);
        if ('unreadable' in second) return second;
        const value = (first.value + second.value) / 2;
        const reason = `Rated ${digits(first.value)} and ${digits(second.value)}. ${first.reason}`;
        return { value, passed: null, reason };
      },
  });
}

export const answerAccuracy = twoViews('answer-accuracy', {
  summary: 'A judge rates twice, with the answers in both places, how far the output agrees with the expected answer.',
  needs: ['expected'],
  levels: ['wrong, or on something else', 'right in part', 'as complete and right as the other'],
  views: [
    {
      criteria: 'Measured by the expected answer, is the output a right and complete answer to the question?',
      shown: () => ({ contexts: [] }),
    },
    {
      criteria: 'How much of what the output says is also what the expected answer says, given the question?',
      shown: ({ output, expected }) => ({ contexts: [], output: expected, expected: output }),
    },
  ],
});

export const contextRelevance = twoViews('context-relevance', {
  summary:
    'A judge rates twice how far the contexts as a whole hold what answers the question; context-relevancy counts their statements.',
  needs: ['contexts'],
  levels: ['nothing in the contexts helps', 'the contexts answer a part', 'the contexts answer all of it'],
  views: [
    {
      criteria: 'Can the question be answered by what stands in the contexts?',
      shown: () => ({ expected: '', withoutOutput: true }),
    },
    {
      criteria: 'Read as material for someone who has to answer the question: how useful are the contexts?',
      shown: () => ({ expected: '', withoutOutput: true }),
    },
  ],
});

export const groundedness = twoViews('groundedness', {
  summary:
    'A judge rates twice how far the output as a whole is supported by the contexts; faithfulness counts its claims.',
  needs: ['contexts'],
  levels: ['not supported', 'supported in part', 'supported entirely'],
  views: [
    { criteria: 'Is what the output says supported by the contexts?', shown: () => ({ expected: '' }) },
    {
      criteria: 'If only the contexts were known, how much of the output could be said?',
      shown: () => ({ expected: '', question: '' }),
    },
  ],
});
