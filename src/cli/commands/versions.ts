import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { shortHash } from '../../engine/hash.ts';
import { type BlamedLine, blamePrompt, type ListedVersion, promptVersions } from '../../node/promptVersions.ts';
import { readHistory } from '../../node/store/history.ts';
import { isSuitePath } from '../../node/workspace/findSuites.ts';
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
  if (isSuitePath(file))
    throw new TouchstoneError('invalid-argument', `${prompt} is a suite.`, { remedy: 'Name one of its prompts.' });
  const workspace = openWorkspace(file, { cwd: shell.cwd, within: shell.within });
  const history = readHistory(workspace.root);
  try {
    const limit = options.limit ?? (options.blame ? BLAME_LIMIT : DEFAULT_LIMIT);
    const versions = await promptVersions(workspace, file, history, { limit, signal: shell.signal });
    const lines = options.blame ? await blamePrompt(workspace, file, versions, shell.signal) : null;
    if (options.json) shell.stdout.write(`${JSON.stringify(lines ?? versions, null, 2)}\n`);
    else shell.stdout.write(`${(lines ? blameTable(lines, shell) : versionTable(versions, shell)).join('\n')}\n`);
    const unknown = new Set(
      versions.flatMap(({ composite, version }) => (composite !== null || version === null ? [] : [version])),
    );
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

function versionTable(versions: readonly ListedVersion[], shell: Shell): string[] {
  const { colors } = shell.stdout;
  const column = (title: string, align: Column['align'], textOf: (version: ListedVersion) => string): Column => ({
    title,
    align,
    cells: versions.map((version) => ({ text: plainText(textOf(version)) })),
  });
  return textTable(
    column('version', 'left', ({ version }) => (version === null ? 'unreadable' : shortHash(version))),
    [
      [column('commit', 'left', ({ commit, at }) => commit?.slice(0, 7) ?? (at === null ? 'the file' : UNKNOWN))],
      [column('when', 'left', ({ at }) => (at === null ? 'now' : formatAgo(Date.parse(at), shell.now())))],
      [column('composite', 'right', ({ composite }) => formatScore(composite))],
      [column('change', 'right', ({ change }) => signed(change))],
      [column('runs', 'right', ({ runs }) => String(runs))],
      [column('what', 'left', ({ subject, at }) => (subject === null ? uncommitted(at) : oneLine(subject)))],
    ],
    shell.stdout.columns(),
    colors.dim,
  );
}

function uncommitted(at: string | null): string {
  return at === null ? 'not committed' : 'never committed';
}

/** Each line behind its commit and what the prompt scored before and after that; once for lines that came together. */
function blameTable(lines: readonly BlamedLine[], shell: Shell): string[] {
  const { colors } = shell.stdout;
  const words = lines.map(blameWords);
  const width = Math.max(0, ...words.map((text) => text.length));
  return lines.map(({ line, text }, index) => {
    const said = words[index] === words[index - 1] ? '' : (words[index] ?? '');
    return `${colors.dim(said.padEnd(width))} ${String(line).padStart(String(lines.length).length)} ${plainText(text)}`;
  });
}

function blameWords({ commit, before, after }: BlamedLine): string {
  const name = commit?.slice(0, 7) ?? 'not committed';
  if (after === null) return `${name} ${UNKNOWN}`;
  if (before === null) return `${name} ${formatScore(after)}`;
  return `${name} ${formatScore(before)} → ${formatScore(after)} ${signed(after - before)}`;
}

function signed(change: number | null): string {
  return change === null ? UNKNOWN : formatDifference(change);
}
