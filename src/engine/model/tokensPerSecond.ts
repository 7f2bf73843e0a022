/** Below this a time says nothing: what comes in one piece has no speed, however small the piece. */
const MIN_MS = 50;

/**
 * How fast an answer came once it had begun; of an answer that came whole, over all the time that it took.
 *
 * @returns null where that is unknown
 */
export function tokensPerSecond(answer: {
  readonly latencyMs: number | null;
  readonly firstTokenMs: number | null;
  readonly outputTokens: number | null;
}): number | null {
  const { latencyMs, firstTokenMs, outputTokens } = answer;
  if (latencyMs === null || outputTokens === null) return null;
  const writingMs = latencyMs - (firstTokenMs ?? 0);
  return writingMs < MIN_MS ? null : (outputTokens * 1000) / writingMs;
}
