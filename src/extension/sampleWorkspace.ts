import { join } from 'node:path';
import * as vscode from 'vscode';
import { copySample } from './copySample.ts';
import { baseName } from './fileKind.ts';
import type { RemoteWorker } from './workerClient.ts';

/** The folder that the next window should greet with the sample's prompt. */
const GREET_KEY = 'touchstone.greetSample';
const FIRST_PROMPT = ['prompts', 'triage.prompt'];

/** Copies the sample workspace to where the user says and opens it. What stands there already is kept as it is. */
export async function openSample(context: vscode.ExtensionContext, worker: RemoteWorker): Promise<void> {
  const target = await chooseFolder(context);
  if (!target) return;
  await copySample(context.asAbsolutePath(join('media', 'sample')), target);
  // So that there is something to compare with; without git the sample goes without.
  await worker.layHistory(target, context.asAbsolutePath(join('media', 'sampleStory.json')));
  await context.globalState.update(GREET_KEY, target);
  const hasFolder = (vscode.workspace.workspaceFolders ?? []).length > 0;
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(target), { forceNewWindow: hasFolder });
}

/** In the window that `openSample` opened: shows the prompt to begin with, once. */
export async function greetSample(context: vscode.ExtensionContext): Promise<void> {
  const target = context.globalState.get<string>(GREET_KEY);
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.fsPath === target);
  if (!folder) return;
  await context.globalState.update(GREET_KEY, undefined);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, ...FIRST_PROMPT), { preview: false });
}

async function chooseFolder(context: vscode.ExtensionContext): Promise<string | undefined> {
  const own = join(context.globalStorageUri.fsPath, 'sample');
  const here = { label: '$(folder-opened) Open the sample', description: own, folder: own };
  const elsewhere = { label: '$(folder) Choose where to put it…', description: '', folder: null };
  const picked = await vscode.window.showQuickPick([here, elsewhere], {
    title: 'Open Sample Workspace',
    placeHolder: 'The sample is copied, so that you can change everything in it',
  });
  if (!picked) return undefined;
  if (picked.folder !== null) return picked.folder;
  const [chosen] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: 'Put the Sample Here',
    })) ?? [];
  if (!chosen) return undefined;
  return baseName(chosen.fsPath) === 'touchstone-sample' ? chosen.fsPath : join(chosen.fsPath, 'touchstone-sample');
}
