import type { BlamedLine, ListedVersion } from '../../protocol/versions.ts';

/** A version in a list: `0.86 ▲0.04` and what was committed. */
export function versionItem({ version, commit, author, subject, at, composite, change, runs }: ListedVersion): {
  readonly label: string;
  readonly description: string;
  readonly detail: string;
} {
  const score =
    composite === null ? 'no score' : `${composite.toFixed(2)}${change === null ? '' : ` ${deltaWords(change)}`}`;
  const name = commit?.slice(0, 7) ?? (at === null ? 'the file as it is' : 'never committed');
  const icon = commit === null ? (at === null ? 'edit' : 'history') : 'git-commit';
  return {
    label: `$(${icon}) ${score}`,
    description: subject ?? name,
    detail: [
      ...(subject === null ? [] : [name]),
      ...(author === null ? [] : [author]),
      ...(at === null ? [] : [at.slice(0, 10)]),
      version === null ? 'cannot be read as a prompt' : `version ${version.slice(0, 8)}`,
      `${runs} ${runs === 1 ? 'run' : 'runs'}`,
    ].join(' · '),
  };
}

/** What stands behind each line; null for a line that says the same as the one above it. */
export function blameWords(lines: readonly BlamedLine[]): (string | null)[] {
  return lines.map(({ commit, before, after }, index) => {
    if (index > 0 && lines[index - 1]?.commit === commit) return null;
    const name = commit?.slice(0, 7) ?? 'not committed';
    if (after === null) return `${name} · no score`;
    if (before === null) return `${name} · ${after.toFixed(2)}`;
    return `${name} · ${before.toFixed(2)} → ${after.toFixed(2)} ${deltaWords(after - before)}`;
  });
}

function deltaWords(change: number): string {
  const size = Math.abs(change).toFixed(2);
  if (size === '0.00') return '±0.00';
  return `${change > 0 ? '▲' : '▼'}${size}`;
}
