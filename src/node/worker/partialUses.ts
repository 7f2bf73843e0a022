import path from 'node:path';
import type { PartialUse } from '../../protocol/worker.ts';
import { findFiles } from '../workspace/findSuites.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import type { Workspace } from '../workspace/workspace.ts';

/**
 * The prompts that a partial is part of, directly or by another partial; null for a file that is none. A partial is found from its
 * own folder and those below, so only there is looked.
 */
export async function partialUses(workspace: Workspace, file: string): Promise<readonly PartialUse[] | null> {
  if (!isPartial(file)) return null;
  const prompts = await findFiles(path.dirname(file), (name) => name.endsWith('.prompt') && !isPartial(name));
  const uses: PartialUse[] = [];
  for (const prompt of prompts) {
    const closure = await loadPrompt(workspace, prompt).then(
      (loaded) => loaded.closure,
      () => null,
    );
    const names = [...(closure?.partials ?? [])].flatMap(([name, document]) => (document.path === file ? [name] : []));
    if (!closure || names.length === 0) continue;
    const { partials } = closure.document;
    // Where another partial brings it in, that stands nowhere in the prompt.
    const reference = partials.find(({ name }) => names.includes(name)) ?? partials[0];
    uses.push({ path: prompt, line: reference?.range.start.line ?? 0 });
  }
  return uses;
}

function isPartial(file: string): boolean {
  return /^_.*\.prompt$/.test(path.basename(file));
}
