import type { JsonObject } from '../../engine/json.ts';
import type { ComparedIds } from '../../protocol/comparison.ts';
import {
  type HostMessage,
  type PlaygroundState,
  type PreviewState,
  type Tab,
  type ViewMessage,
  viewMessage,
} from '../../protocol/views.ts';
import type { AskedCase } from '../answers/answers.ts';
import { PlaygroundAnswers } from '../answers/playgroundAnswers.ts';
import { errorWords } from '../errorWords.ts';
import { fileKind } from '../fileKind.ts';
import { PlaygroundComparisons } from './playgroundComparisons.ts';
import { playgroundFrame, subjectOf } from './playgroundFrame.ts';
import { PlaygroundHistory } from './playgroundHistory.ts';
import type { PlaygroundMemory, PlaygroundPorts } from './playgroundPorts.ts';
import { PlaygroundPreview } from './playgroundPreview.ts';
import { PlaygroundReviews } from './playgroundReviews.ts';
import { PlaygroundRuns } from './playgroundRuns.ts';

/** The host's half of the playground: holds what is on show, answers what the view asks, sends whole slices. */
export class Playground {
  readonly #ports: PlaygroundPorts;
  readonly #ends: (() => void)[];
  readonly #runs: PlaygroundRuns;
  readonly #history: PlaygroundHistory;
  readonly #preview: PlaygroundPreview;
  readonly #answers: PlaygroundAnswers;
  readonly #reviews: PlaygroundReviews;
  readonly #comparisons: PlaygroundComparisons;
  #file: string | null;
  #pinned: boolean;
  #tab: Tab;
  /** The view listens; what is posted before is lost. */
  #isReady = false;
  /** What the view is to be told once it listens. */
  #pending: HostMessage | null = null;

  constructor(ports: PlaygroundPorts, memory: PlaygroundMemory) {
    this.#ports = ports;
    this.#file = memory.file;
    this.#pinned = memory.pinned;
    this.#tab = memory.tab;
    const subject = () => subjectOf(this.#file, ports);
    const model = () => this.frame().model;
    const onChanged = () => {
      this.#remember();
      this.#answers.shownChanged();
    };
    const onShown = () => this.#answers.shownChanged();
    this.#preview = new PlaygroundPreview({ ...ports, subject, model, onChanged, onShown }, memory);
    this.#answers = new PlaygroundAnswers({
      ...ports.actions,
      answers: ports.controller.answers,
      post: ports.post,
      shown: () => this.#shown(),
      preview: () => this.#preview.state,
      onError: (error) => ports.log(errorWords(error).text),
    });
    this.#runs = new PlaygroundRuns({ ...ports, editSuite: ports.actions.editSuite, subject, file: () => this.#file });
    this.#history = new PlaygroundHistory({
      ...ports,
      ...ports.actions,
      file: () => this.#file,
      onChanged: (deleted) => {
        if (deleted !== null && this.#runs.selected === deleted) this.#runs.select(null);
        void this.#refreshStates();
      },
    });
    this.#reviews = new PlaygroundReviews({
      ...ports,
      file: () => this.#file,
      rater: ports.actions.rater,
      onRated: () => void this.#onRated(),
    });
    this.#comparisons = new PlaygroundComparisons({ ...ports, ...ports.actions, file: () => this.#file });
    const { controller, prompts, suites } = ports;
    this.#ends = [
      controller.changed.on(() => this.#sendFrame()),
      controller.runStarted.on(({ suitePath }) => suitePath === this.suitePath && void this.#sendRuns()),
      prompts.changed.on((path) => path === this.promptPath && this.#onStateChanged()),
      suites.changed.on((path) => path === this.#file && this.#onStateChanged()),
    ];
  }

  dispose(): void {
    this.#preview.dispose();
    this.#answers.dispose();
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
    return this.#preview.state;
  }

  /** What stands in for the values of the case that is shown. */
  get variables(): JsonObject {
    return this.#preview.variables;
  }

  get caseIndex(): number {
    return this.#preview.caseIndex;
  }

  /** The run in the results tab, when it is of this file; null for the newest. */
  runShownOf(file: string): string | null {
    return file === this.#file ? this.#runs.selected : null;
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
      this.#runs.select(null);
      this.#history.restart();
      this.#preview.restart();
    }
    this.#remember();
    void this.#sendAll();
  }

  /** An evaluation begins: its grid comes on show. */
  showRun(suitePath: string): void {
    if (this.suitePath !== suitePath) return;
    this.#tab = 'results';
    this.#runs.select(null);
    this.#remember();
    this.#sendFrame();
  }

  /** The view goes through the answers of the run in the results tab, for a person to rate them. */
  review(): void {
    this.#tell({ type: 'open-review' });
  }

  /** The view shows two kept runs beside each other. */
  compare(ids: ComparedIds): void {
    this.#tell({ type: 'open-comparison', ids });
  }

  #tell(message: HostMessage): void {
    if (this.#isReady) this.#ports.post(message);
    else this.#pending = message;
  }

  /** Asks the models of all lanes about the case that is shown. */
  run(): void {
    this.#answers.run();
  }

  /** A buffer changed: the preview shows it at once. */
  refreshPreview(): void {
    void this.#preview.send();
  }

  /** The reader moved the cursor of an editor: the preview scrolls to what comes from there. */
  cursorAt(file: string, offset: number): void {
    if (this.#tab === 'preview') this.#preview.scrollTo(file, offset);
  }

  /** Files changed on the disk or in an editor. */
  refresh(): void {
    void this.#preview.send();
    void this.#sendRuns();
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
    const { answers } = controller;
    const prompt = this.promptPath;
    const suite = this.suitePath;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        void this.#sendAll();
        if (this.#pending) this.#ports.post(this.#pending);
        this.#pending = null;
        return;
      case 'select-tab':
        this.#tab = message.tab;
        this.#remember();
        this.#sendFrame();
        return void this.#sendRuns();
      case 'select-case':
        return this.#preview.selectCase(message.caseIndex);
      case 'select-suite':
        return this.#selectSuite(message.index);
      case 'set-pinned':
        this.#pinned = message.pinned;
        this.#remember();
        return this.#sendFrame();
      case 'run':
        return this.run();
      case 'set-variables':
        return this.#preview.setVariables(message.values);
      case 'reset-variables':
        return this.#preview.resetVariables(message.names);
      case 'open-variable':
        return this.#preview.openVariable(message.name);
      case 'save-case':
        return void this.#preview.saveCase(message.lane);
      case 'reveal-source':
        return this.#preview.revealSource(message);
      case 'follow-source':
        return this.#preview.followSource(message);
      case 'get-request':
        return void this.#preview.sendRequest();
      case 'evaluate':
        if (suite !== null) actions.evaluate(suite);
        else if (prompt !== null) actions.addCases(prompt);
        return;
      case 'stop':
        // The button stops what its tab shows: the answer, or else the evaluation.
        if (this.#tab === 'preview' && prompt !== null && answers.isRunning(prompt)) answers.stop(prompt);
        else if (suite !== null) controller.stop(suite);
        return;
      case 'select-run':
        this.#runs.select(message.runId);
        this.#tab = 'results';
        this.#remember();
        this.#sendFrame();
        return void this.#runs.send();
      case 'use-as-baseline':
        if (this.#file !== null) actions.useAsBaseline(this.#file, message.runId);
        return;
      case 'get-page':
        return void this.#runs.sendPage(message.query);
      case 'get-sample':
        return void this.#runs.sendSample(message.runId, message.sampleId);
      case 'try-weights':
        return void this.#runs.sendTrial(message.runId, message.trial);
      case 'write-weights':
        return void this.#runs.writeWeights(message.runId, message.trial);
      case 'rescore':
        if (suite !== null) actions.rescore(suite, message.runId);
        return;
      case 'resume':
        if (suite !== null) actions.resume(suite, message.runId);
        return;
      case 'get-judges':
        return void this.#runs.sendJudges(message.runId);
      case 'get-comparison':
      case 'get-compared-rows':
      case 'get-compared-case':
      case 'compare-with':
      case 'open-diff':
        return this.#comparisons.handle(message);
      case 'reveal-case':
        return void this.#revealCase(message.caseIndex);
      case 'reveal-problem':
        return this.#preview.revealProblem(message.index);
      case 'connect-model':
        return actions.connectModel(prompt);
      case 'add-cases':
        if (prompt !== null) actions.addCases(prompt);
        return;
      case 'copy':
        return actions.copy(message.text);
      case 'find-runs':
      case 'get-trend':
      case 'pin-run':
      case 'save-report':
      case 'run-actions':
        return this.#history.handle(message);
      case 'get-review':
      case 'get-review-item':
      case 'rate':
        return this.#reviews.handle(message);
      default:
        return this.#answers.handle(message);
    }
  }

  #shown(): AskedCase | null {
    const { promptPath, suitePath, caseIndex, variables } = this;
    if (promptPath === null) return null;
    return { path: promptPath, caseIndex, suitePath: suitePath ?? undefined, vars: variables };
  }

  #selectSuite(index: number): void {
    const prompt = this.promptPath;
    const suite = subjectOf(this.#file, this.#ports).suites[index];
    if (prompt === null || suite === undefined) return;
    this.#ports.chosenSuites.set(prompt, suite);
    this.#preview.restart();
    this.#sendFrame();
    void this.#ports.prompts.refresh(prompt);
  }

  async #revealCase(caseIndex: number): Promise<void> {
    const { worker, actions, log } = this.#ports;
    const { promptPath, suitePath } = subjectOf(this.#file, this.#ports);
    if (promptPath === null) return;
    try {
      const location = await worker().caseLocation(promptPath, caseIndex, suitePath ?? undefined);
      if (location) actions.revealLocation(location);
    } catch (error) {
      log(errorWords(error).text);
    }
  }

  /** The lens and the status bar show the composite, of which a rating is a part. */
  async #onRated(): Promise<void> {
    await this.#runs.send();
    await this.#refreshStates();
  }

  async #refreshStates(): Promise<void> {
    const { prompts, suites } = this.#ports;
    const { promptPath, suitePath } = this;
    if (promptPath !== null) await prompts.refresh(promptPath);
    if (suitePath !== null && suitePath === this.#file) await suites.refresh(suitePath);
  }

  /** Of the tab that is on show. */
  async #sendRuns(): Promise<void> {
    if (this.#tab === 'results') await this.#runs.send();
    if (this.#tab === 'history') await this.#history.send();
  }

  #onStateChanged(): void {
    this.#sendFrame();
    this.refresh();
  }

  #remember(): void {
    this.#ports.remember({ file: this.#file, pinned: this.#pinned, tab: this.#tab, ...this.#preview.memory() });
  }

  async #sendAll(): Promise<void> {
    this.#sendFrame();
    this.#answers.send();
    const file = this.#file;
    if (file === null) return;
    // What is not known yet comes by `changed`, which sends the frame and the slices again.
    if (fileKind(file) === 'suite') {
      if (!this.#ports.suites.get(file)) return this.#ports.suites.refresh(file);
      const prompt = this.promptPath;
      if (prompt !== null && !this.#ports.prompts.get(prompt)) void this.#ports.prompts.refresh(prompt);
    } else if (!this.#ports.prompts.get(file)) return this.#ports.prompts.refresh(file);
    await Promise.all([this.#preview.send(), this.#sendRuns()]);
  }

  #sendFrame(): void {
    this.#ports.post({ type: 'playground', state: this.frame() });
  }
}
