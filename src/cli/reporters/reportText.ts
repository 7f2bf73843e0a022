import picocolors from 'picocolors';
import { runMarkdown } from '../markdown/runMarkdown.ts';
import type { ReporterName } from '../reporterNames.ts';
import type { Shell } from '../shell.ts';
import { evalTable } from './evalTable.ts';
import { jsonReports } from './jsonReport.ts';
import type { SuiteReport } from './suiteReport.ts';

const FILE_COLUMNS = 120;

/** Those whose report is a text that fits into memory; a page with every case is none. */
export type TextReporter = Exclude<ReporterName, 'html'>;

export type ReportSetting = {
  /** Whether several suites were asked for, however many of them ran. */
  readonly several: boolean;
  /** Of the workspaces, absolute, one for each report. */
  readonly roots: readonly string[];
};

/** What a reporter says, as the text of a file. Of `github`, that is the summary of its job. */
export async function reportText(
  shell: Shell,
  reports: readonly SuiteReport[],
  reporter: TextReporter,
  { several, roots }: ReportSetting,
): Promise<string> {
  switch (reporter) {
    case 'table':
      return `${tableText(shell, reports, FILE_COLUMNS, picocolors.createColors(false))}\n`;
    case 'json':
      return `${JSON.stringify(jsonReports(reports, several), null, 2)}\n`;
    case 'junit': {
      // Half a megabyte that the other reporters do without.
      const { junitReport } = await import('./junitReport.ts');
      return `${junitReport(reports)}\n`;
    }
    case 'sarif': {
      const { sarifReport } = await import('./sarifReport.ts');
      return `${sarifReport(reports, roots, shell.github?.root ?? shell.cwd)}\n`;
    }
    case 'markdown':
    case 'github':
      return `${reports.map(runMarkdown).join('\n\n')}\n`;
  }
}

/** The report for people. */
export function tableText(
  shell: Shell,
  reports: readonly SuiteReport[],
  width: number,
  colors: Shell['stdout']['colors'],
): string {
  return reports.map((report) => evalTable(report, { ...shell, width, colors }).join('\n')).join('\n\n');
}
