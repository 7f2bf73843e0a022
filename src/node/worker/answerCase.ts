import type { Case } from '../../engine/dataset/case.ts';
import type { JsonObject } from '../../engine/json.ts';
import { formatModelRef } from '../../engine/model/modelClient.ts';
import type { CaseAnswer } from '../../protocol/worker.ts';
import type { ModelAccess } from '../model/access.ts';
import { runCase } from '../runCase.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Datasets } from './datasets.ts';
import { gatherText } from './gatherText.ts';
import { chooseCase } from './preview.ts';
import { openPrompt } from './promptUse.ts';

export type AnswerPorts = {
  readonly signal: AbortSignal;
  readonly onDelta: (text: string) => void;
  readonly access: ModelAccess;
};

/** Asks the prompt's model about one case of its dataset, or with its own sample or the defaults alone when there is none. */
export async function answerCase(
  workspace: Workspace,
  datasets: Datasets,
  asked: {
    readonly file: string;
    readonly caseIndex: number;
    readonly suite: string | undefined;
    readonly vars: JsonObject | undefined;
  },
  { signal, onDelta, access }: AnswerPorts,
): Promise<CaseAnswer> {
  const use = await openPrompt(workspace, asked.file, asked.suite);
  const chosen = await chooseCase(workspace, datasets, use.closure, use.suite?.dataset ?? null, asked.caseIndex);
  const testCase = chosen?.testCase ?? { ...NO_CASE, vars: use.closure.document.samples[0] ?? {} };
  const gathered = gatherText(onDelta);
  try {
    // The prompt's own model and parameters; a prompt that names none takes those of its suite.
    const [variant] = use.closure.document.metadata.model === undefined ? use.variants : [];
    const {
      messages: _messages,
      rawRequest: _rawRequest,
      ...answer
    } = await runCase(
      workspace,
      asked.file,
      { ...testCase, vars: { ...testCase.vars, ...asked.vars } },
      {
        signal,
        onDelta: gathered.add,
        access,
        suitePath: use.suite?.path,
        model: variant && formatModelRef(variant.model),
        params: variant?.params,
      },
    );
    return answer;
  } finally {
    gathered.flush();
  }
}

const NO_CASE: Case = { id: 'defaults', vars: {}, tags: [], metadata: {}, row: {}, index: 0, line: 0 };
