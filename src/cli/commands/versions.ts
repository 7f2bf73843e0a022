import path from 'node:path';
import { shortHash } from '../../engine/hash.ts';
import { blameLines } from '../../node/git/blame.ts';
import { changeSince, type PromptVersionEntry, promptVersions } from '../../node/promptVersions.ts';
import { readHistory } from '../../node/store/history.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatAgo, formatDifference, formatScore, plural, UNKNOWN } from '../format.ts';
import { oneLine, plainText } from '../plainText.ts';
import { type Column, textTable } from '../reporters/textTable.ts';
import type { Shell } from '../shell.ts';

export type VersionsOptions = { readonly limit?: number; readonly blame?: boolean; readonly json?: boolean };

const DEFAULT_LIMIT = 30;
/** A line may have come with any commit. */
const BLAME_LIMIT = 500;

/** `touchstone versions`: the versions of a prompt with what each scored; or its lines with the commit that each came with. */
export async function versionsCommand(prompt: string, options: VersionsOptions, shell: Shell): Promise<ExitCode> {
  const file = path.resolve(shell.cwd, prompt);
  const workspace = openWorkspace(file, { cwd: shell.cwd, within: shell.within });
  const history = readHistory(workspace.root);
  try {
    const limit = options.limit ?? (options.blame ? BLAME_LIMIT : DEFAULT_LIMIT);
    const entries = await promptVersions(workspace, file, history, { limit, signal: shell.signal });
    const lines = options.blame ? await blameLines(workspace.root, file, shell.signal) : null;
    if (options.json)
      shell.stdout.write(`${JSON.stringify(lines ? jsonBlame(entries, lines) : jsonVersions(entries), null, 2)}\n`);
    else
      shell.stdout.write(`${(lines ? blameTable(entries, lines, shell) : versionTable(entries, shell)).join('\n')}\n`);
    const unknown = new Set(entries.flatMap(({ score, version }) => (score || version === null ? [] : [version])));
    if (unknown.size > 0 && !options.json)
      shell.stderr.write(
        shell.stderr.colors.dim(
          `${plural(unknown.size, 'version')} without a score: no run of all cases is kept. \`touchstone eval --baseline <commit>\` evaluates one.\n`,
        ),
      );
    return EXIT.ok;
  } finally {
    history?.close();
  }
}

function versionTable(entries: readonly PromptVersionEntry[], shell: Shell): string[] {
  const { colors } = shell.stdout;
  const column = (
    title: string,
    align: Column['align'],
    textOf: (entry: PromptVersionEntry, index: number) => string,
  ): Column => ({
    title,
    align,
    cells: entries.map((entry, index) => ({ text: plainText(textOf(entry, index)) })),
  });
  return textTable(
    column('version', 'left', ({ version }) => (version === null ? 'unreadable' : shortHash(version))),
    [
      [
        column(
          'commit',
          'left',
          ({ commit, at }) => commit?.commit.slice(0, 7) ?? (at === null ? 'the file' : UNKNOWN),
        ),
      ],
      [column('when', 'left', ({ at }) => (at === null ? 'now' : formatAgo(Date.parse(at), shell.now())))],
      [column('composite', 'right', ({ score }) => formatScore(score?.composite ?? null))],
      [column('change', 'right', (_, index) => signed(changeSince(entries, index)))],
      [column('runs', 'right', ({ runs }) => String(runs))],
      [
        column('what', 'left', ({ commit, at }) =>
          commit ? oneLine(commit.subject) : at === null ? 'not committed' : 'never committed',
        ),
      ],
    ],
    shell.stdout.columns(),
    colors.dim,
  );
}

type Blamed = Awaited<ReturnType<typeof blameLines>>;

/** Each line behind its commit and what the prompt scored before and after that; once for lines that came together. */
function blameTable(entries: readonly PromptVersionEntry[], lines: Blamed, shell: Shell): string[] {
  const { colors } = shell.stdout;
  const words = lines.map(({ commit }) => blameWords(entries, commit));
  const width = Math.max(0, ...words.map((text) => text.length));
  return lines.map(({ text }, index) => {
    const said = words[index] === words[index - 1] ? '' : (words[index] ?? '');
    return `${colors.dim(said.padEnd(width))} ${String(index + 1).padStart(String(lines.length).length)} ${plainText(text)}`;
  });
}

function blameWords(entries: readonly PromptVersionEntry[], commit: string | null): string {
  const index = entries.findIndex((entry) => (commit === null ? entry.at === null : entry.commit?.commit === commit));
  const name = commit?.slice(0, 7) ?? 'not committed';
  const { before, after, change } = scoresAt(entries, index);
  if (after === null) return `${name} ${UNKNOWN}`;
  return before === null
    ? `${name} ${formatScore(after)}`
    : `${name} ${formatScore(before)} → ${formatScore(after)} ${signed(change)}`;
}

function scoresAt(entries: readonly PromptVersionEntry[], index: number) {
  const after = entries[index]?.score?.composite ?? null;
  const change = index === -1 ? null : changeSince(entries, index);
  return { after, change, before: after === null || change === null ? null : after - change };
}

function jsonVersions(entries: readonly PromptVersionEntry[]) {
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

function jsonBlame(entries: readonly PromptVersionEntry[], lines: Blamed) {
  return lines.map(({ text, commit }, at) => {
    const index = entries.findIndex((entry) => (commit === null ? entry.at === null : entry.commit?.commit === commit));
    const { before, after } = scoresAt(entries, index);
    return { line: at + 1, commit, before, after, text };
  });
}

function signed(change: number | null): string {
  return change === null ? UNKNOWN : formatDifference(change);
}
