import path from 'node:path';

/** The command line, below the extension's own folder. */
export const CLI_PATH = path.join('dist', 'touchstone.cjs');

/** Of a run, or of the way from one before to it. */
export type ReportOf = { readonly runId: string; readonly before: string | null };

/** How the command line of this extension is called for a report. A page goes to its file, Markdown to stdout. */
export function reportProcess(
  { runId, before }: ReportOf,
  at: { readonly cliPath: string; readonly file: string; readonly target: string },
): { readonly args: readonly string[]; readonly isPage: boolean } {
  const isPage = path.extname(at.target).toLowerCase() !== '.md';
  const runs = before === null ? ['show', runId] : ['compare', before, runId];
  const form = isPage ? ['--html', at.target] : ['--markdown'];
  return { args: [at.cliPath, ...runs, ...form, '--workspace', path.dirname(at.file)], isPage };
}
