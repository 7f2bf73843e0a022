import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { portablePath } from '../../node/workspace/paths.ts';
import { type CiService, ciFile } from '../ciFile.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { plainText } from '../plainText.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { writeNew } from '../writeNew.ts';

/** `touchstone init ci`: a workflow that evaluates what a pull request changes in the suites of this folder. Never overwrites. */
export async function initCiCommand(service: string, shell: Shell): Promise<ExitCode> {
  if (service !== 'github' && service !== 'gitlab')
    throw new TouchstoneError('invalid-argument', `There is no workflow for ${service}.`, {
      remedy: 'Name github or gitlab.',
    });
  const root = repositoryRoot(shell.cwd) ?? shell.cwd;
  const folder = portablePath(root, shell.cwd) || '.';
  const target = path.join(root, ...PLACES[service].split('/'));
  fs.mkdirSync(path.dirname(target), { recursive: true });
  writeNew(target, ciFile(service, folder), 'Change that one, or move it away first.');
  shell.stdout.write(plainText(`${shownPath(shell.cwd, target)}\n`));
  shell.stderr.write(NEXT[service]);
  return EXIT.ok;
}

const PLACES: { readonly [service in CiService]: string } = {
  github: '.github/workflows/touchstone.yml',
  gitlab: '.gitlab/touchstone.yml',
};

const NEXT: { readonly [service in CiService]: string } = {
  github: 'Say in it where the command line comes from and which keys the models need, then commit it.\n',
  gitlab:
    'Say in it where the command line comes from, take it into .gitlab-ci.yml, then commit both:\n  include:\n    - local: .gitlab/touchstone.yml\n',
};

/** A workflow stands at the root of the repository, wherever the suites are. */
function repositoryRoot(folder: string): string | null {
  if (fs.existsSync(path.join(folder, '.git'))) return folder;
  const above = path.dirname(folder);
  return above === folder ? null : repositoryRoot(above);
}
