import fs from 'node:fs';
import path from 'node:path';
import picocolors from 'picocolors';
import type { ReporterName } from '../reporterNames.ts';
import type { Shell } from '../shell.ts';
import { evalTable } from './evalTable.ts';
import { jsonReport } from './jsonReport.ts';
import type { SuiteReport } from './suiteReport.ts';

const FILE_COLUMNS = 120;

/**
 * Writes the chosen report, to a file or to stdout. When it goes to a file, the table still goes to stdout.
 *
 * @param out undefined or `-` for stdout
 */
export async function writeReports(
  shell: Shell,
  reports: readonly SuiteReport[],
  reporter: ReporterName,
  out: string | undefined,
): Promise<void> {
  const table = (width: number, colors: Shell['stdout']['colors']) =>
    reports.map((report) => evalTable(report, { ...shell, width, colors }).join('\n')).join('\n\n');
  const text = async (): Promise<string> => {
    switch (reporter) {
      case 'table':
        return `${table(FILE_COLUMNS, picocolors.createColors(false))}\n`;
      case 'json': {
        const [only, ...more] = reports.map(jsonReport);
        return `${JSON.stringify(only !== undefined && more.length === 0 ? only : reports.map(jsonReport), null, 2)}\n`;
      }
      case 'junit': {
        // Half a megabyte that the other reporters do without.
        const { junitReport } = await import('./junitReport.ts');
        return `${junitReport(reports)}\n`;
      }
    }
  };
  const toFile = out !== undefined && out !== '-';
  if (toFile) fs.writeFileSync(path.resolve(shell.cwd, out), await text());
  if (toFile || reporter === 'table') shell.stdout.write(`${table(shell.stdout.columns(), shell.stdout.colors)}\n`);
  else shell.stdout.write(await text());
}
