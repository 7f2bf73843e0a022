import * as vscode from 'vscode';
import type { ComparedTexts } from '../../protocol/comparison.ts';
import { baseName } from '../fileKind.ts';
import type { RemoteWorker } from '../workerClient.ts';
import { versionItem } from './versionWords.ts';

/** Lists the versions of a prompt with what each scored; the chosen one is shown beside the file as it is. */
export async function showVersions(
  file: string,
  worker: RemoteWorker,
  openDiff: (texts: ComparedTexts) => Promise<void>,
): Promise<void> {
  const versions = await worker.versions(file);
  const items = versions.map((version) => ({ ...versionItem(version), commit: version.commit }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: `Versions of ${baseName(file)}`,
    placeHolder: 'Choose one to see what has changed since',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen?.commit) return;
  const before = await worker.textAt(file, chosen.commit);
  if (before === null) return void vscode.window.showInformationMessage(`${baseName(file)} had another name then.`);
  const after = (await vscode.workspace.openTextDocument(file)).getText();
  const name = baseName(file);
  await openDiff({ title: `${name}: ${chosen.commit.slice(0, 7)} and now`, name, before, after });
}
