import { expect, it } from 'vitest';
import { LatestQuestion } from '../../../src/extension/latestQuestion.ts';

function setUp() {
  const asked: { readonly question: string; readonly answer: (fails?: boolean) => void }[] = [];
  const answers: string[] = [];
  const errors: string[] = [];
  const latest = new LatestQuestion<string, string>({
    ask: (question) =>
      new Promise((resolve, reject) => {
        const answer = (fails = false) => (fails ? reject(new Error(question)) : resolve(question.toUpperCase()));
        asked.push({ question, answer });
      }),
    onAnswer: (answer) => answers.push(answer),
    onError: (error) => errors.push(String(error)),
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { latest, asked, answers, errors, settle, questions: () => asked.map(({ question }) => question) };
}

it('asks one question at a time, and of those that waited only the newest', async () => {
  const { latest, asked, answers, settle, questions } = setUp();
  const done = latest.ask('a');
  void latest.ask('b');
  void latest.ask('c');
  expect(questions()).toEqual(['a']);
  asked[0]?.answer();
  await settle();
  expect(questions()).toEqual(['a', 'c']);
  asked[1]?.answer();
  await done;
  expect(answers).toEqual(['C']);
});

it('does not hand on an answer that a newer question has overtaken', async () => {
  const { latest, asked, answers, settle } = setUp();
  const done = latest.ask('old file');
  void latest.ask('new file');
  asked[0]?.answer();
  await settle();
  expect(answers).toEqual([]);
  asked[1]?.answer();
  await done;
  expect(answers).toEqual(['NEW FILE']);
});

it('goes on after a failure', async () => {
  const { latest, asked, answers, errors } = setUp();
  const failing = latest.ask('a');
  asked[0]?.answer(true);
  await failing;
  const next = latest.ask('b');
  asked[1]?.answer();
  await next;
  expect(errors).toEqual(['Error: a']);
  expect(answers).toEqual(['B']);
});
