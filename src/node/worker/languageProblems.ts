import { overflowProblem, promptLanguageProblems } from '../../engine/language/promptProblems.ts';
import type { PromptView } from '../../engine/language/promptView.ts';
import { suiteLanguageProblems } from '../../engine/language/suiteProblems.ts';
import { parseModelRef } from '../../engine/model/modelClient.ts';
import type { Problem } from '../../engine/problem.ts';
import { messageText } from '../../engine/prompt/message.ts';
import { renderPrompt } from '../../engine/prompt/renderPrompt.ts';
import { tokenCounter } from '../tokens.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { LanguageViews } from './languageViews.ts';

/** What the editor adds to the check of a file: hints that keep nothing from running. [] for a file that cannot be read. */
export async function languageProblems(
  views: LanguageViews,
  workspace: Workspace,
  file: string,
): Promise<readonly Problem[]> {
  try {
    const found = await views.of(workspace, file);
    if (found === null) return [];
    if (found.kind === 'suite') return suiteLanguageProblems(found.view);
    const overflow = await overflowOf(found.view);
    return [...promptLanguageProblems(found.view), ...(overflow ? [overflow] : [])];
  } catch {
    // The check itself has said why the file cannot be read.
    return [];
  }
}

/** Only a text of more bytes than the window has tokens can overflow it: the others are not counted. */
async function overflowOf(view: PromptView): Promise<Problem | null> {
  const { document } = view.closure;
  const ref = parseModelRef(document.metadata.model ?? '');
  const window = ref === null ? null : (view.models.find(ref)?.contextWindow ?? null);
  if (window === null) return null;
  const sample = view.suites.find(({ dataset }) => dataset?.sample)?.dataset?.sample;
  const { messages } = renderPrompt(view.closure, { vars: sample?.vars ?? {}, history: sample?.history });
  const texts = messages.map(messageText);
  if (texts.reduce((sum, text) => sum + new TextEncoder().encode(text).length, 0) <= window) return null;
  const count = await tokenCounter(document.metadata.model ?? null);
  const counted = texts.map(count);
  const tokens = counted.reduce((sum, one) => sum + one.tokens, 0);
  return overflowProblem(
    view,
    tokens,
    counted.every(({ exact }) => exact),
    window,
  );
}
