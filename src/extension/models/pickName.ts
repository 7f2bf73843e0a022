import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ModelPorts } from './selectModel.ts';

/**
 * Asks for one of a provider's models: from its own list where it gives one, else by name. What keeps it from listing them is
 * shown: it would keep it from answering as well.
 */
export async function pickName(
  { worker, place }: ModelPorts,
  provider: string,
  suggested: string | null,
): Promise<string | undefined> {
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: `Asking ${provider} for its models` },
    () => worker().testProvider(randomUUID(), place, provider),
  );
  const title = `Models of ${provider}`;
  if (answer.ok && answer.models && answer.models.length > 0) {
    return vscode.window.showQuickPick([...answer.models], { title, placeHolder: 'Which model?' });
  }
  if (!answer.ok && (answer.code === 'auth' || answer.code === 'connection' || answer.code === 'missing-key')) {
    void vscode.window.showWarningMessage([answer.message, answer.remedy].filter(Boolean).join(' '));
  }
  const name = await vscode.window.showInputBox({
    title,
    prompt: `Name of the model at ${provider}`,
    value: suggested ?? '',
    validateInput: (text) => (/^\S+$/.test(text.trim()) ? undefined : 'Give the name as the provider writes it.'),
  });
  return name?.trim();
}
