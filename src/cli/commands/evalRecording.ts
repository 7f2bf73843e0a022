import { TouchstoneError } from '../../engine/error.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { partialRun } from '../../engine/run/wholeRun.ts';
import type { ModelAccess } from '../../node/model/access.ts';
import { recordingName, type SuiteRecording } from '../../node/suiteRecording.ts';
import type { LoadedSuite } from '../../node/workspace/loadSuite.ts';
import { plural } from '../format.ts';
import type { Shell } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import type { EvalOptions } from './eval.ts';

type RecordingOptions = Pick<EvalOptions, 'record' | 'recordedOnly'>;

/** How the models of a suite are reached: not at all where only what was recorded may be used. */
export function accessOf({ suite }: LoadedSuite, { recordedOnly }: RecordingOptions): ModelAccess {
  return recordedOnly ? { recorded: recordingName(suite.path) } : {};
}

/** @throws TouchstoneError invalid-argument */
export function requireOneWay({ record, recordedOnly }: RecordingOptions): void {
  if (record && recordedOnly)
    throw new TouchstoneError('invalid-argument', 'What is only played back cannot be recorded.', {
      remedy: 'Give --record or --recorded-only.',
    });
}

/** Of a run that asked everything the file is made anew; what another found is added to it. */
export async function writeRecording(recording: SuiteRecording, summary: RunSummary, shell: Shell): Promise<void> {
  const failed = summary.variants.some(({ samples }) => samples.error > 0);
  const count = await recording.write(partialRun(summary) === null && !failed);
  if (count === null) {
    shell.stderr.write('Nothing was recorded: no model was asked, or none answered.\n');
    return;
  }
  shell.stderr.write(
    `${plural(count, 'answer')} in ${shownPath(shell.cwd, recording.file)}: commit it with the prompt.\n`,
  );
}
