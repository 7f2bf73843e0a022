import { hasErrors } from '../../engine/problem.ts';
import type { PreviewState } from '../../protocol/views.ts';

/** The last rendering of a prompt, which stays on show while a half-typed text cannot be rendered. */
export class LastGood {
  #good: { readonly prompt: string; readonly state: PreviewState } | null = null;

  /** The state to show: the messages of the last good one, marked as stale, where this one has none because of an error. */
  with(prompt: string, state: PreviewState): PreviewState {
    if (state.messages.length > 0 || !hasErrors(state.problems)) {
      this.#good = { prompt, state };
      return state;
    }
    if (this.#good?.prompt !== prompt) return state;
    const { messages, sources } = this.#good.state;
    return { ...state, messages, sources, isStale: true };
  }
}
