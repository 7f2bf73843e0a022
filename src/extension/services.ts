import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as vscode from 'vscode';
import type { CompareAnswer, ComparedTexts } from '../protocol/comparison.ts';
import type { CasesWanted } from '../protocol/testing.ts';
import type { EvaluateAnswer, PromptState, SuiteState } from '../protocol/worker.ts';
import { chosenSuite } from './chosenSuite.ts';
import { pickRun } from './compare.ts';
import { inOrder } from './comparedIds.ts';
import { baseName, fileKind, isText } from './fileKind.ts';
import { storedKey } from './models/connectModel.ts';
import { EditorModels } from './models/editorModels.ts';
import { networkSettings } from './models/networkSettings.ts';
import { Notifier } from './notify.ts';
import { DiffDocuments } from './playground/diffDocuments.ts';
import { playgroundActions } from './playground/playgroundActions.ts';
import { PlaygroundPanel } from './playground/playgroundPanel.ts';
import { Diagnostics } from './problems/diagnostics.ts';
import { problemsSummary } from './problems/problemText.ts';
import { RunController } from './runController.ts';
import { StateCache } from './stateCache.ts';
import { useAsBaseline } from './useAsBaseline.ts';
import { type RemoteWorker, WorkerClient } from './workerClient.ts';

const ANSWERS_KEY = 'touchstone.answers';

/** The parts of the extension, made and joined here and nowhere else. */
export type Services = ReturnType<typeof createServices>;

export function createServices(context: vscode.ExtensionContext, onWorkerStart: (worker: RemoteWorker) => void) {
  const log = vscode.window.createOutputChannel('Touchstone', { log: true });
  const notifier = new Notifier(log);
  const chosenSuites = new Map<string, string>();
  const warned = new Set<string>();
  let beforeRun = () => {};

  const editorModels = new EditorModels((callId, text) => void client.api.onEditorDelta(callId, text));
  const client: WorkerClient = new WorkerClient({
    spawn: () => new Worker(context.asAbsolutePath(join('dist', 'worker.mjs'))),
    host: {
      onDelta: (callId, text) => controller.answers.onDelta(callId, text),
      onCheck: (callId, check) => controller.answers.onCheck(callId, check),
      onProgress: (callId, progress) => controller.onProgress(callId, progress),
      secret: (provider) => storedKey(context.secrets, provider),
      askEditorModel: (callId, request) => editorModels.ask(callId, request),
      stopEditorModel: (callId) => editorModels.stop(callId),
    },
    onStart: (started) => {
      void started.setNetwork(networkSettings());
      onWorkerStart(started);
    },
    // The calls that were lost tell of it themselves; without one nobody else does.
    onCrash: (error) => notifier.error(error),
    now: () => Date.now(),
  });
  const worker = () => client.api;
  context.subscriptions.push(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('http')) void worker().setNetwork(networkSettings());
    }),
  );
  const controller = new RunController({
    worker,
    isTrusted: () => vscode.workspace.isTrusted,
    beforeRun: () => beforeRun(),
    onError: notifier.error,
    stored: () => context.workspaceState.get(ANSWERS_KEY),
    store: (kept) => void context.workspaceState.update(ANSWERS_KEY, kept),
  });
  const prompts = new StateCache<PromptState>(
    async (path) => warnOfHistory(await worker().promptState(path, chosenSuites.get(path))),
    (error) => log.error(String(error)),
  );
  const suites = new StateCache<SuiteState>(
    async (path) => warnOfHistory(await worker().suiteState(path)),
    (error) => log.error(String(error)),
  );
  const isNamed = (path: string) =>
    prompts.get(path)?.isPrompt === true || suites.paths().some((suite) => suites.get(suite)?.dataPath === path);
  const diagnostics = new Diagnostics(worker, isNamed, (error) => log.error(String(error)));
  const diffs = new DiffDocuments();
  const panel = new PlaygroundPanel(context, {
    worker,
    controller,
    prompts,
    suites,
    chosenSuites,
    log: (words) => log.warn(words),
    actions: playgroundActions(context, {
      evaluate: (suite) => void evaluate(suite, null).catch(notifier.error),
      useAsBaseline: (file, runId) => void useRunAsBaseline(file, runId).catch(notifier.error),
      rescore: (suite, runId) => void rescore(suite, runId).catch(notifier.error),
      resume: (suite, runId) => void resume(suite, runId).catch(notifier.error),
      onError: notifier.error,
      flush: () => beforeRun(),
      worker,
      openDiff: (texts) => diffs.open(texts),
    }),
  });
  context.subscriptions.push(log, diagnostics, diffs.register(), { dispose: () => void client.close() });

  /** The history of a workspace may be unreadable: that is said once, and the lenses go on without it. */
  function warnOfHistory<T extends { readonly historyNote: string | null }>(state: T): T {
    if (state.historyNote !== null && !warned.has(state.historyNote)) {
      warned.add(state.historyNote);
      void vscode.window.showWarningMessage(state.historyNote);
    }
    return state;
  }

  const suiteChosenFor = (prompt: string) => chosenSuite(prompt, { prompts, chosenSuites });

  /** The suite that Evaluate runs for a file; null when none names the prompt. */
  async function suiteOf(file: string): Promise<string | null> {
    if (fileKind(file) === 'suite') return file;
    if (suiteChosenFor(file) === undefined) await prompts.refresh(file);
    return suiteChosenFor(file) ?? null;
  }

  /** Evaluates with its grid on show; `file` is what the playground is to be about, if it is not open yet. */
  async function evaluate(suite: string, file: string | null): Promise<void> {
    if (vscode.workspace.isTrusted) {
      if (file !== null) panel.show(file, 'results');
      panel.playground?.showRun(suite);
    }
    await tellRefused(suite, await controller.evaluate(suite));
  }

  /** Evaluates some cases of a suite, or all, with whatever is on show staying there. */
  async function evaluateCases(suite: string, wanted: CasesWanted): Promise<EvaluateAnswer | null> {
    const answer = await controller.evaluate(suite, wanted);
    void tellRefused(suite, answer).catch(notifier.error);
    return answer;
  }

  /** Scores the answers of a suite's newest run by what the suite says now. */
  async function rescoreSuite(suite: string): Promise<EvaluateAnswer | null> {
    const run = (await worker().results(suite, null))?.run;
    if (!run) {
      void vscode.window.showInformationMessage(`${baseName(suite)} was never run: evaluate first.`);
      return null;
    }
    const answer = await controller.rescore(suite, run.id);
    void tellRefused(suite, answer).catch(notifier.error);
    return answer;
  }

  /** Scores the answers of a run by what its suite says now; the new run comes on show. */
  async function rescore(suite: string, runId: string): Promise<void> {
    if (vscode.workspace.isTrusted) panel.playground?.showRun(suite);
    await tellRefused(suite, await controller.rescore(suite, runId));
  }

  /** Goes on with a run that was cut off; it stays on show. */
  async function resume(suite: string, runId: string): Promise<void> {
    await tellRefused(suite, await controller.resume(suite, runId));
  }

  /** @param runId null: the newest of the file */
  async function rescoreShown(file: string, runId: string | null): Promise<void> {
    const run = (await worker().results(file, runId))?.run;
    if (!run) return void vscode.window.showInformationMessage('Nothing was run yet: evaluate first.');
    const suite = await suiteOf(file);
    if (suite !== null) await rescore(suite, run.id);
  }

  /** Evaluates the prompts of a revision and of now, as far as they are not known, and shows them beside each other. */
  async function compareWith(file: string, revision: string): Promise<void> {
    const suite = await suiteOf(file);
    if (suite === null)
      return void vscode.window.showInformationMessage('No suite names this prompt: add test cases first.');
    if (vscode.workspace.isTrusted) panel.show(file, 'results');
    const answer = await controller.compareWith(suite, revision);
    await tellRefused(suite, answer);
    if (answer?.started) panel.show(file, 'results').compare(answer.ids);
  }

  /** @param runId null: the newest of the file */
  async function compareRuns(file: string, runId: string | null): Promise<void> {
    const { runs } = await worker().runs(file, { text: '', archived: true });
    const shown = runId ?? runs.find(({ revision }) => revision === null)?.id;
    if (shown === undefined) return void vscode.window.showInformationMessage('Nothing was run yet: evaluate first.');
    const other = await pickRun(runs, shown);
    if (other === null) return;
    panel.show(file, 'results').compare(inOrder(runs, shown, other));
  }

  async function tellRefused(suite: string, answer: EvaluateAnswer | CompareAnswer | null): Promise<void> {
    refreshOpen();
    if (answer === null || answer.started) return;
    diagnostics.refused(suite, answer.problems);
    const words = problemsSummary(baseName(suite), answer.problems);
    const chosen = await vscode.window.showErrorMessage(words, 'Show Problems');
    if (chosen) await vscode.commands.executeCommand('workbench.actions.view.problems');
  }

  async function useRunAsBaseline(file: string, runId: string | null): Promise<void> {
    await useAsBaseline(file, runId, { worker: worker(), onWritten: refreshOpen });
  }

  /** Puts what keeps a suite from being evaluated into Problems. */
  async function showProblems(suite: string): Promise<void> {
    diagnostics.refused(suite, await worker().obstacles(suite));
  }

  /** Asks again for the states and problems of everything that is open. */
  function refreshOpen(): void {
    const open = new Set(vscode.workspace.textDocuments.filter(isFile).map(({ uri }) => uri.fsPath));
    const shown = [panel.playground?.file, panel.playground?.promptPath].filter((file) => typeof file === 'string');
    for (const path of [...open, ...shown]) {
      if (fileKind(path) === 'prompt' || isText(path)) void prompts.refresh(path);
      if (fileKind(path) === 'suite') void suites.refresh(path);
    }
    for (const path of prompts.paths()) if (!open.has(path) && !shown.includes(path)) prompts.forget(path);
    void diagnostics.checkOpen();
  }

  /** What a command without a file is about: the active editor, or what the playground shows. */
  function currentFile(): string | null {
    const document = vscode.window.activeTextEditor?.document;
    const path = document && isFile(document) ? document.uri.fsPath : undefined;
    if (path !== undefined && (['prompt', 'suite'].includes(fileKind(path)) || isText(path))) return path;
    return panel.playground?.file ?? null;
  }

  function tellPartial(): void {
    void vscode.window.showInformationMessage('A partial is run and evaluated through the prompts that use it.');
  }

  function tellNoFile(): void {
    void vscode.window.showInformationMessage('Open a prompt or a suite (*.eval.yaml) first.');
  }

  return {
    ...{ client, worker, controller, prompts, suites, panel, diagnostics, notifier, log },
    ...{
      chosenSuite: suiteChosenFor,
      suiteOf,
      evaluate,
      evaluateCases,
      openDiff: (texts: ComparedTexts) => diffs.open(texts),
      rescoreSuite,
      showProblems,
      useAsBaseline: useRunAsBaseline,
      rescoreShown,
      compareWith,
      compareRuns,
      refreshOpen,
      currentFile,
      tellNoFile,
      tellPartial,
    },
    /** Called before every run: sends what is typed but not yet sent. */
    setBeforeRun: (flush: () => void) => {
      beforeRun = flush;
    },
  };
}

function isFile(document: vscode.TextDocument): boolean {
  return document.uri.scheme === 'file' && !document.isClosed;
}
