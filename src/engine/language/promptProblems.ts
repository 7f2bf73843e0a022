import type { Json } from '../json.ts';
import { paramFault, paramsOf } from '../model/modelParams.ts';
import { hasErrors, LineIndex, type Problem } from '../problem.ts';
import type { Draft } from '../prompt/draft.ts';
import { placeDraft } from '../prompt/draft.ts';
import { inputVariables } from '../prompt/inputVariables.ts';
import { modelFault } from './modelCatalogue.ts';
import { portabilityProblems } from './portability.ts';
import { frontMatterOf, givenVariables, type PromptView, type SuiteUse } from './promptView.ts';
import { rolesInLines } from './rolePlaces.ts';

/** Problems beyond those of the parser: what the editor knows from the suites, the datasets and the models. Never errors. */
export function promptLanguageProblems(view: PromptView): Problem[] {
  const { document } = view.closure;
  const lines = new LineIndex(document.text);
  const base = document.templateRange.start.offset;
  return [
    ...[...modelProblem(view), ...paramProblems(view), ...rolesInLines(document)].map((draft) =>
      placeDraft(draft, document.path, lines),
    ),
    ...portabilityProblems(document).map((draft) => placeDraft(draft, document.path, lines, base)),
    ...(hasErrors(document.problems) ? [] : view.suites.flatMap((suite) => columnProblems(view, suite))),
  ];
}

function modelProblem({ closure: { document }, models }: PromptView): Draft[] {
  const { model } = document.metadata;
  const span = frontMatterOf(document).values.get('model');
  if (model === undefined || model.trim() === '' || span === undefined) return [];
  const fault = modelFault(model, models);
  if (fault === null) return [];
  const { code, message, remedy } = fault;
  // A name that is not in a list may be newer than the list.
  return [{ severity: code === 'unknown-model' ? 'info' : 'warning', code, message, remedy, span }];
}

function paramProblems({ closure: { document } }: PromptView): Draft[] {
  const { keys, values } = frontMatterOf(document);
  return Object.entries(paramsOf(document.metadata.config)).flatMap(([name, value]): Draft[] => {
    const fault = paramFault(name, value as Json);
    if (fault === null) return [];
    const { code, message, remedy } = fault;
    const onKey = code === 'unknown-param';
    const span = (onKey ? keys : values).get(`config.${name}`) ?? [0, 0];
    return [{ severity: onKey ? 'info' : 'warning', code, message, remedy, span }];
  });
}

/** Variables that the suite's dataset does not give, at the first place that reads them. */
function columnProblems({ closure }: PromptView, suite: SuiteUse): Problem[] {
  const { dataset, parsed } = suite;
  if (dataset === null || dataset.columns.length === 0) return [];
  const given = new Set(givenVariables(suite));
  const { default: defaults } = closure.document.metadata.input;
  const seen = new Set<string>();
  return inputVariables(closure).flatMap(({ name, range, file }): Problem[] => {
    if (seen.has(name) || given.has(name) || Object.hasOwn(defaults, name)) return [];
    seen.add(name);
    const spare = dataset.columns.filter((column) => !given.has(column) || parsed.named.columns.vars === undefined);
    return [
      {
        severity: 'warning',
        code: 'variable-without-column',
        message: `No column of ${baseName(dataset.path)} gives the variable "${name}", and it has no default.`,
        remedy:
          spare.length === 0
            ? `Add the column "${name}", or give it a default in input.default.`
            : `Add the column "${name}", map one in the suite (columns.vars), or give it a default in input.default.`,
        file,
        range,
      },
    ];
  });
}

/** The warning of a prompt that is longer than its model can read. */
export function overflowProblem(
  view: PromptView,
  tokens: number,
  exact: boolean,
  contextWindow: number,
): Problem | null {
  if (tokens <= contextWindow) return null;
  const { document } = view.closure;
  const shown = `${exact ? '' : 'about '}${tokens.toLocaleString('en-US')}`;
  return {
    severity: 'warning',
    code: 'context-overflow',
    message: `With this case the prompt has ${shown} tokens; ${document.metadata.model} reads ${contextWindow.toLocaleString('en-US')}.`,
    remedy: 'Shorten the prompt or the case, or choose a model with a larger context.',
    file: document.path,
    range: document.keyRanges.get('model') ?? document.templateRange,
  };
}

function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}
