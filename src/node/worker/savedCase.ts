import { appendCase, type NewCase } from '../../engine/dataset/appendCase.ts';
import { datasetFormat } from '../../engine/dataset/datasetFormat.ts';
import { readCases } from '../../engine/dataset/readCases.ts';
import { parseJson } from '../../engine/dataset/readCell.ts';
import { isJsonObject, type Json, type JsonObject } from '../../engine/json.ts';
import { conversationCase } from '../../engine/prompt/conversationCase.ts';
import type { Message } from '../../engine/prompt/message.ts';
import type { SavedCase } from '../../protocol/worker.ts';
import { isReallyInside } from '../workspace/paths.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { Datasets } from './datasets.ts';
import { chooseCase } from './preview.ts';
import type { PromptUse } from './promptUse.ts';

export type CaseToSave = {
  readonly caseIndex: number;
  /** Over those of the case. */
  readonly vars: JsonObject;
  /** What the new case expects; null for nothing. */
  readonly expected: string | null;
  /** What was said after the prompt's own messages, up to what the model is to answer. */
  readonly turns?: readonly Message[];
};

/** The edits that add what the playground shows to the prompt's dataset. Nothing is written: the editor applies them. */
export async function savedCase(
  workspace: Workspace,
  datasets: Datasets,
  use: PromptUse,
  { caseIndex, vars, expected, turns = [] }: CaseToSave,
): Promise<SavedCase> {
  const dataset = use.suite?.dataset ?? null;
  const format = dataset && datasetFormat(dataset.file);
  if (dataset === null || format === null) {
    return { ok: false, message: 'No suite with a dataset names this prompt. Add test cases first.' };
  }
  if (!(await isReallyInside(workspace.root, dataset.file))) {
    return { ok: false, message: `${dataset.file} lies outside the workspace: nothing is written to it.` };
  }
  const text = await workspace.files.readText(dataset.file);
  const from = (await chooseCase(workspace, datasets, use.closure, dataset, caseIndex))?.testCase;
  const taken = await idsIn(text, { ...dataset, format });
  const idColumn = dataset.columns.id ?? 'id';
  const shown = { vars: { ...from?.vars, ...vars }, history: from?.history };
  const content = turns.length === 0 ? shown : conversationCase(use.closure, shown, turns);
  if (content === null) return { ok: false, message: NO_PLACE };
  const hasIds = from === undefined || Object.hasOwn(from.row, idColumn);
  const added: NewCase = {
    ...(hasIds ? { id: freeId(from?.id ?? 'case', taken) } : {}),
    vars: content.vars,
    ...(expected === null ? {} : { expected: readExpected(expected) }),
    ...(from === undefined ? {} : { tags: from.tags }),
    ...(content.history === undefined ? {} : { history: content.history }),
  };
  const result = await appendCase(text, { format, columns: dataset.columns }, added);
  if ('refusal' in result) return { ok: false, message: result.refusal };
  return { ok: true, path: dataset.file, length: text.length, edits: result.edits, caseIndex: taken.size };
}

const NO_PLACE =
  'The prompt has no place for these turns, so no case would send them. Write {{history}} at its end, or make its last message one variable.';

/** An answer in JSON is expected member by member, any other as the text that it is. */
function readExpected(text: string): Json {
  const json = parseJson(text);
  return isJsonObject(json) ? json : text;
}

async function idsIn(
  text: string,
  {
    file,
    columns,
    format,
  }: {
    file: string;
    columns: Parameters<typeof readCases>[1]['columns'];
    format: NonNullable<ReturnType<typeof datasetFormat>>;
  },
): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  const options = { path: file, format, columns, onProblem: () => undefined };
  for await (const { id } of readCases(once(text), options)) ids.add(id);
  return ids;
}

/** `refund-2`, `refund-3`, … behind the case that it was made from. */
function freeId(base: string, taken: ReadonlySet<string>): string {
  const stem = base.replace(/-\d+$/, '');
  for (let number = 2; ; number += 1) {
    const id = `${stem}-${number}`;
    if (!taken.has(id)) return id;
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
