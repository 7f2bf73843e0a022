import type { Json, JsonObject } from '../../engine/json.ts';
import { messageText } from '../../engine/prompt/message.ts';
import type { PreviewState } from '../../protocol/views.ts';
import { errorWords } from '../errorWords.ts';
import { debounced } from '../throttled.ts';
import { LastGood } from './lastGood.ts';
import type { Subject } from './playgroundFrame.ts';
import type { PlaygroundMemory, PlaygroundPorts } from './playgroundPorts.ts';
import { type RenderedPlace, renderedAt, sourceAt } from './sourceAt.ts';
import { VariableEdits } from './variableEdits.ts';

/** Tokens are counted when the typing pauses: they are looked at, not written by. */
const COUNT_AFTER_MS = 120;

export type PreviewPorts = Pick<PlaygroundPorts, 'post' | 'worker' | 'controller' | 'log' | 'actions'> & {
  readonly subject: () => Subject;
  /** The prompt's, for its tokens. */
  readonly model: () => string | null;
  /** The case or its values are others than before, which outlives the window. */
  readonly onChanged: () => void;
  /** What is on show has changed. */
  readonly onShown: () => void;
};

/** The preview tab: a prompt with one case, whose values may be edited, and what became of them. */
export class PlaygroundPreview {
  readonly #ports: PreviewPorts;
  readonly #edits: VariableEdits;
  readonly #lastGood = new LastGood();
  readonly #countSoon = debounced(() => void this.#sendTokens(), COUNT_AFTER_MS);
  #caseIndex: number;
  #state: PreviewState | null = null;
  #asking: Promise<void> | null = null;
  #again = false;

  constructor(ports: PreviewPorts, memory: Pick<PlaygroundMemory, 'caseIndex' | 'edits'>) {
    this.#ports = ports;
    this.#caseIndex = memory.caseIndex;
    this.#edits = new VariableEdits(memory.edits);
  }

  dispose(): void {
    this.#countSoon.cancel();
  }

  get state(): PreviewState | null {
    return this.#state;
  }

  get caseIndex(): number {
    return this.#caseIndex;
  }

  /** What stands in for the values of the case that is shown. */
  get variables(): JsonObject {
    const { promptPath } = this.#ports.subject();
    return promptPath === null ? {} : this.#edits.of(promptPath, this.#caseIndex);
  }

  memory(): Pick<PlaygroundMemory, 'caseIndex' | 'edits'> {
    return { caseIndex: this.#caseIndex, edits: this.#edits.kept() };
  }

  /** Another prompt comes on show. */
  restart(): void {
    this.#caseIndex = 0;
    this.#state = null;
  }

  selectCase(caseIndex: number): void {
    this.#caseIndex = caseIndex;
    this.#changed();
  }

  setVariables(values: JsonObject): void {
    const { promptPath } = this.#ports.subject();
    if (promptPath === null) return;
    this.#edits.set(promptPath, this.#caseIndex, values);
    this.#changed();
  }

  /** @param names none: all of the case */
  resetVariables(names: readonly string[]): void {
    const { promptPath } = this.#ports.subject();
    if (promptPath !== null) this.#edits.reset(promptPath, this.#caseIndex, names);
    this.#changed();
  }

  /** A long text is edited in an editor of its own. */
  openVariable(name: string): void {
    const value: Json | undefined = this.#state?.vars[name];
    const { promptPath } = this.#ports.subject();
    const caseIndex = this.#caseIndex;
    if (promptPath === null) return;
    this.#ports.actions.editText(name, typeof value === 'string' ? value : '', (text) => {
      this.#edits.set(promptPath, caseIndex, { [name]: text });
      if (promptPath === this.#ports.subject().promptPath && caseIndex === this.#caseIndex) this.#changed();
    });
  }

  /**
   * The new case is shown as soon as the dataset has it.
   *
   * @param lane whose conversation and last answer become part of it; null for the values alone
   */
  async saveCase(lane: string | null): Promise<void> {
    const { actions, controller, worker, subject, log } = this.#ports;
    const { promptPath, suitePath } = subject();
    if (promptPath === null) return;
    const said = lane === null ? null : controller.answers.said(promptPath, this.#caseIndex, lane);
    const asked = {
      caseIndex: this.#caseIndex,
      vars: this.variables,
      expected: said?.answer ?? null,
      turns: said?.turns ?? [],
    };
    try {
      const saved = await worker().savedCase(promptPath, asked, suitePath ?? undefined);
      if (!(await actions.saveCase(saved)) || !saved.ok) return;
      this.#edits.reset(promptPath, asked.caseIndex, []);
      // The user may have gone on to another prompt meanwhile.
      if (promptPath !== subject().promptPath) return;
      this.#caseIndex = saved.caseIndex;
      this.#changed();
    } catch (error) {
      log(errorWords(error).text);
    }
  }

  revealProblem(index: number): void {
    const problem = this.#state?.problems[index];
    if (problem) this.#ports.actions.revealProblem(problem);
  }

  revealSource(place: RenderedPlace): void {
    const found = sourceAt(this.#state, place);
    if (found) this.#ports.actions.revealSource(found.source, found.offset);
  }

  /** The reader scrolled the preview: an editor that shows where it comes from scrolls along. */
  followSource(place: RenderedPlace): void {
    const found = this.#state?.isStale === false ? sourceAt(this.#state, place) : null;
    if (found) this.#ports.actions.scrollEditor(found.source, found.offset);
  }

  /** The reader moved the cursor of an editor: the preview scrolls to what comes from there. */
  scrollTo(file: string, offset: number): void {
    if (this.#state?.isStale !== false) return;
    const place = renderedAt(this.#state, file, offset);
    if (place) this.#ports.post({ type: 'cursor', ...place });
  }

  /** One question at a time: what is typed while a large prompt renders is asked once, when that has been shown. */
  send(): Promise<void> {
    this.#again = true;
    this.#asking ??= this.#work().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #work(): Promise<void> {
    while (this.#again) {
      this.#again = false;
      await this.#ask();
    }
  }

  async #ask(): Promise<void> {
    const { worker, post, subject, log } = this.#ports;
    const { promptPath, suitePath } = subject();
    const caseIndex = this.#caseIndex;
    if (promptPath === null) return;
    try {
      const fresh = await worker().preview(promptPath, caseIndex, suitePath ?? undefined, this.variables);
      // Another prompt or case has come on show meanwhile; it asks for itself.
      if (promptPath !== subject().promptPath || caseIndex !== this.#caseIndex) return;
      const state = this.#lastGood.with(promptPath, fresh);
      this.#state = state;
      this.#caseIndex = state.caseIndex;
      post({ type: 'preview', state });
      this.#ports.onShown();
      this.#countSoon.call();
    } catch (error) {
      log(errorWords(error).text);
    }
  }

  /** What Run would send, for the reader who asks to see it. */
  async sendRequest(): Promise<void> {
    const { worker, post, subject, log } = this.#ports;
    const { promptPath, suitePath } = subject();
    if (promptPath === null) return;
    try {
      const state = await worker().request(promptPath, this.#caseIndex, suitePath ?? undefined, this.variables);
      post({ type: 'request', state });
    } catch (error) {
      log(errorWords(error).text);
    }
  }

  async #sendTokens(): Promise<void> {
    const { worker, post, model, log } = this.#ports;
    const state = this.#state;
    if (state === null || state.messages.length === 0) return;
    try {
      const { counts, exact } = await worker().tokens(model(), state.messages.map(messageText));
      // A newer preview is counted by itself.
      if (state === this.#state) post({ type: 'tokens', counts, exact });
    } catch (error) {
      log(errorWords(error).text);
    }
  }

  #changed(): void {
    this.#ports.onChanged();
    void this.send();
  }
}
