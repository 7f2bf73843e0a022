import * as vscode from 'vscode';
import type { SuiteState } from '../../protocol/worker.ts';
import { isPartial } from '../fileKind.ts';
import type { StateCache } from '../stateCache.ts';

/** Saves come in groups: a formatter, several files of one edit. */
const QUIET_MS = 800;

/** Every save costs money: somebody has to want that. */
export async function confirmContinuous(suites: readonly string[], states: StateCache<SuiteState>): Promise<boolean> {
  await Promise.all(suites.map((suite) => states.refresh(suite)));
  const costs = suites.map((suite) => states.get(suite)?.estimateUsd ?? null);
  const known = costs.every((cost) => cost !== null);
  const sum = costs.reduce<number>((total, cost) => total + (cost ?? 0), 0);
  const price = known ? `about $${sum < 0.01 && sum > 0 ? '0.01' : sum.toFixed(2)}` : 'an amount that nobody knows yet';
  const what = suites.length === 1 ? 'the suite' : `the ${suites.length} suites`;
  const detail = `Each time that a prompt, a suite or a dataset of it is saved, all of its cases are asked again. A run of ${what} costs ${price}.`;
  const chosen = await vscode.window.showWarningMessage('Evaluate at every save?', { modal: true, detail }, 'Evaluate');
  return chosen === 'Evaluate';
}

/** Runs each suite whose files were saved, until the token is cancelled. */
export function watchSaves(
  suites: readonly string[],
  ports: {
    readonly suites: StateCache<SuiteState>;
    readonly token: vscode.CancellationToken;
    readonly run: (suite: string) => void;
  },
): void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const watching = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
    for (const suite of suites.filter((one) => isTouched(uri.fsPath, one, ports.suites.get(one)))) {
      clearTimeout(waiting.get(suite));
      waiting.set(
        suite,
        setTimeout(() => ports.run(suite), QUIET_MS),
      );
    }
  });
  ports.token.onCancellationRequested(() => {
    watching.dispose();
    for (const timer of waiting.values()) clearTimeout(timer);
  });
}

/** A partial may be part of any prompt. */
function isTouched(file: string, suite: string, state: SuiteState | undefined): boolean {
  return file === suite || file === state?.dataPath || state?.prompts.includes(file) === true || isPartial(file);
}
