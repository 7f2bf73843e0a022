import { metricDefinition } from '../metric/registry.ts';
import { describeParam, MODEL_PARAMS, modelParam, paramValues } from '../model/modelParams.ts';
import { metricSiblings } from '../suite/metricEntry.ts';
import { completeModel } from './completeModel.ts';
import { atKey, atSpan, type Completion, type Offer } from './completion.ts';
import { keyDoc } from './frontMatterKeys.ts';
import { schemaProperties } from './promptView.ts';
import { metricDocs, metricOptions, suiteKeys } from './suiteKeys.ts';
import { type SuiteView, templatePaths } from './suiteView.ts';
import { yamlCursor } from './yamlCursor.ts';

/** What may be written at an offset of a suite. Works on a half-typed file; empty where there is nothing to offer. */
export function completeSuite(view: SuiteView, offset: number): Completion[] {
  const { text } = view;
  const template = /\{\{\{?\s*([\w.-]*)$/.exec(text.slice(Math.max(0, offset - 200), offset));
  if (template !== null) {
    const rest = /^[\w.-]*/.exec(text.slice(offset))?.[0].length ?? 0;
    const offers = templatePaths(view).map(
      (label): Offer => ({ kind: 'template-value', label, detail: fromWhere(label) }),
    );
    return atSpan(offers, [offset - (template[1] ?? '').length, offset + rest]);
  }
  const cursor = yamlCursor(text, [0, text.length], offset);
  if (cursor === null) return [];
  const { path, at, siblings, span, typed } = cursor;
  if (at === 'value') return atSpan(values(view, path, typed), span);
  return atKey(
    keys(view, path).filter(({ label }) => !siblings.includes(label)),
    span,
    text,
  );
}

function keys(view: SuiteView, path: readonly string[]): Offer[] {
  const [first, second, third] = path;
  if (first === 'metrics') {
    if (second !== '[]') return [];
    if (third === undefined) return [...metrics(true), ...siblingOffers()];
    return metricOptions(third).map(
      ({ name, description }): Offer => ({
        kind: 'metric-option',
        label: name,
        insert: `${name}: `,
        documentation: description,
      }),
    );
  }
  if (first === 'params' && path.length === 1) {
    return MODEL_PARAMS.map(
      (known): Offer => ({
        kind: 'param',
        label: known.name,
        insert: `${known.name}: `,
        detail: describeParam(known),
        documentation: known.description,
      }),
    );
  }
  if (first === 'columns' && second === 'vars') {
    return variablesOf(view).map(
      (label): Offer => ({ kind: 'variable', label, insert: `${label}: `, detail: 'a variable of the prompts' }),
    );
  }
  // The elements of `prompts` and `models` look like keys until a colon is there.
  if (second === '[]' && (first === 'prompts' || first === 'models')) return values(view, path, '');
  const below = path.length === 0 ? suiteKeys() : (keyDoc(suiteKeys(), path)?.keys ?? []);
  return below.map(
    ({ name, description, keys: inner }): Offer => ({
      kind: 'suite-key',
      label: name,
      insert: inner || name === 'metrics' ? `${name}:` : `${name}: `,
      documentation: description,
    }),
  );
}

function values(view: SuiteView, path: readonly string[], typed: string): Offer[] {
  const [first, second, third] = path;
  const paths = (files: readonly string[]): Offer[] => files.map((label): Offer => ({ kind: 'path', label }));
  switch (first) {
    case 'prompts':
      return paths(view.files.prompts);
    case 'data':
      return paths(view.files.datasets);
    case 'models': {
      const own = view.prompts
        .map(({ closure }) => closure.document.metadata.model ?? '')
        .filter((model) => model !== '');
      return completeModel(typed, [...new Set(own)], view.models);
    }
    case 'params': {
      const known = modelParam(second ?? '');
      return known
        ? paramValues(known).map((label): Offer => ({ kind: 'param-value', label, detail: describeParam(known) }))
        : [];
    }
    case 'columns':
      return (view.dataset?.columns ?? []).map((label): Offer => ({ kind: 'column', label }));
    case 'metrics': {
      if (second === '[]' && third === undefined) return metrics(false);
      const option = path.at(-1) ?? '';
      if (path.length === 3) return option === 'gate' ? booleans() : [];
      const doc = metricOptions(third ?? '').find(({ name }) => name === option);
      return (doc?.values ?? []).map((label): Offer => ({ kind: 'suite-value', label }));
    }
    default:
      return (keyDoc(suiteKeys(), path)?.values ?? []).map((label): Offer => ({ kind: 'suite-value', label }));
  }
}

/** @param asKeys with the colon that options follow */
function metrics(asKeys: boolean): Offer[] {
  return metricDocs().map(({ kind, summary }): Offer => {
    const takesOptions = asKeys && metricOptions(kind).length > 0;
    return {
      kind: 'metric',
      label: kind,
      insert: takesOptions ? `${kind}: ` : kind,
      detail: metricDefinition(kind)?.family ?? '',
      documentation: summary,
    };
  });
}

function siblingOffers(): Offer[] {
  return Object.entries(metricSiblings.shape).map(
    ([name, schema]): Offer => ({
      kind: 'suite-key',
      label: name,
      insert: `${name}: `,
      documentation: schema.meta()?.description ?? '',
    }),
  );
}

function booleans(): Offer[] {
  return ['true', 'false'].map((label): Offer => ({ kind: 'suite-value', label }));
}

function variablesOf({ prompts }: SuiteView): string[] {
  return [
    ...new Set(
      prompts.flatMap(({ closure: { document } }) => [
        ...Object.keys(schemaProperties(document)),
        ...document.variables.map(({ name }) => name),
      ]),
    ),
  ];
}

function fromWhere(path: string): string {
  if (path === 'output') return "the model's answer";
  return path === 'tags' || path === 'id' ? 'of the case' : 'a column of the dataset';
}
