import fs from 'node:fs';
import picocolors from 'picocolors';
import { runMarkdown } from '../markdown/runMarkdown.ts';
import type { ReporterName } from '../reporterNames.ts';
import type { Shell } from '../shell.ts';
import { evalTable } from './evalTable.ts';
import { jsonReports } from './jsonReport.ts';
import type { SuiteReport } from './suiteReport.ts';

const FILE_COLUMNS = 120;

export type ReportTarget = {
  readonly reporter: ReporterName;
  /** Absolute; null for stdout. */
  readonly file: string | null;
  /** Whether several suites were asked for, however many of them ran. */
  readonly several: boolean;
};

/** Writes the chosen report, to a file or to stdout. When it goes to a file, the table still goes to stdout. */
export async function writeReports(
  shell: Shell,
  reports: readonly SuiteReport[],
  { reporter, file, several }: ReportTarget,
): Promise<void> {
  const table = (width: number, colors: Shell['stdout']['colors']) =>
    reports.map((report) => evalTable(report, { ...shell, width, colors }).join('\n')).join('\n\n');
  const text = async (): Promise<string> => {
    switch (reporter) {
      case 'table':
        return `${table(FILE_COLUMNS, picocolors.createColors(false))}\n`;
      case 'json':
        return `${JSON.stringify(jsonReports(reports, several), null, 2)}\n`;
      case 'junit': {
        // Half a megabyte that the other reporters do without.
        const { junitReport } = await import('./junitReport.ts');
        return `${junitReport(reports)}\n`;
      }
      case 'markdown':
        return `${reports.map(runMarkdown).join('\n\n')}\n`;
    }
  };
  if (file === null && reporter !== 'table') return shell.stdout.write(await text());
  // First the table: it is seen even if the file cannot be written any more.
  shell.stdout.write(`${table(shell.stdout.columns(), shell.stdout.colors)}\n`);
  if (file !== null) fs.writeFileSync(file, await text());
}
