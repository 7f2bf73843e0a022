import type { AnswerState, AnswersState } from '../../src/protocol/answers.ts';

/** What is said aloud of the answers: their beginning and their end, never their pieces. */
export function spokenAnswers({ answers }: AnswersState): string {
  const all = answers.flat();
  const streaming = all.filter(({ status }) => status === 'streaming').length;
  if (streaming > 0) return streaming === 1 ? 'The model is answering' : `${streaming} models are answering`;
  const last = answers.flatMap((lane) => lane.findLast(({ status }) => status !== 'idle') ?? []);
  const failed = last.filter(isError);
  const [failure] = failed;
  if (failure) {
    const words = `failed: ${failure.error.message}`;
    return last.length === 1
      ? `The call ${words}`
      : `${failed.length} of ${last.length} calls failed; the first ${words}`;
  }
  if (last.some(({ status }) => status === 'cancelled'))
    return last.length === 1 ? 'The answer was stopped' : 'Stopped';
  if (last.length === 0) return '';
  return last.length === 1 ? 'The answer is complete' : `${last.length} answers are complete`;
}

function isError(answer: AnswerState): answer is Extract<AnswerState, { status: 'error' }> {
  return answer.status === 'error';
}
