import path from 'node:path';
import { conversionReport } from '../../engine/prompt/convert/conversionReport.ts';
import { convertFile } from '../../node/workspace/convertFile.ts';
import { openWorkspace } from '../../node/workspace/openWorkspace.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plainText } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { writeNew } from '../writeNew.ts';

/**
 * `touchstone convert`: a prompt of another format as a .prompt file beside it, which is never overwritten; what was lost and
 * where both render differently goes to stderr.
 */
export async function convertCommand(
  prompt: string,
  options: { readonly out?: string },
  shell: Shell,
): Promise<ExitCode> {
  const file = path.resolve(shell.cwd, prompt);
  const converted = await convertFile(openWorkspace(file, { cwd: shell.cwd }), file);
  const target = options.out === undefined ? converted.targetPath : path.resolve(shell.cwd, options.out);
  if (options.out === '-') shell.stdout.write(converted.text);
  else writeNew(target, converted.text, 'Name another file with --out, or write it to stdout with --out -.');
  const names = {
    from: shownPath(shell.cwd, file),
    to: options.out === '-' ? 'dotprompt' : shownPath(shell.cwd, target),
  };
  shell.stderr.write(plainText(conversionReport(names, converted)));
  return EXIT.ok;
}
