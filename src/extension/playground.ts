import type { JsonObject } from '../engine/json.ts';
import { messageText } from '../engine/prompt/message.ts';
import {
  type HostMessage,
  type PlaygroundState,
  type PreviewState,
  type Tab,
  type ViewMessage,
  viewMessage,
} from '../protocol/views.ts';
import { errorWords } from './errorWords.ts';
import { fileKind } from './fileKind.ts';
import { LastGood } from './lastGood.ts';
import { playgroundFrame, subjectOf } from './playgroundFrame.ts';
import type { PlaygroundMemory, PlaygroundPorts } from './playgroundPorts.ts';
import { PlaygroundSlices } from './playgroundSlices.ts';
import { renderedAt, sourceAt } from './sourceAt.ts';
import { debounced } from './throttled.ts';
import { VariableEdits } from './variableEdits.ts';
import type { RemoteWorker } from './workerClient.ts';

/** Tokens are counted when the typing pauses: they are looked at, not written by. */
const COUNT_AFTER_MS = 120;

/** The host's half of the playground: holds what is on show, answers what the view asks, sends whole slices. */
export class Playground {
  readonly #ports: PlaygroundPorts;
  readonly #ends: (() => void)[];
  readonly #slices: PlaygroundSlices;
  readonly #countSoon = debounced(() => void this.#sendTokens(), COUNT_AFTER_MS);
  readonly #edits: VariableEdits;
  #file: string | null;
  #pinned: boolean;
  #tab: Tab;
  #caseIndex: number;
  /** null: the newest. */
  #runId: string | null = null;
  #preview: PreviewState | null = null;
  readonly #lastGood = new LastGood();
  #previewing: Promise<void> | null = null;
  #previewMissed = false;

  constructor(ports: PlaygroundPorts, memory: PlaygroundMemory) {
    this.#ports = ports;
    this.#file = memory.file;
    this.#pinned = memory.pinned;
    this.#tab = memory.tab;
    this.#caseIndex = memory.caseIndex;
    this.#edits = new VariableEdits(memory.edits);
    this.#slices = new PlaygroundSlices(ports.worker, ports.post, ports.log);
    const { controller, prompts, suites } = ports;
    this.#ends = [
      controller.changed.on(() => this.#sendFrame()),
      controller.answerChanged.on((path) => path === this.promptPath && this.#sendAnswer()),
      controller.delta.on(({ path, at, text }) => {
        if (path === this.promptPath) ports.post({ type: 'answer-delta', at, text });
      }),
      controller.runStarted.on(({ suitePath }) => suitePath === this.suitePath && void this.#sendTab()),
      prompts.changed.on((path) => path === this.promptPath && this.#onStateChanged()),
      suites.changed.on((path) => path === this.#file && this.#onStateChanged()),
    ];
  }

  dispose(): void {
    this.#countSoon.cancel();
    for (const end of this.#ends) end();
  }

  get file(): string | null {
    return this.#file;
  }

  get promptPath(): string | null {
    return subjectOf(this.#file, this.#ports).promptPath;
  }

  get suitePath(): string | null {
    return subjectOf(this.#file, this.#ports).suitePath;
  }

  get preview(): PreviewState | null {
    return this.#preview;
  }

  /** What stands in for the values of the case that is shown. */
  get variables(): JsonObject {
    const prompt = this.promptPath;
    return prompt === null ? {} : this.#edits.of(prompt, this.#caseIndex);
  }

  get caseIndex(): number {
    return this.#caseIndex;
  }

  frame(): PlaygroundState {
    return playgroundFrame(this.#file, this.#ports, { pinned: this.#pinned, tab: this.#tab });
  }

  /** The active editor shows another prompt or suite. */
  follow(file: string): void {
    if (this.#pinned) return;
    this.show(file);
  }

  /** Shows a file, pinned or not: somebody asked for it. */
  show(file: string, tab: Tab = this.#tab): void {
    const changed = file !== this.#file;
    this.#file = file;
    this.#tab = tab;
    if (changed) {
      this.#caseIndex = 0;
      this.#runId = null;
      this.#preview = null;
    }
    this.#remember();
    void this.#sendAll();
  }

  /** An evaluation begins: its grid comes on show. */
  showRun(suitePath: string): void {
    if (this.suitePath !== suitePath) return;
    this.#tab = 'results';
    this.#runId = null;
    this.#remember();
    this.#sendFrame();
  }

  /** A buffer changed: the preview shows it at once. */
  refreshPreview(): void {
    void this.#sendPreview();
  }

  /** The reader moved the cursor of an editor: the preview scrolls to what comes from there. */
  cursorAt(file: string, offset: number): void {
    if (this.#tab !== 'preview' || this.#preview?.isStale !== false) return;
    const place = renderedAt(this.#preview, file, offset);
    if (place) this.#ports.post({ type: 'cursor', ...place });
  }

  /** Files changed on the disk or in an editor. */
  refresh(): void {
    void this.#sendPreview();
    if (this.#tab !== 'preview') void this.#sendTab();
  }

  /** @param raw what the view posted: anything that does not parse is dropped. */
  receive(raw: unknown): void {
    const parsed = viewMessage.safeParse(raw);
    if (!parsed.success) {
      this.#ports.log(`The playground sent a message that does not parse: ${parsed.error.message}`);
      return;
    }
    this.#handle(parsed.data);
  }

  #handle(message: ViewMessage): unknown {
    const { actions, controller } = this.#ports;
    const prompt = this.promptPath;
    const suite = this.suitePath;
    switch (message.type) {
      case 'ready':
        return void this.#sendAll();
      case 'select-tab':
        this.#tab = message.tab;
        this.#remember();
        this.#sendFrame();
        return void this.#sendTab();
      case 'select-case':
        return this.#selectCase(message.caseIndex);
      case 'select-suite':
        return this.#selectSuite(message.index);
      case 'set-pinned':
        this.#pinned = message.pinned;
        this.#remember();
        return this.#sendFrame();
      case 'run':
        if (prompt !== null) void controller.run(prompt, this.#caseIndex, suite ?? undefined, this.variables);
        return;
      case 'set-variables':
        return this.#setVariables(message.values);
      case 'reset-variables':
        if (prompt !== null) this.#edits.reset(prompt, this.#caseIndex, message.names);
        return this.#variablesChanged();
      case 'open-variable':
        return this.#openVariable(message.name);
      case 'save-case':
        return void this.#saveCase(message.withAnswer);
      case 'reveal-source': {
        const source = sourceAt(this.#preview, message);
        if (source) actions.revealSource(source.source, source.offset);
        return;
      }
      case 'evaluate':
        if (suite !== null) actions.evaluate(suite);
        else if (prompt !== null) actions.addCases(prompt);
        return;
      case 'stop':
        // The button stops what its tab shows: the answer, or else the evaluation.
        if (this.#tab === 'preview' && prompt !== null && controller.isRunningCase(prompt)) controller.stop(prompt);
        else if (suite !== null) controller.stop(suite);
        return;
      case 'select-run':
        this.#runId = message.runId;
        this.#tab = 'results';
        this.#remember();
        this.#sendFrame();
        return void this.#sendResults();
      case 'get-page':
        return void this.#answer(async (worker, file) => ({
          type: 'page',
          page: await worker.samples(file, message.query),
        }));
      case 'get-sample':
        return void this.#answer(async (worker, file) => {
          return { type: 'sample', detail: await worker.sample(file, message.runId, message.sampleId) };
        });
      case 'reveal-case':
        return void this.#answer(async (worker) => {
          const location = prompt && (await worker.caseLocation(prompt, message.caseIndex, suite ?? undefined));
          if (location) actions.revealLocation(location);
          return null;
        });
      case 'reveal-problem': {
        const problem = this.#preview?.problems[message.index];
        if (problem) actions.revealProblem(problem);
        return;
      }
      case 'connect-model':
        return actions.connectModel(prompt);
      case 'add-cases':
        if (prompt !== null) actions.addCases(prompt);
        return;
      case 'copy':
        return actions.copy(message.text);
      default:
        message satisfies never;
    }
  }

  #selectCase(caseIndex: number): void {
    const prompt = this.promptPath;
    this.#caseIndex = caseIndex;
    if (prompt !== null) this.#ports.controller.clearAnswer(prompt);
    this.#remember();
    void this.#sendPreview();
  }

  #setVariables(values: JsonObject): void {
    const prompt = this.promptPath;
    if (prompt === null) return;
    this.#edits.set(prompt, this.#caseIndex, values);
    this.#variablesChanged();
  }

  #variablesChanged(): void {
    this.#remember();
    void this.#sendPreview();
  }

  #openVariable(name: string): void {
    const value = this.#preview?.vars[name];
    const prompt = this.promptPath;
    const caseIndex = this.#caseIndex;
    if (prompt === null) return;
    this.#ports.actions.editText(name, typeof value === 'string' ? value : '', (text) => {
      this.#edits.set(prompt, caseIndex, { [name]: text });
      if (prompt === this.promptPath && caseIndex === this.#caseIndex) this.#variablesChanged();
    });
  }

  /** The new case is shown as soon as the dataset has it. */
  async #saveCase(withAnswer: boolean): Promise<void> {
    const prompt = this.promptPath;
    if (prompt === null) return;
    const { actions, controller, worker } = this.#ports;
    const answer = controller.answer(prompt);
    const expected = withAnswer && answer.status === 'done' ? answer.text : null;
    const asked = { caseIndex: this.#caseIndex, vars: this.variables, expected };
    try {
      const saved = await worker().savedCase(prompt, asked, this.suitePath ?? undefined);
      if (!(await actions.saveCase(saved)) || !saved.ok) return;
      this.#edits.reset(prompt, this.#caseIndex, []);
      this.#caseIndex = saved.caseIndex;
      this.#variablesChanged();
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }

  #selectSuite(index: number): void {
    const prompt = this.promptPath;
    const suite = subjectOf(this.#file, this.#ports).suites[index];
    if (prompt === null || suite === undefined) return;
    this.#ports.chosenSuites.set(prompt, suite);
    this.#caseIndex = 0;
    this.#sendFrame();
    void this.#ports.prompts.refresh(prompt);
  }

  #onStateChanged(): void {
    this.#sendFrame();
    this.refresh();
  }

  #remember(): void {
    this.#ports.remember({
      file: this.#file,
      pinned: this.#pinned,
      tab: this.#tab,
      caseIndex: this.#caseIndex,
      edits: this.#edits.kept(),
    });
  }

  async #sendAll(): Promise<void> {
    this.#sendFrame();
    this.#sendAnswer();
    const file = this.#file;
    if (file === null) return;
    // What is not known yet comes by `changed`, which sends the frame and the slices again.
    if (fileKind(file) === 'suite') {
      if (!this.#ports.suites.get(file)) return this.#ports.suites.refresh(file);
      const prompt = this.promptPath;
      if (prompt !== null && !this.#ports.prompts.get(prompt)) void this.#ports.prompts.refresh(prompt);
    } else if (!this.#ports.prompts.get(file)) return this.#ports.prompts.refresh(file);
    await Promise.all([this.#sendPreview(), this.#sendTab()]);
  }

  #sendFrame(): void {
    this.#ports.post({ type: 'playground', state: this.frame() });
  }

  #sendAnswer(): void {
    const prompt = this.promptPath;
    const state = prompt === null ? ({ status: 'idle' } as const) : this.#ports.controller.answer(prompt);
    this.#ports.post({ type: 'answer', state });
  }

  /** One question at a time: what is typed while a large prompt renders is asked once, when that has been shown. */
  async #sendPreview(): Promise<void> {
    if (this.#previewing) {
      this.#previewMissed = true;
      return this.#previewing;
    }
    this.#previewing = this.#askPreview().finally(() => {
      this.#previewing = null;
      if (this.#previewMissed) void this.#sendPreview();
      this.#previewMissed = false;
    });
    return this.#previewing;
  }

  async #askPreview(): Promise<void> {
    const prompt = this.promptPath;
    if (prompt === null) return;
    const caseIndex = this.#caseIndex;
    try {
      const suite = this.suitePath ?? undefined;
      const fresh = await this.#ports.worker().preview(prompt, caseIndex, suite, this.variables);
      // Another prompt or case has come on show meanwhile; it asks for itself.
      if (prompt !== this.promptPath || caseIndex !== this.#caseIndex) return;
      const state = this.#lastGood.with(prompt, fresh);
      this.#preview = state;
      this.#caseIndex = state.caseIndex;
      this.#ports.post({ type: 'preview', state });
      this.#countSoon.call();
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }

  async #sendTokens(): Promise<void> {
    const preview = this.#preview;
    if (preview === null || preview.messages.length === 0) return;
    try {
      const { counts, exact } = await this.#ports
        .worker()
        .tokens(this.frame().model, preview.messages.map(messageText));
      // A newer preview is counted by itself.
      if (preview === this.#preview) this.#ports.post({ type: 'tokens', counts, exact });
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }

  async #sendTab(): Promise<void> {
    if (this.#tab === 'results') await this.#sendResults();
    if (this.#tab === 'history') await this.#sendHistory();
  }

  async #sendHistory(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    await this.#slices.sendHistory(file);
  }

  async #sendResults(): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    // A run that goes on is the newest. Its header is sent once; its figures come with the frame, at every step.
    const suite = this.suitePath;
    const live = suite === null ? undefined : this.#ports.controller.evaluation(suite)?.progress?.runId;
    await this.#slices.sendResults({ file, runId: this.#runId ?? live ?? null });
  }

  /** Answers the view; a failure goes to the log, for the view asks again when it is looked at again. */
  async #answer(ask: (worker: RemoteWorker, file: string) => Promise<HostMessage | null>): Promise<void> {
    if (this.#file === null) return;
    try {
      const message = await ask(this.#ports.worker(), this.#file);
      if (message) this.#ports.post(message);
    } catch (error) {
      this.#ports.log(errorWords(error).text);
    }
  }
}
