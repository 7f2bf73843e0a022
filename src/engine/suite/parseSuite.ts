import type * as z from 'zod';
import { DEFAULT_COMPARE } from '../compare/comparePolicy.ts';
import type { ColumnMapping } from '../dataset/case.ts';
import { DATASET_EXTENSIONS, datasetFormat } from '../dataset/datasetFormat.ts';
import { isJsonObject, type Json } from '../json.ts';
import type { JudgeOption } from '../judge/judgeOption.ts';
import type { CompositePolicy } from '../metric/composite/compositePolicy.ts';
import { readFormula } from '../metric/composite/formula.ts';
import type { MetricDeclaration } from '../metric/metric.ts';
import { parseModelRef } from '../model/modelClient.ts';
import { hasErrors, type Problem, type SourceRange } from '../problem.ts';
import { readMetrics } from './metricEntry.ts';
import { suggest } from './nearest.ts';
import { PRESETS } from './presets.ts';
import type { Located, Suite } from './suite.ts';
import { DEFAULT_THRESHOLD, suiteShape } from './suiteShape.ts';
import { type Path, YamlFile } from './yamlFile.ts';

export type ParsedSuite = {
  /** null as soon as one problem is an error. */
  readonly suite: Suite | null;
  readonly problems: readonly Problem[];
  /** What the suite names as far as it could be read, so that the files are checked in the same pass as the suite. */
  readonly named: {
    readonly prompts: readonly Located<string>[];
    readonly data: Located<string> | null;
    readonly columns: ColumnMapping;
    readonly metrics: readonly Located<MetricDeclaration>[];
    readonly judge: Located<JudgeOption> | null;
  };
  /** Where a part of the suite stands, e.g. `['columns', 'vars', 'ticket']`. */
  readonly rangeOf: (path: Path) => SourceRange;
};

/** Reads a suite. Never throws: every problem is listed with its place. */
export function parseSuite(text: string, path: string): ParsedSuite {
  const file = new YamlFile(text, path);
  const fields = readFields(file);
  const located = (key: string, values: readonly string[] = []): Located<string>[] =>
    values.map((value, index) => ({ value, range: file.range([key, index]) }));

  const prompts = unique(located('prompts', fields.prompts), file);
  const models = unique(located('models', fields.models), file);
  for (const { value, range } of models) {
    if (parseModelRef(value) !== null) continue;
    file.error(
      range,
      'invalid-model',
      `\`${value}\` is not a model.`,
      'Write `provider/name`, e.g. `openai/gpt-5-mini`.',
    );
  }
  const data = fields.data === undefined ? null : { value: fields.data, range: file.range(['data']) };
  if (data !== null && datasetFormat(data.value) === null) {
    const remedy = `A dataset ends in ${DATASET_EXTENSIONS.join(', ')}.`;
    file.error(data.range, 'unknown-dataset-format', `\`${data.value}\` is not a dataset.`, remedy);
  }
  const preset = fields.preset && PRESETS[fields.preset];
  const metrics = readMetrics(fields.metrics ?? [], file, preset?.metrics);
  const judge = fields.judge === undefined ? null : { value: fields.judge, range: file.range(['judge']) };
  const columns: ColumnMapping = fields.columns ?? {};
  checkSlices(fields, metrics, file);
  checkFormula(fields, metrics, file);

  const repeats = typeof fields.repeats === 'number' ? { times: fields.repeats } : fields.repeats;
  checkRepeats(repeats, file);

  const suite: Suite | null =
    data === null || hasErrors(file.problems)
      ? null
      : {
          path,
          name: fields.name ?? null,
          prompts,
          models,
          params: (fields.params ?? {}) satisfies { readonly [name: string]: readonly Json[] },
          data,
          columns,
          repeats: repeats?.times ?? 1,
          metrics,
          judge,
          composite: {
            threshold: fields.composite?.threshold ?? preset?.threshold ?? DEFAULT_THRESHOLD,
            missing: fields.composite?.missing ?? 'renormalise',
            ...(fields.composite?.mean && { mean: fields.composite.mean }),
            ...(fields.composite?.formula && { formula: fields.composite.formula }),
            ...(fields.composite?.slices?.length && { slices: fields.composite.slices }),
            ...repeatPolicy(repeats),
          },
          concurrency: fields.concurrency ?? null,
          budgetUsd: fields.budget?.usd ?? null,
          baseline: fields.baseline ?? null,
          compare: {
            margin: fields.compare?.margin ?? DEFAULT_COMPARE.margin,
            confidence: fields.compare?.confidence ?? DEFAULT_COMPARE.confidence,
            correction: fields.compare?.correction ?? DEFAULT_COMPARE.correction,
            ...(fields.compare?.test && { test: fields.compare.test }),
            ...(fields.compare?.stopWhenDecided && { isSequential: true }),
          },
          compareWith: fields.compare?.baseline ?? null,
          gate: {
            passRate: fields.gate?.passRate ?? null,
            composite: fields.gate?.composite ?? null,
            verdict: fields.gate?.verdict ?? null,
          },
        };
  return {
    suite,
    problems: byPlace(file.problems),
    named: { prompts, data, columns, metrics, judge },
    rangeOf: (at) => file.range(at),
  };
}

type Fields = Partial<z.infer<typeof suiteShape>>;

/** Key by key, so that one wrong key hides nothing of the others. */
function readFields(file: YamlFile): Fields {
  const { value } = file;
  // A file that is not YAML says nothing about its keys.
  if (value === undefined) return {};
  if (!isJsonObject(value)) {
    const remedy = 'Begin with `prompts:`, `data:` and `metrics:`.';
    file.error(file.range([]), 'wrong-type', 'A suite is a mapping of keys to values.', remedy);
    return {};
  }
  const { shape } = suiteShape;
  const fields: { [key: string]: unknown } = {};
  for (const [key, schema] of Object.entries(shape)) {
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    // A preset has metrics of its own.
    if (key === 'metrics' && given === undefined && Object.hasOwn(value, 'preset')) continue;
    const parsed = file.check<unknown>(schema, given, [key]);
    if (parsed !== undefined) fields[key] = parsed;
  }
  const known = new Set(Object.keys(shape));
  const unknown = Object.fromEntries(Object.entries(value).filter(([key]) => !known.has(key)));
  if (Object.keys(unknown).length > 0) file.check(suiteShape.partial(), unknown, []);
  return fields as Fields;
}

function unique(values: readonly Located<string>[], file: YamlFile): Located<string>[] {
  const seen = new Set<string>();
  return values.filter(({ value, range }) => {
    if (!seen.has(value)) return seen.add(value);
    file.warn(range, 'listed-twice', `\`${value}\` is listed twice; it is evaluated once.`, 'Remove one of them.');
    return false;
  });
}

type Repeats = Exclude<Fields['repeats'], number>;

function repeatPolicy(repeats: Repeats): Pick<CompositePolicy, 'repeats'> {
  if (repeats?.score === undefined && repeats?.pass === undefined) return {};
  const { score, pass } = repeats;
  return { repeats: { ...(score && { score }), ...(pass && { pass }) } };
}

function checkRepeats(repeats: Repeats, file: YamlFile): void {
  if (typeof repeats?.pass !== 'number' || repeats.pass <= repeats.times) return;
  const message = `Of ${repeats.times} repeats ${repeats.pass} can never pass.`;
  file.error(file.range(['repeats', 'pass']), 'invalid-value', message, 'Write at most as many as `times`.');
}

function checkFormula({ composite }: Fields, metrics: readonly Located<MetricDeclaration>[], file: YamlFile): void {
  if (composite?.formula === undefined) return;
  const range = file.range(['composite', 'formula']);
  if (composite.mean !== undefined) {
    const message = 'The composite has both a `mean` and a `formula`.';
    file.error(file.range(['composite', 'mean']), 'conflicting-keys', message, 'Remove one of them.');
  }
  const names = metrics.map(({ value }) => value.name);
  const read = readFormula(composite.formula, names);
  if (!('error' in read)) return;
  const remedy = `The metrics are: ${names.join(', ')}. Between them: + - * / ( ), min, max and mean.`;
  file.error(range, 'invalid-formula', `The formula cannot be read at character ${read.at + 1}: ${read.error}`, remedy);
}

/** A weight for a metric that is not there would do nothing, and a formula knows no weights. */
function checkSlices({ composite }: Fields, metrics: readonly Located<MetricDeclaration>[], file: YamlFile): void {
  const slices = composite?.slices ?? [];
  if (slices.length > 0 && composite?.formula !== undefined) {
    const message = 'The composite has `slices` and a `formula`, which knows no weights.';
    file.error(file.range(['composite', 'slices']), 'conflicting-keys', message, 'Remove one of them.');
  }
  const names = metrics.map(({ value }) => value.name);
  slices.forEach(({ weights }, index) => {
    for (const named of Object.keys(weights).filter((each) => !names.includes(each))) {
      const range = file.keyRange(['composite', 'slices', index, 'weights', named]);
      file.error(
        range,
        'unknown-key',
        `There is no metric named \`${named}\` here.`,
        suggest(named, names, 'They are'),
      );
    }
  });
}

function byPlace(problems: readonly Problem[]): readonly Problem[] {
  return problems.toSorted((a, b) => a.range.start.offset - b.range.start.offset);
}
