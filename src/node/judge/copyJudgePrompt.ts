import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { metricDefinition } from '../../engine/metric/registry.ts';
import { nearest } from '../../engine/suite/nearest.ts';
import { judgePromptFile, judgePromptNames } from './judgePrompts.ts';

/**
 * Writes the judge's prompt of a kind into a folder, to be changed there. A file that is there already stays as it is.
 *
 * @param kind of a metric, or the name of a prompt
 * @param folder absolute; made when it is not there
 * @returns the new file, absolute
 * @throws TouchstoneError `not-found` for a kind without a judge, `invalid-argument` where a file is in the way
 */
export function copyJudgePrompt(kind: string, folder: string): string {
  const names = judgePromptNames();
  const name = metricDefinition(kind)?.usesJudge ?? kind;
  if (!names.includes(name)) {
    const meant = nearest(kind, names);
    throw new TouchstoneError('not-found', `No metric \`${kind}\` is scored by a judge.`, {
      remedy: meant === null ? `Name one of: ${names.join(', ')}.` : `Did you mean \`${meant}\`?`,
    });
  }
  const file = path.join(folder, `${name}-judge.prompt`);
  try {
    fs.mkdirSync(folder, { recursive: true });
    fs.copyFileSync(judgePromptFile(name), file, fs.constants.COPYFILE_EXCL);
  } catch (error) {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    const detail = error instanceof Error ? error.message : String(error);
    throw new TouchstoneError(
      'invalid-argument',
      isThere ? `${file} is there already.` : `${file} cannot be written: ${detail}.`,
      { cause: error, remedy: isThere ? 'Change that file, or name another folder.' : 'Name another folder.' },
    );
  }
  return file;
}
