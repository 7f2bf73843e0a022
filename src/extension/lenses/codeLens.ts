import * as vscode from 'vscode';
import type { PromptState, SuiteState } from '../../protocol/worker.ts';
import { fileKind, isPartial, PROMPT_GLOB, SUITE_GLOB, TEXT_GLOB } from '../fileKind.ts';
import type { StateCache } from '../stateCache.ts';
import { type Activity, type LensText, partialLens, promptLenses, suiteLenses } from './lensText.ts';

export type LensPorts = {
  readonly prompts: StateCache<PromptState>;
  readonly suites: StateCache<SuiteState>;
  readonly promptActivity: (path: string) => Activity;
  readonly suiteActivity: (path: string) => Activity;
};

/** Lenses on line 1, answered at once from what is known; what is not known yet is asked for and comes with the next refresh. */
export class LensProvider implements vscode.CodeLensProvider {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.#changed.event;
  readonly #ports: LensPorts;

  constructor(ports: LensPorts) {
    this.#ports = ports;
  }

  register(): vscode.Disposable {
    // By pattern: another extension may own the language of these files.
    const selector = [PROMPT_GLOB, SUITE_GLOB, TEXT_GLOB].map((pattern) => ({ scheme: 'file', pattern }));
    return vscode.Disposable.from(this.#changed, vscode.languages.registerCodeLensProvider(selector, this));
  }

  refresh(): void {
    this.#changed.fire();
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const path = document.uri.fsPath;
    const range = new vscode.Range(0, 0, 0, 0);
    if (isPartial(path)) return [this.#partialLens(document.uri, range)];
    return this.#texts(path).map(
      ({ title, command }) => new vscode.CodeLens(range, { title: apart(title), command, arguments: [path] }),
    );
  }

  /** Leads to the prompts that the partial is part of. */
  #partialLens(uri: vscode.Uri, range: vscode.Range): vscode.CodeLens {
    const { prompts } = this.#ports;
    const state = prompts.get(uri.fsPath);
    if (!state) void prompts.refresh(uri.fsPath);
    const places = (state?.usedBy ?? []).map(
      ({ path, line }) => new vscode.Location(vscode.Uri.file(path), new vscode.Position(line, 0)),
    );
    const command = places.length === 0 ? '' : 'editor.action.showReferences';
    return new vscode.CodeLens(range, {
      title: apart(partialLens(state)),
      command,
      arguments: [uri, range.start, places],
    });
  }

  #texts(path: string): readonly LensText[] {
    const { prompts, suites, promptActivity, suiteActivity } = this.#ports;
    const now = new Date();
    if (fileKind(path) === 'suite') {
      if (!suites.get(path)) void suites.refresh(path);
      return suiteLenses(suites.get(path), suiteActivity(path), now);
    }
    const state = prompts.get(path);
    if (!state) void prompts.refresh(path);
    // What a text is shows only when the worker has looked for a suite that names it.
    if (state ? !state.isPrompt : fileKind(path) !== 'prompt') return [];
    return promptLenses(state, promptActivity(path), now);
  }
}

/** The editor swallows a plain space between an icon and its words. */
function apart(title: string): string {
  return title.replace(/^(\$\([^)]*\)) /, '$1\u00a0');
}
