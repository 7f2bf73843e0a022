import * as vscode from 'vscode';
import { TouchstoneError } from '../engine/error.ts';
import { type ErrorAction, errorWords } from './errorWords.ts';

const LABELS: { readonly [action in ErrorAction]: string } = {
  trust: 'Manage Workspace Trust',
  reload: 'Reload Window',
  log: 'Show Log',
};

/** Tells the user of failures. The same words are not shown twice while the first message is open. */
export class Notifier {
  readonly log: vscode.LogOutputChannel;
  readonly #open = new Set<string>();

  constructor(log: vscode.LogOutputChannel) {
    this.log = log;
  }

  readonly error = (error: unknown): void => {
    if (error instanceof TouchstoneError && error.code === 'cancelled') return;
    this.log.error(error instanceof Error ? error : String(error));
    const { text, actions } = errorWords(error);
    void this.#show(text, actions);
  };

  async #show(text: string, actions: readonly ErrorAction[]): Promise<void> {
    if (this.#open.has(text)) return;
    this.#open.add(text);
    const labels = actions.map((action) => LABELS[action]);
    const chosen = await vscode.window.showErrorMessage(text, ...labels);
    this.#open.delete(text);
    const action = actions.find((one) => LABELS[one] === chosen);
    if (action === 'trust') await vscode.commands.executeCommand('workbench.trust.manage');
    if (action === 'reload') await vscode.commands.executeCommand('workbench.action.reloadWindow');
    if (action === 'log') this.log.show(true);
  }
}
