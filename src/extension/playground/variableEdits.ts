import type { Json, JsonObject } from '../../engine/json.ts';

/** What is kept of them when the window closes. */
export type KeptEdits = readonly (readonly [key: string, values: JsonObject])[];

/** So many cases with edited values are kept, and no more text than this: the workspace's state is no database. */
const KEPT_CASES = 20;
const KEPT_CHARACTERS = 200_000;

/** Values that were typed over those of a case, by prompt and case. They belong to the editor: the view holds none. */
export class VariableEdits {
  readonly #edits: Map<string, { [name: string]: Json }>;

  constructor(kept: KeptEdits = []) {
    this.#edits = new Map(kept.map(([key, values]) => [key, { ...values }]));
  }

  of(prompt: string, caseIndex: number): JsonObject {
    return this.#edits.get(keyOf(prompt, caseIndex)) ?? {};
  }

  set(prompt: string, caseIndex: number, values: JsonObject): void {
    const key = keyOf(prompt, caseIndex);
    const before = this.#edits.get(key);
    // Set anew, so that the last to be edited is the last to be forgotten.
    this.#edits.delete(key);
    this.#edits.set(key, { ...before, ...values });
  }

  /** @param names none: all of the case */
  reset(prompt: string, caseIndex: number, names: readonly string[]): void {
    const key = keyOf(prompt, caseIndex);
    const left = Object.entries(this.#edits.get(key) ?? {}).filter(
      ([name]) => names.length > 0 && !names.includes(name),
    );
    if (left.length === 0) this.#edits.delete(key);
    else this.#edits.set(key, Object.fromEntries(left));
  }

  kept(): KeptEdits {
    const kept: (readonly [string, JsonObject])[] = [];
    let characters = 0;
    for (const entry of [...this.#edits].reverse()) {
      characters += JSON.stringify(entry).length;
      if (kept.length === KEPT_CASES || characters > KEPT_CHARACTERS) break;
      kept.push(entry);
    }
    return kept.reverse();
  }
}

function keyOf(prompt: string, caseIndex: number): string {
  return `${caseIndex} ${prompt}`;
}
