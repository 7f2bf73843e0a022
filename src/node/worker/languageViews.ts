import path from 'node:path';
import { datasetFormat } from '../../engine/dataset/datasetFormat.ts';
import { delimitedRecords } from '../../engine/dataset/delimitedRecords.ts';
import type { ModelCatalogue } from '../../engine/language/modelCatalogue.ts';
import type { DatasetView, PromptView, SuiteUse } from '../../engine/language/promptView.ts';
import type { SuiteView } from '../../engine/language/suiteView.ts';
import { AT_START, LineIndex } from '../../engine/problem.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { modelCatalogue } from '../model/modelCatalogue.ts';
import { findFiles, isSuitePath, suitesOfPrompt } from '../workspace/findSuites.ts';
import { loadPrompt } from '../workspace/loadPrompt.ts';
import { isInside, portablePath } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DatasetRef, Datasets } from './datasets.ts';
import { chooseCase } from './preview.ts';
import { openSuite } from './promptUse.ts';

export type LanguageView = { readonly text: string } & (
  | { readonly kind: 'prompt'; readonly view: PromptView }
  | { readonly kind: 'suite'; readonly view: SuiteView }
);

/** A prompt is looked at with so many of the suites that name it. */
const MOST_SUITES = 5;
/** What lies around a file is looked for anew after this: between two keys it hardly changes. */
const KEPT_MS = 1000;
/** Enough of a table to hold its header. */
const HEADER_LENGTH = 64 * 1024;

/** Gathers what the language functions of the engine look at. One for a worker. */
export class LanguageViews {
  readonly #datasets: Datasets;
  readonly #kept = new Map<string, { readonly at: number; readonly found: Promise<readonly string[]> }>();
  #models: { readonly config: string; readonly catalogue: Promise<ModelCatalogue> } | null = null;

  constructor(datasets: Datasets) {
    this.#datasets = datasets;
  }

  /**
   * A dotprompt file or a suite; null for any other file, also for a `.prompt` of another tool.
   *
   * @throws TouchstoneError when the file cannot be read
   */
  async of(workspace: Workspace, file: string, caseIndex = 0): Promise<LanguageView | null> {
    if (isSuitePath(file)) {
      const view = await this.#suite(workspace, file);
      return { kind: 'suite', text: view.text, view };
    }
    if (!file.endsWith('.prompt')) return null;
    const view = await this.#prompt(workspace, file, caseIndex);
    const { format, text } = view.closure.document;
    return format === 'dotprompt' ? { kind: 'prompt', text, view } : null;
  }

  async #prompt(workspace: Workspace, file: string, caseIndex: number): Promise<PromptView> {
    const { closure } = await loadPrompt(workspace, file);
    const names = await this.#keep(`suites of ${file}`, () => suitesOfPrompt(workspace, file));
    const uses = names.slice(0, MOST_SUITES).map(async (suite): Promise<SuiteUse | null> => {
      const open = await openSuite(workspace, suite).catch(() => null);
      if (open === null) return null;
      const dataset = open.dataset && (await this.#dataset(workspace, open.dataset, closure, caseIndex));
      return { path: suite, parsed: open.parsed, dataset };
    });
    const suites = (await Promise.all(uses)).filter((use) => use !== null);
    return {
      closure,
      suites,
      partials: await this.#partials(workspace, file),
      models: await this.#modelsOf(workspace),
    };
  }

  async #suite(workspace: Workspace, file: string): Promise<SuiteView> {
    const text = await workspace.files.readText(file);
    const open = await openSuite(workspace, file);
    const read = open.prompts.map(async (prompt, index) => {
      const loaded = await loadPrompt(workspace, prompt).catch(() => null);
      const written = open.parsed.named.prompts[index]?.value ?? prompt;
      return loaded && { written, path: prompt, closure: loaded.closure };
    });
    const prompts = (await Promise.all(read)).filter((prompt) => prompt !== null);
    const [first] = prompts;
    const dataset = open.dataset && (await this.#dataset(workspace, open.dataset, first?.closure ?? null, 0));
    const folder = path.dirname(file);
    const relative = (found: string): string => written(folder, found);
    const all = await this.#keep(`files of ${workspace.root}`, () =>
      findFiles(workspace.root, (name) => isPrompt(name) || isDataset(name)),
    );
    const files = {
      prompts: all.filter((one) => isPrompt(path.basename(one))).map(relative),
      datasets: all.filter((one) => isDataset(path.basename(one))).map(relative),
    };
    return { path: file, text, parsed: open.parsed, prompts, dataset, files, models: await this.#modelsOf(workspace) };
  }

  #modelsOf({ config }: Workspace): Promise<ModelCatalogue> {
    const key = Object.keys(config.providers).join(' ');
    if (this.#models?.config !== key) this.#models = { config: key, catalogue: modelCatalogue(config) };
    return this.#models.catalogue;
  }

  /** The prompts of a workspace, partials among them; absolute. */
  prompts(workspace: Workspace): Promise<readonly string[]> {
    return this.#keep(`prompts of ${workspace.root}`, () =>
      findFiles(workspace.root, (name) => name.endsWith('.prompt')),
    );
  }

  async #dataset(
    workspace: Workspace,
    ref: DatasetRef,
    closure: PromptClosure | null,
    caseIndex: number,
  ): Promise<DatasetView | null> {
    const header = await readHeader(workspace, ref.file).catch(() => null);
    if (header === null) return null;
    const chosen = closure
      ? await chooseCase(workspace, this.#datasets, closure, ref, caseIndex).catch(() => null)
      : { testCase: await this.#datasets.caseAt(workspace, ref, caseIndex) };
    const sample = chosen?.testCase ?? null;
    return {
      path: ref.file,
      columns: header.columns ?? Object.keys(sample?.row ?? {}),
      headerRange: header.range,
      sample,
    };
  }

  /** Those beside the prompt and in each folder upward, the nearest of a name first; as tags name them. */
  async #partials({ root }: Workspace, file: string): Promise<PromptView['partials']> {
    const found = new Map<string, { name: string; path: string }>();
    for (let folder = path.dirname(file); isInside(root, folder); folder = path.dirname(folder)) {
      const files = await this.#keep(`partials of ${folder}`, () =>
        findFiles(folder, (name) => /^_.+\.prompt$/.test(name)),
      );
      for (const partial of files) {
        const below = path.dirname(portablePath(folder, partial));
        const base = path.basename(partial, '.prompt').slice(1);
        const name = below === '.' ? base : `${below}/${base}`;
        if (!found.has(name) && partial !== file) found.set(name, { name, path: partial });
      }
      if (folder === path.dirname(folder)) break;
    }
    return [...found.values()];
  }

  #keep(key: string, find: () => Promise<readonly string[]>): Promise<readonly string[]> {
    const now = Date.now();
    for (const [old, { at }] of this.#kept) if (now - at > KEPT_MS) this.#kept.delete(old);
    const known = this.#kept.get(key);
    if (known) return known.found;
    const found = find();
    this.#kept.set(key, { at: now, found });
    return found;
  }
}

function isPrompt(name: string): boolean {
  return /\.(prompt|prompty|prompt\.ya?ml)$/.test(name) && !name.startsWith('_');
}

function isDataset(name: string): boolean {
  return (
    datasetFormat(name) !== null &&
    !/\.(eval\.ya?ml|baseline\.json|recording\.jsonl)$|^(touchstone\.yaml|package(-lock)?\.json)$/.test(name)
  );
}

function written(folder: string, file: string): string {
  const relative = portablePath(folder, file);
  return relative.startsWith('.') ? relative : `./${relative}`;
}

/** The columns that a table names in its first line; null for formats that name them in every row. */
async function readHeader(
  { files }: Workspace,
  file: string,
): Promise<{ columns: readonly string[] | null; range: DatasetView['headerRange'] } | null> {
  const format = datasetFormat(file);
  if (format === null) return null;
  if (format !== 'csv' && format !== 'tsv') return { columns: null, range: AT_START };
  let text = '';
  for await (const chunk of files.chunks(file)) {
    text += chunk;
    if (text.length >= HEADER_LENGTH) break;
  }
  const beginning = async function* () {
    yield text;
  };
  for await (const record of delimitedRecords(beginning(), format === 'csv' ? ',' : '\t')) {
    if ('fault' in record) return null;
    if (record.raw.trim() === '') continue;
    const start = record.start.offset;
    const range = new LineIndex(text).range(start, start + record.raw.trimEnd().length);
    return { columns: record.cells.map((cell) => cell.trim()), range };
  }
  return null;
}
