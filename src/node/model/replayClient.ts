import path from 'node:path';
import { type ModelClient, ModelError, type ModelRequest } from '../../engine/model/modelClient.ts';
import {
  columnAnswer,
  parseRecording,
  type RecordedAnswer,
  type Recording,
  replayAnswer,
} from '../../engine/model/recording.ts';
import { requestKey } from '../../engine/model/requestKey.ts';
import type { Workspace } from '../workspace/workspace.ts';

type OpenRecording = { readonly file: string; readonly answers: Recording; readonly model: string | null };

/**
 * Answers from what was answered before. `replay/<name>` is the column `<name>` of the dataset where the case has it, else
 * `<name>.recording.jsonl` beside the suite; `replay/<name>/<provider>/<model>` takes that model's answers of a recording
 * that holds several.
 *
 * @param folder the suite's, absolute
 */
export function replayClient(name: string, folder: string, files: Workspace['files']): ModelClient {
  let opening: Promise<OpenRecording | null> | undefined;
  return {
    async generate(request) {
      const { row } = request.testCase;
      if (Object.hasOwn(row, name)) {
        const cell = row[name];
        if (cell === null || cell === undefined) throw notRecorded(`The column ${name} of this case is empty.`);
        return columnAnswer(cell);
      }
      opening ??= openRecording(name, folder, files);
      const recording = await opening;
      if (recording === null) {
        throw notRecorded(
          `The dataset has no column ${name}, and there is no ${name}.recording.jsonl beside the suite.`,
        );
      }
      const answer = findAnswer(recording, request);
      if (answer) return replayAnswer(answer);
      throw notRecorded(`${path.basename(recording.file)} holds no answer to this request.`);
    },
  };
}

/** Longest file name first, so that a name with a slash in it may be a path. */
async function openRecording(name: string, folder: string, files: Workspace['files']): Promise<OpenRecording | null> {
  for (let end = name.length; end > 0; end = name.lastIndexOf('/', end - 1)) {
    const file = path.resolve(folder, `${name.slice(0, end)}.recording.jsonl`);
    if (!(await files.exists(file))) continue;
    const answers = parseRecording(await files.readText(file));
    if ('error' in answers) throw notRecorded(`${file}:${answers.line}: ${answers.error}`);
    return { file, answers, model: end === name.length ? null : name.slice(end + 1) };
  }
  return null;
}

function findAnswer({ answers, model }: OpenRecording, request: ModelRequest): RecordedAnswer | undefined {
  const found = answers.get(requestKey(request)) ?? [];
  return model === null ? found[0] : found.find((answer) => answer.model === model);
}

function notRecorded(message: string): ModelError {
  return new ModelError('not-recorded', message, {
    remedy:
      'Evaluate with a model and record its answers; a prompt, parameter or variable that changed needs new ones.',
  });
}
