import { datasetFormat } from '../../engine/dataset/datasetFormat.ts';
import type { DatasetText } from '../../engine/language/datasetColumns.ts';
import type { VariableFamily } from '../../engine/language/variableOccurrences.ts';
import { closureReads } from '../../engine/prompt/inputVariables.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { findSuites } from '../workspace/findSuites.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type OpenSuite, openSuite } from './promptUse.ts';

/** A larger dataset is not rewritten by a rename. */
const MOST_DATA = 8 * 1024 * 1024;

/** The files in which a name means the same, and why they must not be renamed in, in words. */
export type Family = VariableFamily & { readonly obstacle: string | null };

/**
 * Everything that shares a variable with a prompt, a partial or a suite: prompts that include a partial that reads it, and
 * prompts, suites and datasets that are evaluated together; taken together until nothing more is found.
 */
export async function variableFamily(
  workspace: Workspace,
  file: string,
  variable: string,
  promptFiles: readonly string[],
): Promise<Family> {
  const closures = new Map<string, PromptClosure>();
  for (const prompt of promptFiles) {
    const loaded = await loadPrompt(workspace, prompt).catch(() => null);
    if (loaded) closures.set(prompt, loaded.closure);
  }
  const suites = new Map<string, OpenSuite>();
  for (const suite of await findSuites(workspace.root)) {
    const open = await openSuite(workspace, suite).catch(() => null);
    if (open) suites.set(suite, open);
  }

  const members = new Set([file]);
  for (let size = 0; size !== members.size; ) {
    size = members.size;
    for (const [prompt, closure] of closures) join(members, [prompt, ...readers(closure, variable)]);
    for (const [suite, open] of suites) {
      const data = open.dataset === null || open.dataset.columns.vars !== undefined ? [] : [open.dataset.file];
      join(members, [suite, ...open.prompts, ...data]);
    }
  }
  const own = [...suites.values()].filter(({ path }) => members.has(path));
  const texts: { path: string; text: string }[] = [];
  for (const { path } of own) texts.push({ path, text: await workspace.files.readText(path) });
  const datasets: DatasetText[] = [];
  let obstacle: string | null = null;
  for (const data of new Set(own.flatMap(({ dataset }) => (dataset === null ? [] : [dataset.file])))) {
    const format = datasetFormat(data);
    if (!members.has(data) || format === null) continue;
    const text = await readBounded(workspace, data);
    if (text === null) obstacle = `${data} is too large to be changed, or cannot be read.`;
    else datasets.push({ path: data, text, format });
  }
  for (const prompt of own.flatMap(({ prompts }) => prompts)) {
    const format = closures.get(prompt)?.document.format;
    if (format !== 'dotprompt')
      obstacle = `${prompt} reads the same data and is no dotprompt file. Rename it there and here by hand.`;
  }
  // A partial is no prompt of its own: what it reads depends on who includes it.
  const included = new Set(
    [...closures.values()].flatMap(({ partials }) => [...partials.values()].map(({ path }) => path)),
  );
  const prompts = [...closures]
    .filter(([path]) => members.has(path) && !included.has(path))
    .map(([, closure]) => closure);
  return { prompts, suites: texts, datasets, obstacle };
}

/** The files of a prompt that read the variable, the prompt itself left out. */
function readers(closure: PromptClosure, variable: string): string[] {
  const files = closureReads(closure).filter(({ use }) => use.parts[0] === variable);
  return [...new Set(files.map(({ document }) => document.path))].filter((file) => file !== closure.document.path);
}

function join(members: Set<string>, group: readonly string[]): void {
  if (group.some((one) => members.has(one))) for (const one of group) members.add(one);
}

async function readBounded({ files }: Workspace, file: string): Promise<string | null> {
  let text = '';
  try {
    for await (const chunk of files.chunks(file)) {
      text += chunk;
      if (text.length > MOST_DATA) return null;
    }
    return text;
  } catch {
    return null;
  }
}
