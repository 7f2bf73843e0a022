import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ConnectionTest } from '../../protocol/models.ts';
import type { ModelPorts } from './selectModel.ts';

/** `Touchstone: Test Connection`: asks the prompt's model for one word, and says what came of it. */
export async function testConnection(ports: ModelPorts, promptModel: string | null): Promise<void> {
  const model =
    promptModel ??
    (await vscode.window.showInputBox({
      title: 'Test Connection',
      prompt: 'Which model? It is asked for one word.',
      placeHolder: 'provider/name',
    }));
  if (model) await testAndTell(ports, model.trim());
}

/** The user may stop it. */
export async function testAndTell({ worker, place }: ModelPorts, model: string): Promise<void> {
  const callId = randomUUID();
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Asking ${model} for one word`, cancellable: true },
    (_progress, token) => {
      token.onCancellationRequested(() => void worker().stop(callId));
      return worker().testModel(callId, place, model);
    },
  );
  if (answer.ok) return void vscode.window.showInformationMessage(connectionWords(model, answer));
  if (answer.code !== 'cancelled') void vscode.window.showErrorMessage(connectionWords(model, answer));
}

function connectionWords(model: string, answer: ConnectionTest): string {
  if (answer.ok) return `${model} answers, in ${(answer.latencyMs / 1000).toFixed(1)} s.`;
  return [answer.message, answer.remedy].filter(Boolean).join(' ');
}
