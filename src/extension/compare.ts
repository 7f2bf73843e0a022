import * as vscode from 'vscode';
import type { NamedRevision } from '../protocol/comparison.ts';
import type { RunListItem } from '../protocol/history.ts';

/** Lets the user choose a run to compare with, the newest first; null when they do not. */
export async function pickRun(runs: readonly RunListItem[], not: string): Promise<string | null> {
  const others = runs.filter(({ id, status }) => id !== not && status !== 'running');
  if (others.length === 0) {
    void vscode.window.showInformationMessage('There is no other run to compare with: evaluate again first.');
    return null;
  }
  const items = others.map((run) => ({ id: run.id, ...runWords(run) }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Compare with which run?',
    placeHolder: 'The earlier of the two is the one before',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return chosen?.id ?? null;
}

/** Lets the user choose a branch, a tag or a commit; what they type is taken as well. null when they do not. */
export function pickRevision(revisions: readonly NamedRevision[]): Promise<string | null> {
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly name: string }>();
  pick.title = 'Compare with the prompts of which revision?';
  pick.placeholder = 'A branch, a tag or a commit';
  pick.matchOnDescription = true;
  const known = revisions.map(({ name, kind, subject, at }) => ({
    name,
    label: `$(${ICONS[kind]}) ${name}`,
    description: `${subject} · ${at.slice(0, 10)}`,
  }));
  pick.items = known;
  pick.onDidChangeValue((typed) => {
    const isKnown = typed.trim() === '' || known.some(({ name }) => name === typed.trim());
    const own = {
      name: typed.trim(),
      label: `$(git-commit) ${typed.trim()}`,
      description: 'as typed',
      alwaysShow: true,
    };
    pick.items = isKnown ? known : [...known, own];
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.name ?? null);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(null);
      pick.dispose();
    });
    pick.show();
  });
}

const ICONS = { branch: 'git-branch', tag: 'tag', commit: 'git-commit' } as const;

function runWords({ startedAt, variants, revision, git, suite, id }: RunListItem): vscode.QuickPickItem {
  const composites = variants.flatMap(({ composite }) => (composite ? [composite.mean.toFixed(2)] : []));
  const state = revision ?? (git ? `${git.commit.slice(0, 7)}${git.dirty ? '+' : ''}` : null);
  return {
    label: new Date(startedAt).toLocaleString(),
    description: [composites.slice(0, 3).join(', '), state].filter(Boolean).join(' · '),
    detail: `${suite} · ${id}`,
  };
}
