import fs from 'node:fs';
import path from 'node:path';
import { isJsonObject } from '../../engine/json.ts';
import { readPrompt } from '../../engine/prompt/formats/readPrompt.ts';
import { parseSuite } from '../../engine/suite/parseSuite.ts';
import { isReallyInside } from './paths.ts';
import type { Workspace } from './workspace.ts';

const SUITE_SUFFIX = '.eval.yaml';
const SKIPPED = new Set(['node_modules', '.git', '.touchstone', '.venv', '__pycache__']);
/** A folder opened by mistake (a home, a disk) must not be walked for minutes. */
const MAX_FOLDERS = 20_000;
const MAX_DEPTH = 12;

export function isSuitePath(file: string): boolean {
  return file.endsWith(SUITE_SUFFIX) || file.endsWith('.eval.yml');
}

/** Suites below a folder, as `findFiles` does. */
export function findSuites(folder: string): Promise<string[]> {
  return findFiles(folder, isSuitePath);
}

/**
 * Files below a folder whose names are wanted: absolute, sorted. Links to folders are not followed; folders that cannot be read
 * are passed over.
 */
export async function findFiles(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  const found: string[] = [];
  let level = [path.resolve(folder)];
  let visited = 0;
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const current of level) {
      visited += 1;
      if (visited > MAX_FOLDERS) break;
      const entries = await fs.promises.readdir(current, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        const full = path.join(current, entry.name);
        if (entry.isDirectory() && !SKIPPED.has(entry.name)) next.push(full);
        else if (!entry.isDirectory() && isWanted(entry.name)) found.push(full);
      }
    }
    level = next;
  }
  return found.sort();
}

/** Suites that a prompt names in `touchstone.suite`, then those that name the prompt; absolute, each once. */
export async function suitesOfPrompt(workspace: Workspace, promptPath: string): Promise<string[]> {
  const prompt = path.resolve(workspace.root, promptPath);
  const naming = await suitesNaming(workspace, (suite) => suite.prompts.includes(prompt));
  return [...new Set([...(await ownSuite(workspace, prompt)), ...naming])];
}

/** Suites of the workspace whose prompts or data are as asked. Suites that cannot be read name nothing. */
export async function suitesNaming(
  { root, files }: Workspace,
  wanted: (named: { readonly prompts: readonly string[]; readonly data: string | null }) => boolean,
): Promise<string[]> {
  const naming: string[] = [];
  for (const suite of await findSuites(root)) {
    const text = await files.readText(suite).catch(() => null);
    if (text === null) continue;
    const { prompts, data } = parseSuite(text, suite).named;
    const absolute = (written: string): string => path.resolve(path.dirname(suite), written);
    const named = { prompts: prompts.map(({ value }) => absolute(value)), data: data && absolute(data.value) };
    if (wanted(named)) naming.push(suite);
  }
  return naming;
}

async function ownSuite({ root, files }: Workspace, prompt: string): Promise<string[]> {
  const text = await files.readText(prompt).catch(() => null);
  if (text === null) return [];
  const own = readPrompt(text, prompt).metadata.extensions['touchstone'];
  const written = isJsonObject(own) ? own['suite'] : undefined;
  if (typeof written !== 'string') return [];
  const suite = path.resolve(path.dirname(prompt), written);
  // A suite elsewhere would bring its own prompts and data into this workspace.
  return (await files.exists(suite)) && (await isReallyInside(root, suite)) ? [suite] : [];
}
