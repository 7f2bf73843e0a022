import type { Case } from '../../../../src/engine/dataset/case.ts';
import type { Json } from '../../../../src/engine/json.ts';
import type { KnownModel, ModelCatalogue } from '../../../../src/engine/language/modelCatalogue.ts';
import { promptLanguageProblems } from '../../../../src/engine/language/promptProblems.ts';
import type { DatasetView, PromptView } from '../../../../src/engine/language/promptView.ts';
import { suiteLanguageProblems } from '../../../../src/engine/language/suiteProblems.ts';
import type { SuiteView } from '../../../../src/engine/language/suiteView.ts';
import { LineIndex, type Problem } from '../../../../src/engine/problem.ts';
import { loadClosure } from '../../../../src/engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../../../src/engine/prompt/parsePrompt.ts';
import { type ParsedSuite, parseSuite } from '../../../../src/engine/suite/parseSuite.ts';

/** Files around the one that is looked at. */
export type Around = {
  readonly partials?: { readonly [name: string]: string };
  readonly suite?: string;
  /** The first case, by column; its keys are the columns. */
  readonly row?: { readonly [column: string]: Json };
};

const MODELS: { readonly [provider: string]: readonly KnownModel[] } = {
  openai: [
    { name: 'gpt-5-mini', title: 'GPT 5 mini', contextWindow: 400_000, inputPerMillion: 0.25, outputPerMillion: 2 },
    { name: 'gpt-5', title: null, contextWindow: null, inputPerMillion: null, outputPerMillion: null },
  ],
  ollama: [],
  replay: [],
};
export const CATALOGUE: ModelCatalogue = {
  providers: Object.keys(MODELS),
  modelsOf: (provider) => MODELS[provider] ?? [],
  find: ({ provider, name }) => MODELS[provider]?.find((model) => model.name === name) ?? null,
};

export const PROMPT = '/w/p.prompt';
export const SUITE = '/w/s.eval.yaml';
export const DATA = '/w/d.csv';

export async function promptView(text: string, around: Around = {}): Promise<PromptView> {
  const { partials = {}, suite } = around;
  const closure = await loadClosure(parsePrompt(text, PROMPT), async (name) =>
    partials[name] === undefined ? undefined : { path: `/w/_${name}.prompt`, text: partials[name] },
  );
  const uses = suite === undefined ? [] : [{ path: SUITE, parsed: parsedSuite(suite), dataset: datasetView(around) }];
  const names = Object.keys(partials).map((name) => ({ name, path: `/w/_${name}.prompt` }));
  return { closure, suites: uses, partials: names, models: CATALOGUE };
}

const parsedSuites = new Map<string, ParsedSuite>();

/** Read once: the suite stays while every prefix of a prompt is tried. */
function parsedSuite(text: string): ParsedSuite {
  const parsed = parsedSuites.get(text) ?? parseSuite(text, SUITE);
  parsedSuites.set(text, parsed);
  return parsed;
}

export async function suiteView(text: string, around: Around & { readonly prompt?: string } = {}): Promise<SuiteView> {
  const view = around.prompt === undefined ? null : await promptView(around.prompt, around);
  return {
    path: SUITE,
    text,
    parsed: parseSuite(text, SUITE),
    prompts: view ? [{ written: './p.prompt', path: PROMPT, closure: view.closure }] : [],
    dataset: datasetView(around),
    files: { prompts: ['./p.prompt', '../prompts/other.prompt'], datasets: ['./d.csv', './e.jsonl'] },
    models: CATALOGUE,
  };
}

export async function promptProblems(text: string, around: Around = {}): Promise<readonly Problem[]> {
  const view = await promptView(text, around);
  return [...view.closure.problems, ...promptLanguageProblems(view)];
}

export async function suiteProblems(
  text: string,
  around: Around & { readonly prompt?: string } = {},
): Promise<readonly Problem[]> {
  const view = await suiteView(text, around);
  return [...view.parsed.problems, ...suiteLanguageProblems(view)];
}

function datasetView({ row }: Around): DatasetView | null {
  if (row === undefined) return null;
  const columns = Object.keys(row);
  const own = (column: string) => !/^(id|tags|expected|history)$|^(expected|metadata)\./.test(column);
  const vars = Object.fromEntries(Object.entries(row).filter(([column]) => own(column)));
  const expected = Object.entries(row).filter(([column]) => column.startsWith('expected.'));
  const sample: Case = {
    ...{ id: '1', vars, tags: [], metadata: {}, row, index: 0, line: 1 },
    ...(expected.length > 0
      ? { expected: Object.fromEntries(expected.map(([key, value]) => [key.slice(9), value])) }
      : {}),
  };
  return {
    path: DATA,
    columns,
    headerRange: new LineIndex(columns.join(',')).range(0, columns.join(',').length),
    sample,
  };
}

/** Takes the mark `¦` out of a text and says where it stood. */
export function atMark(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('¦');
  if (offset === -1) throw new Error(`no ¦ in ${marked}`);
  return { text: marked.replace('¦', ''), offset };
}
