import type { Case } from '../../engine/dataset/case.ts';
import { coerceVars } from '../../engine/dataset/coerceVars.ts';
import { datasetFormat, isTextOnly } from '../../engine/dataset/datasetFormat.ts';
import { agreedTypes } from '../../engine/dataset/promptNeeds.ts';
import type { JsonObject } from '../../engine/json.ts';
import { jsonEqual } from '../../engine/metric/structured/jsonEqual.ts';
import { inputFields } from '../../engine/prompt/inputFields.ts';
import type { PromptClosure } from '../../engine/prompt/promptDocument.ts';
import { tracePrompt } from '../../engine/prompt/renderPrompt.ts';
import type { PreviewState } from '../../protocol/views.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { DatasetRef, Datasets } from './datasets.ts';
import type { PromptUse } from './promptUse.ts';

/** More than a reader can look at; the rest of a huge text is shown without its sources. */
const MAX_SOURCES = 20_000;
/** A large dataset is still being counted after this; the count follows with the next preview. */
const COUNT_PATIENCE_MS = 150;

/**
 * The messages of a prompt with one case of its dataset; without a dataset with the file's own sample, or the defaults alone.
 *
 * @param edited values that stand in for those of the case
 */
export async function previewPrompt(
  workspace: Workspace,
  datasets: Datasets,
  use: PromptUse,
  caseIndex: number,
  edited: JsonObject = {},
): Promise<PreviewState> {
  const { closure } = use;
  const dataset = use.suite?.dataset ?? null;
  const chosen = await chooseCase(workspace, datasets, closure, dataset, caseIndex);
  const sample = dataset === null ? closure.document.samples[0] : undefined;
  const given = chosen?.testCase.vars ?? sample ?? {};
  const vars = { ...given, ...edited };
  const rendered = tracePrompt(closure, { vars, history: chosen?.testCase.history });
  const problems = [...new Map([...closure.problems, ...rendered.problems].map((one) => [key(one), one])).values()];
  return {
    caseIndex: chosen?.index ?? 0,
    caseCount: dataset === null ? null : await countSoon(workspace, datasets, dataset),
    caseId: chosen?.testCase.id ?? null,
    vars: { ...closure.document.metadata.input.default, ...vars },
    given: Object.keys(given),
    edited: Object.keys(edited).filter((name) => !jsonEqual(edited[name] ?? null, given[name] ?? null)),
    fields: inputFields(closure),
    expected: chosen?.testCase.expected ?? null,
    messages: rendered.messages,
    sources: rendered.sources.map((parts) => parts.map((part) => part?.slice(0, MAX_SOURCES) ?? null)),
    isStale: false,
    // Without a dataset every variable without a default is missing: the form says so better than a list of problems.
    problems: chosen || sample || Object.keys(edited).length > 0 ? problems : closure.problems,
  };
}

/** The case at an index, or the last one when the dataset has become shorter; its variables of the types that the prompt declares. */
export async function chooseCase(
  workspace: Workspace,
  datasets: Datasets,
  closure: PromptClosure,
  dataset: DatasetRef | null,
  caseIndex: number,
): Promise<{ readonly testCase: Case; readonly index: number } | null> {
  if (dataset === null) return null;
  let index = caseIndex;
  let read = await datasets.caseAt(workspace, dataset, index);
  if (read === null && index > 0) {
    const count = (await datasets.facts(workspace, dataset))?.cases ?? 0;
    index = Math.max(0, Math.min(index, count - 1));
    read = await datasets.caseAt(workspace, dataset, index);
  }
  if (read === null) return null;
  const { types } = agreedTypes(isTextOnly(datasetFormat(dataset.file)) ? [closure] : []);
  return { testCase: { ...read, vars: coerceVars(read.vars, types).vars }, index };
}

async function countSoon(workspace: Workspace, datasets: Datasets, dataset: DatasetRef): Promise<number | null> {
  const counted = datasets.facts(workspace, dataset).then((facts) => facts?.cases ?? null);
  const patience = new Promise<null>((resolve) => setTimeout(resolve, COUNT_PATIENCE_MS, null).unref());
  return Promise.race([counted, patience]);
}

function key(problem: PreviewState['problems'][number]): string {
  return JSON.stringify([problem.code, problem.file, problem.range.start.offset, problem.message]);
}
