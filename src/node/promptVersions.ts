import path from 'node:path';
import { mean } from '../engine/stats/mean.ts';
import type { RunListItem } from '../protocol/history.ts';
import type { BlamedLine, ListedVersion } from '../protocol/versions.ts';
import { blameLines } from './git/blame.ts';
import { type Commit, commitsOf, lastCommits } from './git/commits.ts';
import { isInRepository } from './git/safeGit.ts';
import type { HistoryReader } from './store/history.ts';
import { loadPrompt } from './workspace/loadPrompt.ts';
import { portablePath } from './workspace/paths.ts';
import type { Workspace } from './workspace/workspace.ts';
import { workspaceAt } from './workspace/workspaceAt.ts';

export type { BlamedLine, ListedVersion };

/** What a prompt came to in the newest whole run of one of its versions. */
type VersionScore = {
  /** Mean composite over the variants. */
  readonly composite: number;
  readonly run: string;
  /** Scores of the same suite on the same cases may be compared. */
  readonly measuredBy: string;
};

type PromptVersionEntry = {
  /** null for what is not committed: the file as it is, or a text that was only ever run. */
  readonly commit: Commit | null;
  /** ISO time of the commit, or of the first run; null for the file as it is where it was never run. */
  readonly at: string | null;
  /** 64 hex digits; null where the commit's text cannot be read as a prompt. */
  readonly version: string | null;
  /** null where no run of all cases is kept. */
  readonly score: VersionScore | null;
  readonly runs: number;
};

const MOST_RUNS = 1_000;

/**
 * The versions of a prompt, the newest first: those that commits of it or of its partials made, the file as it is, and those that were
 * run without ever being committed. Nothing is asked of a model.
 *
 * @param file absolute
 * @param limit of commits
 * @throws TouchstoneError when the prompt cannot be read
 */
export async function promptVersions(
  workspace: Workspace,
  file: string,
  history: HistoryReader | null,
  { limit, signal }: { readonly limit: number; readonly signal?: AbortSignal | undefined },
): Promise<ListedVersion[]> {
  const { root } = workspace;
  const now = await loadPrompt(workspace, file);
  const partials = [...now.closure.partials.values()].map((partial) => path.resolve(root, partial.path));
  const commits = isInRepository(root) ? await commitsWithNames(root, file, partials, limit, signal) : [];
  const names = new Set([file, ...commits.map((commit) => commit.file)].map((one) => portablePath(root, one)));
  const runs = [...names].flatMap(
    (promptPath) => history?.runs({ promptPath, past: true, archived: true, limit: MOST_RUNS }) ?? [],
  );
  const byVersion = runsByVersion(runs);
  const entryOf = (version: string | null, commit: Commit | null, at: string | null): PromptVersionEntry => {
    const own = version === null ? [] : (byVersion.get(version) ?? []);
    return { commit, at, version, score: version === null ? null : scoreOf(own, version), runs: own.length };
  };
  const committed: PromptVersionEntry[] = [];
  for (const { file: name, ...commit } of commits) {
    signal?.throwIfAborted();
    const past = workspaceAt(workspace, { name: commit.commit.slice(0, 7), commit: commit.commit });
    const version = await loadPrompt(past, name).then(
      (loaded) => loaded.version,
      () => null,
    );
    committed.push(entryOf(version, commit, commit.at));
  }
  const known = new Set(committed.map(({ version }) => version));
  const firstRun = (version: string) => (byVersion.get(version) ?? []).at(-1)?.startedAt ?? null;
  const onlyRun = [...byVersion.keys()].filter((version) => !known.has(version) && version !== now.version);
  const working =
    known.has(now.version) && committed[0]?.version === now.version ? [] : [entryOf(now.version, null, null)];
  const uncommitted = onlyRun.map((version) => entryOf(version, null, firstRun(version)));
  // A stable sort: commits of one second keep the order that git knows.
  const dated = [...committed, ...uncommitted].sort((a, b) => timeOf(b) - timeOf(a));
  return listed([...working, ...dated]);
}

/** Commits of the prompt, under all of its names, and of its partials; each with what the prompt was called then. */
async function commitsWithNames(
  root: string,
  file: string,
  partials: readonly string[],
  limit: number,
  signal?: AbortSignal,
): Promise<(Commit & { readonly file: string })[]> {
  const own = await commitsOf(root, file, limit, signal);
  const names = new Map(own.map((commit) => [commit.commit, commit.file]));
  const files = [...new Set([file, ...names.values(), ...partials])];
  let name: string | undefined;
  const found: (Commit & { readonly file: string })[] = [];
  // The earliest first: a commit of a partial leaves the prompt the name that it had.
  for (const commit of (await lastCommits(root, files, limit, signal)).reverse()) {
    name = names.get(commit.commit) ?? name;
    if (name !== undefined) found.push({ ...commit, file: name });
  }
  return found.reverse();
}

function timeOf({ at }: PromptVersionEntry): number {
  return at === null ? 0 : Date.parse(at);
}

function runsByVersion(runs: readonly RunListItem[]): ReadonlyMap<string, readonly RunListItem[]> {
  const byVersion = new Map<string, RunListItem[]>();
  const newestFirst = [...runs].sort((a, b) => Date.parse(b.startedAt) - Date.parse(a.startedAt));
  for (const run of newestFirst)
    for (const version of new Set(run.variants.map(({ variant }) => variant.promptVersion)))
      byVersion.set(version, [...(byVersion.get(version) ?? []), run]);
  return byVersion;
}

/** Of the newest run over all cases that came to its end. */
function scoreOf(runs: readonly RunListItem[], version: string): VersionScore | null {
  for (const run of runs) {
    if (run.status !== 'finished' || run.selection.cases < run.cases) continue;
    const own = run.variants.filter(({ variant }) => variant.promptVersion === version);
    const means = own.flatMap(({ composite }) => (composite === null ? [] : [composite.mean]));
    if (means.length === 0) continue;
    const measuredBy = [run.suite, run.dataset, ...own.map(({ variant }) => variant.model)].join('\n');
    return { composite: mean(means), run: run.id, measuredBy };
  }
  return null;
}

/** As front ends show them. */
function listed(entries: readonly PromptVersionEntry[]): ListedVersion[] {
  return entries.map(({ commit, at, version, score, runs }, index) => ({
    ...{
      version,
      commit: commit?.commit ?? null,
      author: commit?.author ?? null,
      subject: commit?.subject ?? null,
      at,
    },
    ...{ composite: score?.composite ?? null, change: changeSince(entries, index), run: score?.run ?? null, runs },
  }));
}

/** Each line of a prompt with what the commit that it came with did to the score. */
export async function blamePrompt(
  workspace: Workspace,
  file: string,
  versions: readonly ListedVersion[],
  signal?: AbortSignal,
): Promise<BlamedLine[]> {
  const lines = await blameLines(workspace.root, file, signal);
  return lines.map(({ text, commit }, index) => {
    const version = versions.find((one) => (commit === null ? one.at === null : one.commit === commit));
    const after = version?.composite ?? null;
    const change = version?.change ?? null;
    return { line: index + 1, commit, before: after === null || change === null ? null : after - change, after, text };
  });
}

/** How a version's score differs from that of the next older one that was measured alike; null where there is none. */
function changeSince(entries: readonly PromptVersionEntry[], index: number): number | null {
  const { score, version } = entries[index] ?? {};
  if (!score) return null;
  const before = entries
    .slice(index + 1)
    .find((entry) => entry.version !== version && entry.score?.measuredBy === score.measuredBy)?.score;
  return before ? score.composite - before.composite : null;
}
