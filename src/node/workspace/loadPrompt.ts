import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { loadClosure } from '../../engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../engine/prompt/parsePrompt.ts';
import type { PartialReader, PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { promptVersion } from '../../engine/prompt/promptVersion.ts';
import { isInside, isReallyInside } from './paths.ts';
import type { Workspace } from './workspace.ts';

/**
 * A prompt with the partials that it reaches, and its version. Its problems stand in the closure.
 *
 * @throws TouchstoneError when the file cannot be read, or lies outside the workspace
 */
export async function loadPrompt(
  workspace: Workspace,
  promptPath: string,
): Promise<{ closure: PromptClosure; version: string }> {
  const file = path.resolve(workspace.root, promptPath);
  if (!(await isReallyInside(workspace.root, file))) {
    throw new TouchstoneError('invalid-argument', `The prompt ${file} lies outside the workspace ${workspace.root}.`, {
      remedy: 'Put a touchstone.yaml into the folder that holds both, or move the prompt.',
    });
  }
  const document = parsePrompt(await workspace.files.readText(file), file);
  const closure = await loadClosure(document, partialReader(workspace, file));
  return { closure, version: promptVersion(closure) };
}

/**
 * Finds `_name.prompt` beside the prompt, then in each folder upward to the root; `{{>_name}}` finds it as well.
 *
 * What a partial says reaches a model, so a name or a link that leads out of the workspace finds nothing.
 */
function partialReader({ root, files }: Workspace, promptFile: string): PartialReader {
  return async (name) => {
    for (let folder = path.dirname(promptFile); isInside(root, folder); folder = path.dirname(folder)) {
      const file = path.join(folder, path.dirname(name), `_${path.basename(name).replace(/^_/, '')}.prompt`);
      if (isInside(root, file) && (await files.exists(file)) && (await isReallyInside(root, file))) {
        return { path: file, text: await files.readText(file) };
      }
      if (folder === path.dirname(folder)) break;
    }
    return undefined;
  };
}
