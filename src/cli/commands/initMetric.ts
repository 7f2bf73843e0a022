import fs from 'node:fs';
import path from 'node:path';
import { metricTemplate, notAMetricFile } from '../../engine/metric/own/metricTemplate.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plainText } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { writeNew } from '../writeNew.ts';

/** `touchstone init metric`: a first metric of the user's own, and the line by which a suite names it. Never overwrites. */
export async function initMetricCommand(name: string, shell: Shell): Promise<ExitCode> {
  const target = path.resolve(shell.cwd, path.extname(name) === '' ? `${name}.ts` : name);
  const template = metricTemplate(path.basename(target));
  if (template === null) throw notAMetricFile(name);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  writeNew(target, template.text, 'Give it another name.');
  shell.stdout.write(plainText(`${shownPath(shell.cwd, target)}\n`));
  shell.stderr.write(plainText(`A suite beside it measures by it with:\n  metrics:\n    ${template.entry}\n`));
  return EXIT.ok;
}
