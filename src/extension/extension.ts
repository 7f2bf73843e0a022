import { join } from 'node:path';
import './zodConfig.ts';
import * as vscode from 'vscode';
import type { TouchstoneApi } from './api.ts';
import { registerCommands } from './commands.ts';
import { fileKind, isText, WATCHED_GLOB } from './fileKind.ts';
import { registerLanguage } from './language/registerLanguage.ts';
import { LensProvider } from './lenses/codeLens.ts';
import { createStatusBar } from './lenses/statusBar.ts';
import { storedKeys } from './models/connectModel.ts';
import { Overlays } from './overlays.ts';
import { CLI_PATH } from './reportProcess.ts';
import { greetSample } from './sampleWorkspace.ts';
import { createServices, type Services } from './services.ts';
import { TaskProblems } from './tasks/taskProblems.ts';
import { evalTaskOf, TASK_TYPE, TaskProvider } from './tasks/tasks.ts';
import { TestExplorer } from './testing/testExplorer.ts';
import { debounced, throttled } from './throttled.ts';

let services: Services | undefined;

export function activate(context: vscode.ExtensionContext): TouchstoneApi {
  const startedAtMs = threadMs();
  let overlays: Overlays | undefined;
  const made = createServices(context, (worker) => {
    void worker.setFolders(folders(), vscode.workspace.isTrusted).catch(() => undefined);
    // The first worker starts before there is anything to watch buffers with; it is told below.
    overlays?.sendAll(worker);
  });
  services = made;
  const tellFolders = () => void made.worker().setFolders(folders(), vscode.workspace.isTrusted);
  const { worker, controller, prompts, suites } = made;
  overlays = new Overlays(worker, {
    onSent: () => made.panel.playground?.refreshPreview(),
    onQuiet: made.refreshOpen,
  });
  overlays.sendAll(worker());
  made.setBeforeRun(() => overlays?.flush());

  const lenses = new LensProvider({
    prompts,
    suites,
    promptActivity: (path) => ({
      evaluation: evaluationOf(made.chosenSuite(path)),
      runningCase: controller.answers.isRunning(path),
    }),
    suiteActivity: (path) => ({ evaluation: evaluationOf(path), runningCase: false }),
  });
  const evaluationOf = (suite: string | undefined) => {
    const evaluation = suite === undefined ? undefined : controller.evaluation(suite);
    return evaluation ? (evaluation.progress ?? 'starting') : null;
  };
  // VS Code makes the lenses anew each time: ten times a second there would hardly be one to click on, Stop among them.
  const refreshLenses = throttled(() => lenses.refresh(), 400);
  // While something runs here, the history changes many times a second, and its end refreshes everything anyway.
  const refreshSoon = debounced(() => controller.isBusy || made.refreshOpen(), 300);
  const ends = [
    prompts.changed.on((path) => {
      lenses.refresh();
      // A text turns out to be a prompt only now.
      const editor = vscode.window.activeTextEditor;
      if (path === editor?.document.uri.fsPath && isText(path)) follow(editor, made);
      // Which files are datasets is known from the suites.
      for (const suite of prompts.get(path)?.suites ?? []) if (!suites.get(suite)) void suites.refresh(suite);
    }),
    suites.changed.on(() => lenses.refresh()),
    controller.changed.on(() => {
      refreshLenses.call();
      setRunning(controller.isBusy);
    }),
  ];

  // "3 min ago" grows old by itself.
  const minutes = setInterval(() => lenses.refresh(), 60_000);

  const taskProblems = new TaskProblems(made.notifier.error);

  const explorer = new TestExplorer({
    ...{ worker, controller, suites },
    evaluate: made.evaluateCases,
    rescore: made.rescoreSuite,
    onError: made.notifier.error,
  });
  registerCommands(context, made);
  context.subscriptions.push(
    overlays,
    lenses.register(),
    registerLanguage({
      worker,
      flush: () => overlays?.flush(),
      caseIndex: (path) => (made.panel.playground?.promptPath === path ? made.panel.playground.caseIndex : 0),
      log: (error) => made.log.error(String(error)),
    }),
    createStatusBar(controller),
    explorer,
    vscode.tasks.registerTaskProvider(
      TASK_TYPE,
      new TaskProvider({
        worker,
        cliPath: context.asAbsolutePath(CLI_PATH),
        problemsFile: taskProblems.file,
        keys: () => storedKeys(context.secrets),
        log: made.notifier.error,
      }),
    ),
    taskProblems,
    ...watch([WATCHED_GLOB, '**/.touchstone/history.db', '**/.touchstone/history.db-wal'], refreshSoon.call),
    vscode.window.onDidChangeActiveTextEditor((editor) => {
      follow(editor, made);
      // What stood in the background may have been evaluated meanwhile, here or by the command line.
      refreshSoon.call();
    }),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor: { document }, selections: [selection], kind }) => {
      // Only what the reader did: a jump from the preview must not scroll the preview.
      if (kind === undefined || kind === vscode.TextEditorSelectionChangeKind.Command || !selection) return;
      made.panel.playground?.cursorAt(document.uri.fsPath, document.offsetAt(selection.active));
    }),
    vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
      const task = evalTaskOf(execution.task);
      if (!task) return;
      refreshSoon.call();
      // The files are in no order to be run: what is wrong with them stands in Problems also when none of them is open.
      if (exitCode === 2) void made.showProblems(join(task.folder.uri.fsPath, task.suite)).catch(made.notifier.error);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => tellFolders()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      tellFolders();
      made.refreshOpen();
    }),
    context.secrets.onDidChange(made.refreshOpen),
    { dispose: () => refreshSoon.cancel() },
    { dispose: () => refreshLenses.cancel() },
    { dispose: () => clearInterval(minutes) },
    ...ends.map((dispose) => ({ dispose })),
  );
  made.refreshOpen();
  void greetSample(context);
  return api(context, made, explorer, threadMs() - startedAtMs);
}

/** Processor time of this thread so far, from Node 23.9 on; before that a clock. */
function threadMs(): number {
  const usage = (process as { threadCpuUsage?: () => NodeJS.CpuUsage }).threadCpuUsage?.();
  return usage ? (usage.user + usage.system) / 1000 : performance.now();
}

export async function deactivate(): Promise<void> {
  await services?.client.close();
}

/** The context of keys and menus; told only when it changes, for progress comes ten times a second. */
function setRunning(running: boolean): void {
  if (running === wasRunning) return;
  wasRunning = running;
  void vscode.commands.executeCommand('setContext', 'touchstone.running', running);
}
let wasRunning = false;

function follow(editor: vscode.TextEditor | undefined, { panel, prompts }: Services): void {
  const path = editor?.document.uri.scheme === 'file' ? editor.document.uri.fsPath : undefined;
  const isPrompt = path !== undefined && prompts.get(path)?.isPrompt === true;
  // Keys and menus know prompts by their names, and a text only when a suite has been found to name it.
  void vscode.commands.executeCommand('setContext', 'touchstone.isPrompt', isPrompt);
  if (path !== undefined && (isPrompt || ['prompt', 'suite'].includes(fileKind(path)))) panel.playground?.follow(path);
}

function folders(): readonly string[] {
  return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
}

function watch(patterns: readonly string[], onChange: () => void): vscode.Disposable[] {
  return patterns.map((pattern) => {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    watcher.onDidChange(onChange);
    watcher.onDidCreate(onChange);
    watcher.onDidDelete(onChange);
    return watcher;
  });
}

function api(
  context: vscode.ExtensionContext,
  { client, controller, prompts, suites, panel }: Services,
  explorer: TestExplorer,
  activationMs: number,
): TouchstoneApi {
  const packageJson: { readonly version: string } = context.extension.packageJSON;
  return {
    version: packageJson.version,
    activationMs,
    // Any question will do: the first answer says that the worker runs.
    workerReady: client.api.suites(context.asAbsolutePath('dist')).then(() => undefined),
    promptState: (path) => prompts.get(path),
    suiteState: (path) => suites.get(path),
    evaluations: () => controller.evaluations(),
    isBusy: () => controller.isBusy,
    answer: (path) => controller.answers.state(path, 0).answers[0]?.at(-1) ?? { status: 'idle' },
    playground: () => panel.playground && { frame: panel.playground.frame(), preview: panel.playground.preview },
    tests: () => explorer.shown(),
    crashWorker: () => client.crash(),
  };
}
