import type { Case } from '../../engine/dataset/case.ts';
import type { JsonObject } from '../../engine/json.ts';
import { parseModelRef } from '../../engine/model/modelClient.ts';
import { variantRequest } from '../../engine/run/variantRequest.ts';
import type { RequestState } from '../../protocol/views.ts';
import { requestPreview } from '../model/requestPreview.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Datasets } from './datasets.ts';
import { chooseCase } from './preview.ts';
import type { PromptUse } from './promptUse.ts';

/** What running a case would send, with edited values over those of the case. Nothing is sent. */
export async function caseRequest(
  workspace: Workspace,
  datasets: Datasets,
  use: PromptUse,
  caseIndex: number,
  vars: JsonObject = {},
): Promise<RequestState> {
  const { closure, suite } = use;
  const { metadata } = closure.document;
  const [variant] = metadata.model === undefined ? use.variants : [];
  const model = variant?.model ?? parseModelRef(metadata.model ?? '');
  if (model === null) return { note: 'No model is named yet: there is nothing to send it to.' };
  const chosen = await chooseCase(workspace, datasets, closure, suite?.dataset ?? null, caseIndex);
  const testCase = chosen?.testCase ?? NO_CASE;
  const given = { ...testCase, vars: { ...testCase.vars, ...vars } };
  const rendered = variantRequest({ closure, model, params: variant?.params ?? metadata.config }, given, 0);
  return rendered.ok ? requestPreview(workspace, rendered.request) : { note: rendered.error.message };
}

const NO_CASE: Case = { id: 'defaults', vars: {}, tags: [], metadata: {}, row: {}, index: 0, line: 0 };
