import * as vscode from 'vscode';
import type { LanguagePorts } from './registerLanguage.ts';

const SETTING = 'touchstone.tokenHints';
/** Counting follows a pause in typing. */
const QUIET_MS = 300;

/** How many tokens each message has, behind the tag that begins it. */
export class TokenHints implements vscode.InlayHintsProvider, vscode.Disposable {
  readonly #ports: LanguagePorts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.#changed.event;
  readonly #subscription: vscode.Disposable;

  constructor(ports: LanguagePorts) {
    this.#ports = ports;
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTING)) this.#changed.fire();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async provideInlayHints(
    document: vscode.TextDocument,
    range: vscode.Range,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlayHint[]> {
    if (!vscode.workspace.getConfiguration().get<boolean>(SETTING, true)) return [];
    await new Promise((resolve) => setTimeout(resolve, document.isDirty ? QUIET_MS : 0));
    if (token.isCancellationRequested) return [];
    const { worker, flush, caseIndex, log } = this.#ports;
    flush();
    const path = document.uri.fsPath;
    try {
      const hints = await worker().tokenHints(path, caseIndex(path));
      return hints
        .map(({ at, tokens, exact }) => {
          const shown = `${exact ? '' : '~'}${tokens.toLocaleString('en-US')} tokens`;
          const hint = new vscode.InlayHint(new vscode.Position(at.line, at.column), shown);
          hint.paddingLeft = at.column > 0;
          hint.paddingRight = at.column === 0;
          hint.tooltip = exact
            ? 'Of this message with the current case.'
            : "Of this message with the current case. An estimate: the model's encoding is not public.";
          return hint;
        })
        .filter(({ position }) => range.contains(position));
    } catch (error) {
      log(error);
      return [];
    }
  }
}
