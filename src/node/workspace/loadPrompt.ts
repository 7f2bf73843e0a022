import path from 'node:path';
import { readPrompt } from '../../engine/prompt/formats/readPrompt.ts';
import { loadClosure } from '../../engine/prompt/loadClosure.ts';
import type { PartialReader, PromptClosure, PromptDocument } from '../../engine/prompt/promptDocument.ts';
import { promptVersion } from '../../engine/prompt/promptVersion.ts';
import { namedFiles } from './namedFiles.ts';
import { isInside, isReallyInside, requireInside } from './paths.ts';
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
  await requireInside(workspace.root, file, 'The prompt');
  const document = await readDocument(workspace, file);
  const closure = await loadClosure(document, partialReader(workspace, file));
  return { closure, version: promptVersion(closure) };
}

/** A prompt of any format, with what the files hold that it takes values from. */
async function readDocument(workspace: Workspace, file: string): Promise<PromptDocument> {
  const text = await workspace.files.readText(file);
  const document = readPrompt(text, file);
  if (document.files.length === 0) return document;
  const names = document.files.map(({ name }) => name);
  return readPrompt(text, file, await namedFiles(workspace, file, names));
}

/**
 * Finds `_name.prompt` beside the prompt, then in each folder upward to the root; `{{>_name}}` finds it as well. A Jinja2
 * template names the file itself.
 *
 * What a partial says reaches a model, so a name or a link that leads out of the workspace finds nothing.
 */
function partialReader({ root, files }: Workspace, promptFile: string): PartialReader {
  return async (name, language) => {
    const own = `_${path.basename(name).replace(/^_/, '')}.prompt`;
    for (let folder = path.dirname(promptFile); isInside(root, folder); folder = path.dirname(folder)) {
      const file = path.join(folder, path.dirname(name), language === 'jinja' ? path.basename(name) : own);
      if (isInside(root, file) && (await files.exists(file)) && (await isReallyInside(root, file))) {
        return { path: file, text: await files.readText(file) };
      }
      if (folder === path.dirname(folder)) break;
    }
    return undefined;
  };
}
