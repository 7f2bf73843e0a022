import fs from 'node:fs';
import path from 'node:path';
import { type ModelClient, ModelError, type ModelRequest } from '../../engine/model/modelClient.ts';
import { columnAnswer, type RecordedAnswer, type Recording, replayAnswer } from '../../engine/model/recording.ts';
import { requestKey } from '../../engine/model/requestKey.ts';
import { nearest } from '../../engine/suite/nearest.ts';
import { isReallyInside } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Recordings } from './recordings.ts';

/** Where recordings are looked for; both absolute. */
export type ReplayPlace = {
  /** The suite's. */
  readonly folder: string;
  /** The workspace's: what lies outside of it is not read. */
  readonly root: string;
};

type FoundRecording = { readonly file: string; readonly answers: Recording; readonly model: string | null };

/**
 * Answers from what was answered before. `replay/<name>` is the column `<name>` of the dataset where the case has it, else
 * `<name>.recording.jsonl` beside the suite; `replay/<name>/<provider>/<model>` takes that model's answers of a recording
 * that holds several.
 */
export function replayClient(name: string, place: ReplayPlace, recordings: Recordings): ModelClient {
  let finding: Promise<FoundRecording | null> | undefined;
  return {
    async generate(request, { signal }) {
      const { row } = request.testCase;
      if (Object.hasOwn(row, name)) {
        const cell = row[name];
        // A table cannot tell an answer without a word from one that is not there.
        if (cell === null || cell === undefined || cell === '')
          throw notRecorded(`The column ${name} of this case is empty.`);
        return columnAnswer(cell);
      }
      finding ??= findRecording(name, place, recordings, signal);
      const recording = await finding;
      if (recording === null) throw notRecorded(nowhere(name));
      const answer = findAnswer(recording, request);
      if (answer) return replayAnswer(answer);
      throw notRecorded(`${path.basename(recording.file)} holds no answer to this request.`);
    },
  };
}

/** Why nothing can be replayed under a name: it leads out of the workspace. null when it does not. */
export async function replayObstacle(name: string, { folder, root }: ReplayPlace): Promise<ModelError | null> {
  for (const { file } of candidates(name, folder)) {
    if (await isReallyInside(root, file)) continue;
    return new ModelError('not-recorded', `The recording ${file} lies outside the workspace ${root}.`, {
      remedy: 'Move it beside the suite.',
    });
  }
  return null;
}

/**
 * That a name is neither a column of the dataset nor a recording; null when it is one of them.
 *
 * @param columns of the dataset
 */
export async function replayMissing(
  name: string,
  columns: readonly string[],
  { folder }: ReplayPlace,
  files: Pick<Workspace['files'], 'exists'>,
): Promise<ModelError | null> {
  if (columns.includes(name)) return null;
  for (const { file } of candidates(name, folder)) if (await files.exists(file)) return null;
  const meant = nearest(name, [...columns, ...recordingNames(folder)]);
  const remedy = meant === null ? 'Evaluate with a model and record its answers.' : `Did you mean \`replay/${meant}\`?`;
  return new ModelError('not-recorded', nowhere(name), { remedy });
}

function nowhere(name: string): string {
  return `The dataset has no column ${name}, and there is no ${name}${ENDING} beside the suite.`;
}

function recordingNames(folder: string): string[] {
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  return names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
}

/** Absolute; of a recording by this name beside a suite. */
export function recordingFile(folder: string, name: string): string {
  return path.join(folder, `${name}${ENDING}`);
}

const ENDING = '.recording.jsonl';

async function findRecording(
  name: string,
  place: ReplayPlace,
  recordings: Recordings,
  signal: AbortSignal,
): Promise<FoundRecording | null> {
  const obstacle = await replayObstacle(name, place);
  if (obstacle) throw obstacle;
  for (const { file, model } of candidates(name, place.folder)) {
    const answers = await recordings.at(file, signal);
    if (answers === null) continue;
    if ('error' in answers) throw notRecorded(`${file}:${answers.line}: ${answers.error}`);
    return { file, answers, model };
  }
  return null;
}

/** Longest file name first, so that a name with a slash in it may be a path. */
function candidates(name: string, folder: string): { readonly file: string; readonly model: string | null }[] {
  const found = [];
  for (let end = name.length; end > 0; end = name.lastIndexOf('/', end - 1)) {
    const file = path.resolve(folder, `${name.slice(0, end)}${ENDING}`);
    found.push({ file, model: end === name.length ? null : name.slice(end + 1) });
  }
  return found;
}

function findAnswer({ answers, model }: FoundRecording, request: ModelRequest): RecordedAnswer | undefined {
  const found = answers.get(requestKey(request)) ?? [];
  return model === null ? found[0] : found.find((answer) => answer.model === model);
}

function notRecorded(message: string): ModelError {
  return new ModelError('not-recorded', message, {
    remedy:
      'Evaluate with a model and record its answers; a prompt, parameter or variable that changed needs new ones.',
  });
}
