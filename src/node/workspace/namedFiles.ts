import path from 'node:path';
import { parse as parseYaml } from 'yaml';
import type { Json } from '../../engine/json.ts';
import type { FileContents } from '../../engine/prompt/formats/promptyFrontMatter.ts';
import { isInside, isReallyInside } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** What a prompt takes from one file; more is no configuration. */
const MAX_LENGTH = 1_000_000;

/**
 * What files hold that a prompt names, relative to it: JSON and YAML as values, everything else as text. Files outside of
 * the workspace, and those that cannot be read, are left out: a prompt must not carry other files of the machine to a model.
 */
export async function namedFiles(
  workspace: Workspace,
  promptFile: string,
  names: readonly string[],
): Promise<FileContents> {
  const contents = new Map<string, Json>();
  for (const name of names) {
    const file = path.resolve(path.dirname(promptFile), name);
    if (!isInside(workspace.root, file) || !(await isReallyInside(workspace.root, file))) continue;
    const text = await workspace.files.readText(file).catch(() => null);
    const value = text === null || text.length > MAX_LENGTH ? null : contentOf(text, file);
    if (value !== null) contents.set(name, value);
  }
  return contents;
}

function contentOf(text: string, file: string): Json {
  if (!/\.(?:json|ya?ml)$/i.test(file)) return text;
  try {
    // A round trip through JSON leaves plain data, whatever YAML could say.
    return JSON.parse(
      JSON.stringify(/\.json$/i.test(file) ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 100 })),
    ) as Json;
  } catch {
    return null;
  }
}
