import * as vscode from 'vscode';
import type { ComparedTexts } from '../../protocol/comparison.ts';

const SCHEME = 'touchstone-compared';
/** More diffs nobody has open at once; the oldest turn empty. */
const MOST_TEXTS = 100;

/** Texts of kept runs, for the editor's own diff. They are only ever read. */
export class DiffDocuments implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  #next = 1;

  register(): vscode.Disposable {
    return vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  async open({ title, name, before, after }: ComparedTexts): Promise<void> {
    const [left, right] = [this.#keep('before', name, before), this.#keep('after', name, after)];
    await vscode.commands.executeCommand('vscode.diff', left, right, title, { viewColumn: vscode.ViewColumn.One });
  }

  #keep(side: string, name: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${this.#next++}/${side}/${name}` });
    this.#texts.set(uri.toString(), text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= MOST_TEXTS) break;
      this.#texts.delete(oldest);
    }
    return uri;
  }
}
