import type { AnswerFacts } from '../../src/protocol/answers.ts';

/** How fast the answer came once it had begun; of a whole answer, all the time that it took. */
export function tokensPerSecond({ latencyMs, firstTokenMs, outputTokens }: AnswerFacts): number | null {
  if (latencyMs === null || outputTokens === null) return null;
  const writingMs = latencyMs - (firstTokenMs ?? 0);
  // What comes in one piece has no speed, however small the piece.
  return writingMs < 50 ? null : (outputTokens * 1000) / writingMs;
}
