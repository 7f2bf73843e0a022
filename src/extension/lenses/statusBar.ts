import * as vscode from 'vscode';
import { baseName } from '../fileKind.ts';
import type { RunController } from '../runController.ts';
import { progressWords } from './lensText.ts';

/** Shows what is being evaluated, with its figures, while it goes on. */
export function createStatusBar(controller: RunController): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('touchstone.progress', vscode.StatusBarAlignment.Left, 50);
  item.name = 'Touchstone';
  const update = () => {
    const [first, ...others] = controller.evaluations();
    if (!first) return item.hide();
    const more = others.length > 0 ? ` (+${others.length})` : '';
    const words = progressWords(first.progress ?? 'starting');
    item.text = `$(sync~spin) ${words}${more}`;
    item.accessibilityInformation = { label: `Evaluating ${baseName(first.suitePath)}: ${words}` };
    item.tooltip = `Evaluating ${baseName(first.suitePath)}. Click for the results.`;
    item.command = { title: 'Show Results', command: 'touchstone.showResults', arguments: [first.suitePath] };
    item.show();
  };
  const end = controller.changed.on(update);
  return vscode.Disposable.from(item, { dispose: end });
}
