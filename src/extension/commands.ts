import * as vscode from 'vscode';
import type { CommandId } from './commandIds.ts';
import { pickRevision } from './compare.ts';
import { convertPrompt } from './convertPrompt.ts';
import { fileKind, isPartial, isText } from './fileKind.ts';
import { connectProvider } from './models/connectModel.ts';
import { type ModelPorts, selectModel } from './models/selectModel.ts';
import { testConnection } from './models/testConnection.ts';
import { addCases, newMetric, newPrompt } from './newFiles.ts';
import { CLI_PATH } from './reportProcess.ts';
import { openSample } from './sampleWorkspace.ts';
import { saveReport } from './saveReport.ts';
import type { Services } from './services.ts';
import { ScoreBlame } from './versions/scoreBlame.ts';
import { showVersions } from './versions/showVersions.ts';

/** Every command of package.json. A lens, a menu or a key may give the file; without one it is the file that is looked at. */
type Handlers = { readonly [id in CommandId]: (file: string | null) => unknown };

export function registerCommands(context: vscode.ExtensionContext, services: Services): void {
  for (const [id, handle] of Object.entries(handlers(context, services))) {
    const command = vscode.commands.registerCommand(id, async (given?: unknown) => {
      try {
        await handle(givenPath(given) ?? services.currentFile());
      } catch (error) {
        services.notifier.error(error);
      }
    });
    context.subscriptions.push(command);
  }
}

function handlers(context: vscode.ExtensionContext, services: Services): Handlers {
  const { panel, controller, prompts, suites } = services;
  const scoreBlame = new ScoreBlame(services.worker);
  context.subscriptions.push(scoreBlame);
  const modelPorts = (file: string | null): ModelPorts => ({
    secrets: context.secrets,
    worker: services.worker,
    place: file ?? vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? context.extensionPath,
    promptPath: file,
  });
  return {
    'touchstone.run': async (file) => {
      if (file === null) return services.tellNoFile();
      const playground = panel.show(file, 'preview');
      if (isPartial(file)) return services.tellPartial();
      if (fileKind(file) === 'suite') await suites.refresh(file);
      playground.run();
    },
    'touchstone.evaluate': async (file) => {
      if (file !== null && isPartial(file)) return services.tellPartial();
      const suite = file === null ? null : await services.suiteOf(file);
      if (suite !== null) return services.evaluate(suite, file);
      return file === null ? services.tellNoFile() : addCases(file, services.worker(), prompts.get(file), undefined);
    },
    'touchstone.stop': async (file) => {
      if (file === null) return controller.stop();
      const suite = fileKind(file) === 'suite' ? file : services.chosenSuite(file);
      // The lens of a prompt stops its answer first; what else runs for it has the same lens a moment later.
      if (controller.answers.isRunning(file)) return controller.answers.stop(file);
      if (suite !== undefined && controller.evaluation(suite)) return controller.stop(suite);
      controller.stop();
    },
    'touchstone.openPlayground': (file) => (file === null ? services.tellNoFile() : panel.show(file)),
    'touchstone.showResults': (file) => (file === null ? services.tellNoFile() : panel.show(file, 'results')),
    'touchstone.showHistory': (file) => (file === null ? services.tellNoFile() : panel.show(file, 'history')),
    'touchstone.reviewOutputs': (file) => (file === null ? services.tellNoFile() : panel.review(file)),
    'touchstone.compareRuns': (file) =>
      file === null ? services.tellNoFile() : services.compareRuns(file, panel.playground?.runShownOf(file) ?? null),
    'touchstone.compareWithHead': (file) =>
      file === null ? services.tellNoFile() : services.compareWith(file, 'HEAD'),
    'touchstone.compareWithRevision': async (file) => {
      if (file === null) return services.tellNoFile();
      const revision = await pickRevision(await services.worker().revisions(file));
      if (revision !== null) await services.compareWith(file, revision);
    },
    'touchstone.rescore': (file) =>
      file === null ? services.tellNoFile() : services.rescoreShown(file, panel.playground?.runShownOf(file) ?? null),
    'touchstone.useAsBaseline': (file) =>
      file === null ? services.tellNoFile() : services.useAsBaseline(file, panel.playground?.runShownOf(file) ?? null),
    'touchstone.showVersions': (file) =>
      file === null ? services.tellNoFile() : showVersions(file, services.worker(), services.openDiff),
    'touchstone.toggleScoreBlame': (file) => (file === null ? services.tellNoFile() : scoreBlame.toggle(file)),
    'touchstone.saveReport': async (file) => {
      if (file === null) return services.tellNoFile();
      const run = (await services.worker().results(file, panel.playground?.runShownOf(file) ?? null))?.run;
      if (!run) return void vscode.window.showInformationMessage('Nothing was run yet: evaluate first.');
      await saveReport(file, { runId: run.id, before: null }, context.asAbsolutePath(CLI_PATH));
    },
    'touchstone.addCases': async (file) => {
      if (file === null || !(fileKind(file) === 'prompt' || isText(file))) return services.tellNoFile();
      if (isPartial(file)) return services.tellPartial();
      await prompts.refresh(file);
      const suite = services.chosenSuite(file);
      if (suite !== undefined) await suites.refresh(suite);
      await addCases(file, services.worker(), prompts.get(file), suite === undefined ? undefined : suites.get(suite));
      services.refreshOpen();
    },
    'touchstone.newPrompt': () => newPrompt(),
    'touchstone.newMetric': (file) => newMetric(file),
    'touchstone.convertPrompt': (file) =>
      file === null ? services.tellNoFile() : convertPrompt(file, services.worker()),
    'touchstone.selectModel': async (file) => {
      await selectModel(modelPorts(file));
      services.refreshOpen();
    },
    'touchstone.testConnection': async (file) => {
      if (file !== null && fileKind(file) === 'prompt') await prompts.refresh(file);
      await testConnection(modelPorts(file), file === null ? null : (prompts.get(file)?.model ?? null));
    },
    'touchstone.connectModel': async (file) => {
      await connectProvider(modelPorts(file));
      services.refreshOpen();
    },
    'touchstone.openSample': () => openSample(context, services.worker()),
  };
}

/** Lenses give a path, menus a URI. */
function givenPath(given: unknown): string | null {
  if (typeof given === 'string') return given;
  return given instanceof vscode.Uri && given.scheme === 'file' ? given.fsPath : null;
}
