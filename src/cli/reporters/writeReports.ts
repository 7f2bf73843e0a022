import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import { writePage } from '../html/writePage.ts';
import type { ReporterName } from '../reporterNames.ts';
import type { Shell } from '../shell.ts';
import { githubAnnotations } from './githubReport.ts';
import { caseProblems } from './problemLines.ts';
import { type ReportSetting, reportText, type TextReporter, tableText } from './reportText.ts';
import type { SuiteReport } from './suiteReport.ts';

export type ReportTarget = ReportSetting & {
  readonly reporter: ReporterName;
  /** Absolute; null for stdout. */
  readonly file: string | null;
  /** Reports that are written beside the chosen one. */
  readonly also?: readonly ReportFile[];
};

/** `file` is absolute. */
type ReportFile = { readonly reporter: ReporterName; readonly file: string };

/** Writes the chosen report, to a file or to stdout. When it goes to a file, the table still goes to stdout. */
export async function writeReports(shell: Shell, reports: readonly SuiteReport[], target: ReportTarget): Promise<void> {
  const { reporter, file, also = [] } = target;
  const text = (name: TextReporter) => reportText(shell, reports, name, target);
  const page = async (out: string) => {
    const { htmlReport } = await import('../html/htmlReport.ts');
    // What had finished before a stop is reported all the same.
    const unstopped = { ...shell, signal: new AbortController().signal };
    await writePage(htmlReport(reports, target.roots), out, unstopped);
  };
  // First what goes to stdout: it is seen even if a file cannot be written any more.
  if (reporter === 'github') writeToJob(shell, reports, target.roots);
  else if (reporter === 'html' && file === null) await page('-');
  else if (reporter !== 'table' && reporter !== 'html' && file === null) shell.stdout.write(await text(reporter));
  else shell.stdout.write(`${tableText(shell, reports, shell.stdout.columns(), shell.stdout.colors)}\n`);
  const summary = reporter === 'github' ? shell.github?.summaryFile : undefined;
  if (summary !== undefined) fs.appendFileSync(summary, await text('github'));
  const files = [...(file === null ? [] : [{ reporter, file }]), ...also];
  for (const one of files) {
    if (one.reporter === 'html') await page(one.file);
    else fs.writeFileSync(one.file, await text(one.reporter));
  }
}

/** The table between marks that keep a model's answer in it from being taken for a command of the workflow, then annotations. */
function writeToJob(shell: Shell, reports: readonly SuiteReport[], roots: readonly string[]): void {
  const mark = randomUUID();
  const table = tableText(shell, reports, shell.stdout.columns(), shell.stdout.colors);
  const annotations = reports.flatMap((report, at) => {
    const root = roots[at] ?? shell.cwd;
    const found = caseProblems({ workspace: { root }, dataset: report.summary.header.dataset }, report);
    return githubAnnotations(found, shell.github?.root ?? shell.cwd, report.gate.holds);
  });
  const lines = [`::stop-commands::${mark}`, table, `::${mark}::`, ...annotations];
  shell.stdout.write(`${lines.join('\n')}\n`);
}
