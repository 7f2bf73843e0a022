import * as vscode from 'vscode';
import { baseName } from './fileKind.ts';
import type { RemoteWorker } from './workerClient.ts';

/**
 * Writes the baseline that a run of this prompt or suite makes, and offers to take that back.
 *
 * @param runId null: the newest
 * @param onWritten called whenever the file is another than before
 */
export async function useAsBaseline(
  file: string,
  runId: string | null,
  { worker, onWritten }: { readonly worker: RemoteWorker; readonly onWritten: () => void },
): Promise<void> {
  const { path, text } = await worker.baseline(file, runId);
  const uri = vscode.Uri.file(path);
  const before = await vscode.workspace.fs.readFile(uri).then(undefined, () => null);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  onWritten();
  const words = `${baseName(path)} is now the baseline: commit it with the prompt.`;
  const chosen = await vscode.window.showInformationMessage(words, 'Show', 'Undo');
  if (chosen === 'Show') await vscode.window.showTextDocument(uri);
  if (chosen !== 'Undo') return;
  if (before === null) await vscode.workspace.fs.delete(uri);
  else await vscode.workspace.fs.writeFile(uri, before);
  onWritten();
}
