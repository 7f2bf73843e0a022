import fs from 'node:fs';
import path from 'node:path';
import { TouchstoneError } from '../engine/error.ts';
import type { ModelRequest, ModelResponse } from '../engine/model/modelClient.ts';
import { answerLine, type RecordedAnswer, readRecording, recordedAnswer } from '../engine/model/recording.ts';
import { judgeModels } from './judge/judgeModels.ts';
import { recordingFile } from './model/replayClient.ts';
import { suiteFolder } from './model/resolveModel.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { requireInside } from './workspace/paths.ts';

/** What the models of a suite answered, in the file beside it that a later run can be held to. */
export type SuiteRecording = {
  /** Absolute. */
  readonly file: string;
  readonly add: (request: ModelRequest, response: ModelResponse) => void;
  /**
   * Writes the file, sorted, so that git merges what two people recorded. Where nothing was answered it stays as it is.
   *
   * @param replaces whether everything was asked: then answers that nobody asks for any more are dropped, unless a model of the suite
   *   replays, for whom they may be
   * @returns how many answers it holds; null when there was nothing to record
   */
  readonly write: (replaces: boolean) => Promise<number | null>;
};

/** `triage` of `evals/triage.eval.yaml`: its recording is `evals/triage.recording.jsonl`. */
export function recordingName(suitePath: string): string {
  return path.basename(suitePath).replace(/\.eval\.ya?ml$/, '');
}

/** @throws TouchstoneError path-outside when the file would lie outside the workspace */
export async function recordSuite({ workspace, suite, variants }: LoadedSuite): Promise<SuiteRecording> {
  const file = recordingFile(suiteFolder(workspace, suite.path), recordingName(suite.path));
  await requireInside(workspace.root, file, 'The recording');
  const models = [...variants.map(({ model }) => model), ...judgeModels(suite).map(({ value }) => value)];
  const replays = models.some(({ provider }) => provider === 'replay');
  const lines = new Map<string, string>();
  const put = (answer: RecordedAnswer) => {
    lines.set(`${answer.key} ${answer.model}`, answerLine(answer));
  };
  return {
    file,
    add: (request, response) => put(recordedAnswer(request, response)),
    async write(replaces) {
      const fresh = [...lines];
      if (fresh.length === 0) return null;
      if (!replaces || replays) {
        lines.clear();
        for (const answer of await readAnswers(file)) put(answer);
        for (const [key, line] of fresh) lines.set(key, line);
      }
      const sorted = [...lines].sort(([a], [b]) => (a < b ? -1 : 1));
      fs.writeFileSync(file, sorted.map(([, line]) => line).join(''));
      return sorted.length;
    },
  };
}

async function readAnswers(file: string): Promise<readonly RecordedAnswer[]> {
  if (!fs.existsSync(file)) return [];
  const read = await readRecording(fs.createReadStream(file, 'utf8'));
  if ('error' in read)
    throw new TouchstoneError('invalid-argument', `${file}:${read.line}: ${read.error}`, {
      remedy: 'Mend or remove the recording; nothing was written to it.',
    });
  return [...read.values()].flat();
}
