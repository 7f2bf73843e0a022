import type { Case, ColumnMapping, DatasetFormat } from '../../engine/dataset/case.ts';
import { datasetFormat } from '../../engine/dataset/datasetFormat.ts';
import { DatasetDigest } from '../../engine/dataset/digest.ts';
import { readCases } from '../../engine/dataset/readCases.ts';
import { canonicalJson } from '../../engine/json.ts';
import { nodeHashing } from '../nodeHashing.ts';
import { requireReadable } from '../workspace/loadDataset.ts';
import { portablePath } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Workspaces } from './workspaces.ts';

/** A dataset as a suite names it. */
export type DatasetRef = { readonly file: string; readonly columns: ColumnMapping };

export type DatasetFacts = {
  readonly path: string;
  readonly format: DatasetFormat;
  readonly digest: string;
  readonly cases: number;
  readonly columns: readonly string[];
};

type Entry = {
  readonly stamp: string;
  /** The first so many cases, to be leafed through. */
  readonly first: Case[];
  /** Cases further on that were asked for: a preview asks for the same one at every key. */
  readonly recent: Map<number, Case>;
  facts: Promise<DatasetFacts | null> | null;
};

/** Enough to leaf through in the playground without reading the file again. */
const KEPT_CASES = 200;
const KEPT_RECENT = 20;
const MAX_ENTRIES = 20;

/**
 * Cases of the datasets in use: read only as far as asked, kept until the file or its buffer changes. Rows with problems are
 * left out here; the check of a suite reports them.
 */
export class Datasets {
  readonly #workspaces: Workspaces;
  readonly #entries = new Map<string, Entry>();

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces;
  }

  /** @returns null when there is no such case, or the file cannot be read */
  async caseAt(workspace: Workspace, dataset: DatasetRef, index: number): Promise<Case | null> {
    const entry = this.#entry(dataset);
    const known = entry.first[index] ?? entry.recent.get(index);
    if (known) return known;
    try {
      let at = 0;
      for await (const testCase of cases(workspace, dataset)) {
        if (at === entry.first.length && at < KEPT_CASES) entry.first.push(testCase);
        if (at === index) {
          keep(entry.recent, index, testCase, KEPT_RECENT);
          return testCase;
        }
        at += 1;
      }
    } catch {
      return null;
    }
    return null;
  }

  /** How many cases there are, and their digest: one pass over the file. null when it cannot be read. */
  facts(workspace: Workspace, dataset: DatasetRef): Promise<DatasetFacts | null> {
    const entry = this.#entry(dataset);
    entry.facts ??= readFacts(workspace, dataset).catch(() => null);
    return entry.facts;
  }

  #entry(dataset: DatasetRef): Entry {
    const key = canonicalJson(dataset);
    const stamp = this.#workspaces.stamp(dataset.file);
    const known = this.#entries.get(key);
    if (known?.stamp === stamp) return known;
    const entry: Entry = { stamp, first: [], recent: new Map(), facts: null };
    keep(this.#entries, key, entry, MAX_ENTRIES);
    return entry;
  }
}

/** Sets a member of a map that forgets its oldest ones. */
function keep<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  for (const oldest of map.keys()) {
    if (map.size <= most) break;
    map.delete(oldest);
  }
}

async function readFacts(workspace: Workspace, dataset: DatasetRef): Promise<DatasetFacts | null> {
  const format = datasetFormat(dataset.file);
  if (format === null) return null;
  const digest = new DatasetDigest(nodeHashing);
  const columns = new Set<string>();
  let count = 0;
  for await (const testCase of cases(workspace, dataset)) {
    digest.add(testCase);
    count += 1;
    for (const column of Object.keys(testCase.row)) columns.add(column);
  }
  const facts = { format, digest: digest.finish(), cases: count, columns: [...columns] };
  return { path: portablePath(workspace.root, dataset.file), ...facts };
}

async function* cases(workspace: Workspace, dataset: DatasetRef): AsyncGenerator<Case> {
  const format = datasetFormat(dataset.file);
  if (format === null) return;
  const options = { path: dataset.file, format, columns: dataset.columns, onProblem: () => undefined };
  await requireReadable(workspace, dataset.file);
  yield* readCases(workspace.files.chunks(dataset.file), options);
}
