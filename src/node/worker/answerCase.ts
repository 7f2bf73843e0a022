import type { Case } from '../../engine/dataset/case.ts';
import { formatModelRef } from '../../engine/model/modelClient.ts';
import type { CaseToRun, OutputCheck } from '../../protocol/answers.ts';
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
  readonly onCheck: (check: OutputCheck) => void;
  readonly access: ModelAccess;
};

/** Asks a model about one case of the prompt's dataset, or with its own sample or the defaults alone when there is none. */
export async function answerCase(
  workspace: Workspace,
  datasets: Datasets,
  file: string,
  { caseIndex, suitePath, vars, model, params, version, turns }: CaseToRun,
  { signal, onDelta, onCheck, access }: AnswerPorts,
): Promise<CaseAnswer> {
  const use = await openPrompt(workspace, file, suitePath);
  const chosen = await chooseCase(workspace, datasets, use.closure, use.suite?.dataset ?? null, caseIndex);
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
      file,
      { ...testCase, vars: { ...testCase.vars, ...vars } },
      {
        signal,
        onDelta: gathered.add,
        onCheck,
        access,
        suitePath: use.suite?.path,
        model: model ?? (variant && formatModelRef(variant.model)),
        params: { ...variant?.params, ...params },
        version,
        turns,
      },
    );
    return answer;
  } finally {
    gathered.flush();
  }
}

const NO_CASE: Case = { id: 'defaults', vars: {}, tags: [], metadata: {}, row: {}, index: 0, line: 0 };
