import * as vscode from 'vscode';
import { type MarkChange, nameProblem, tagProblem } from '../engine/history/runMarks.ts';
import type { RunListItem } from '../protocol/history.ts';

/** What a reader chose to do with a run of the list. */
export type RunAction =
  | { readonly kind: 'mark'; readonly change: MarkChange }
  | { readonly kind: 'delete' | 'compare' | 'use-as-baseline' | 'report' };

/** Lets the reader choose what to do with a run, and asks what that needs; null when they do not. */
export async function chooseRunAction(run: RunListItem): Promise<RunAction | null> {
  const { marks } = run;
  const title = `Run of ${new Date(run.startedAt).toLocaleString()}${marks.name === null ? '' : `, "${marks.name}"`}`;
  const chosen = await vscode.window.showQuickPick(actionsOf(run), { title, placeHolder: 'What to do with it' });
  switch (chosen?.does) {
    case 'name':
      return marked(await askName(marks.name, title));
    case 'tags':
      return marked(await askTags(marks.tags, title));
    case 'pin':
      return { kind: 'mark', change: { pinned: !marks.pinned } };
    case 'archive':
      return { kind: 'mark', change: { archived: !marks.archived } };
    case 'delete':
      return (await isSure(run)) ? { kind: 'delete' } : null;
    case 'compare':
    case 'use-as-baseline':
    case 'report':
      return { kind: chosen.does };
    default:
      return null;
  }
}

type Choice = vscode.QuickPickItem & {
  readonly does?: 'name' | 'tags' | 'pin' | 'archive' | 'delete' | 'compare' | 'use-as-baseline' | 'report';
};

function actionsOf({ marks, status, revision }: RunListItem): Choice[] {
  const goesOn = status === 'running';
  return [
    { does: 'name', label: `$(edit) ${marks.name === null ? 'Name…' : 'Rename…'}`, description: marks.name ?? '' },
    { does: 'tags', label: '$(tag) Tags…', description: marks.tags.join(' ') },
    {
      does: 'pin',
      label: marks.pinned ? '$(pinned) Unpin' : '$(pin) Pin',
      description: 'above the others, never deleted',
    },
    {
      does: 'archive',
      label: `$(archive) ${marks.archived ? 'Take out of the archive' : 'Archive'}`,
      description: 'neither listed nor the last run',
    },
    ...(goesOn
      ? []
      : ([
          { label: '', kind: vscode.QuickPickItemKind.Separator },
          { does: 'compare', label: '$(git-compare) Compare with…' },
          { does: 'report', label: '$(save-as) Save Report…', description: 'a page or Markdown' },
          // What a revision came to is no state of the files that could be committed with them.
          ...(revision === null ? [{ does: 'use-as-baseline', label: '$(bookmark) Use as Baseline' } as const] : []),
          { label: '', kind: vscode.QuickPickItemKind.Separator },
          { does: 'delete', label: '$(trash) Delete…', description: marks.pinned ? 'it is pinned' : '' },
        ] satisfies Choice[])),
  ];
}

async function askName(name: string | null, title: string): Promise<MarkChange | null> {
  const typed = await vscode.window.showInputBox({
    title,
    value: name ?? '',
    prompt: 'A name; empty for none. Commands find the run by it.',
    validateInput: (text) => (text.trim() === '' ? null : nameProblem(text)),
  });
  return typed === undefined ? null : { name: typed.trim() === '' ? null : typed };
}

async function askTags(tags: readonly string[], title: string): Promise<MarkChange | null> {
  const typed = await vscode.window.showInputBox({
    title,
    value: tags.join(' '),
    prompt: 'Words with spaces between them',
    placeHolder: 'release slow-network',
    validateInput: (text) =>
      words(text)
        .map(tagProblem)
        .find((found) => found !== null) ?? null,
  });
  if (typed === undefined) return null;
  const wanted = words(typed);
  return { addTags: wanted, removeTags: tags.filter((tag) => !wanted.includes(tag)) };
}

/** Nothing brings a run back, so this is the one question that is asked twice. */
async function isSure({ marks, selection, variants, startedAt }: RunListItem): Promise<boolean> {
  if (marks.pinned) {
    void vscode.window.showInformationMessage('This run is pinned: unpin it to delete it.');
    return false;
  }
  const what = marks.name === null ? `the run of ${new Date(startedAt).toLocaleString()}` : `"${marks.name}"`;
  const detail = `Its ${selection.cases} ${selection.cases === 1 ? 'case' : 'cases'} with ${variants.length === 1 ? 'their answers and scores' : 'the answers and scores of all variants'} go for good. What people rated stays.`;
  return (await vscode.window.showWarningMessage(`Delete ${what}?`, { modal: true, detail }, 'Delete')) === 'Delete';
}

function marked(change: MarkChange | null): RunAction | null {
  return change && { kind: 'mark', change };
}

function words(text: string): string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}
