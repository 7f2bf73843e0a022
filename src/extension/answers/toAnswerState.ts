import { TouchstoneError } from '../../engine/error.ts';
import type { AnswerState } from '../../protocol/answers.ts';
import type { CaseAnswer } from '../../protocol/worker.ts';

/** A worker's answer as the playground shows it. */
export function toAnswerState(answer: CaseAnswer): AnswerState {
  if (!answer.ok) {
    const { cancelled, partial, error } = answer;
    return cancelled ? { status: 'cancelled', text: partial } : { status: 'error', text: partial, error };
  }
  const { ok: _ok, output, ...facts } = answer;
  return { status: 'done', text: output, edited: false, ...facts };
}

/** A call that was not answered at all: the prompt cannot be read, or the worker died. It is the failure of its lane alone. */
export function toFailedState(error: unknown, text: string): AnswerState {
  if (error instanceof TouchstoneError && error.code === 'cancelled') return { status: 'cancelled', text };
  const message = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof TouchstoneError ? (error.remedy ?? null) : null;
  return {
    status: 'error',
    text,
    error: { code: 'render-failed', message, remedy, httpStatus: null, requestId: null },
  };
}
