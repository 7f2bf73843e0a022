import type { Lane } from '../../protocol/answers.ts';
import { throttled } from '../throttled.ts';
import { type Conversation, NO_DRAFT, NOTHING_SAID } from './conversation.ts';
import { answersToKeep, type KeptAnswers, parseKeptAnswers } from './keptAnswers.ts';
import { FIRST_LANE } from './lanes.ts';

const STORE_EVERY_MS = 1000;

/** Lanes by prompt and conversations by prompt and case. They outlive the views and the window. */
export class Conversations {
  readonly #stored: () => unknown;
  readonly #storeSoon: ReturnType<typeof throttled>;
  #lanes = new Map<string, readonly Lane[]>();
  #conversations = new Map<string, Conversation>();
  #isLoaded = false;

  constructor(stored: () => unknown, store: (kept: KeptAnswers) => void) {
    this.#stored = stored;
    this.#storeSoon = throttled(() => store(answersToKeep([...this.#lanes], this.#conversations)), STORE_EVERY_MS);
  }

  lanes(path: string): readonly Lane[] {
    this.#load();
    return this.#lanes.get(path) ?? [FIRST_LANE];
  }

  setLanes(path: string, lanes: readonly Lane[]): void {
    this.#load();
    this.#lanes.set(path, lanes);
    this.#storeSoon.call();
  }

  get(path: string, caseIndex: number): Conversation {
    this.#load();
    return this.#conversations.get(keyOf(path, caseIndex)) ?? NOTHING_SAID;
  }

  /** Set anew, so that the last to be gone on with is the last to be forgotten. */
  set(path: string, caseIndex: number, conversation: Conversation): void {
    this.delete(path, caseIndex);
    this.#conversations.set(keyOf(path, caseIndex), conversation);
  }

  delete(path: string, caseIndex: number): void {
    this.#load();
    this.#conversations.delete(keyOf(path, caseIndex));
    this.#storeSoon.call();
  }

  /** What a lane said, in all conversations of the prompt. */
  deleteLane(path: string, lane: string): void {
    this.#load();
    for (const [key, one] of this.#conversations) {
      if (key.slice(key.indexOf(' ') + 1) !== path) continue;
      const { [lane]: _gone, ...answers } = one.answers;
      const draft = one.draft.target?.lane === lane ? NO_DRAFT : one.draft;
      this.#conversations.set(key, { ...one, answers, draft });
    }
    this.#storeSoon.call();
  }

  /** When it is first asked for: activation has no use for it. */
  #load(): void {
    if (this.#isLoaded) return;
    this.#isLoaded = true;
    const kept = parseKeptAnswers(this.#stored());
    this.#lanes = new Map(kept.lanes);
    this.#conversations = new Map(kept.conversations);
  }
}

function keyOf(path: string, caseIndex: number): string {
  return `${caseIndex} ${path}`;
}
