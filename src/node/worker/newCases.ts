import path from 'node:path';
import { isJsonObject, type Json } from '../../engine/json.ts';
import { promptStem } from '../../engine/prompt/formats/promptPath.ts';
import type { PromptDocument } from '../../engine/prompt/promptDocument.ts';
import type { NewCases } from '../../protocol/worker.ts';

/**
 * A first suite and table for a prompt: a column for each variable and for each expected value, and one row that can be
 * evaluated as it stands, so that the first run ends in a score.
 *
 * @param exists whether a file name is taken; taken ones are avoided, so nothing is ever overwritten
 */
export function planNewCases(document: PromptDocument, exists: (path: string) => boolean): NewCases {
  const folder = path.dirname(document.path);
  const promptName = path.basename(document.path);
  const base = freeName(folder, promptStem(promptName), exists);
  const expected = expectedLabels(document);
  return {
    suitePath: path.join(folder, `${base}.eval.yaml`),
    suiteText: suiteText(promptName, base, expected),
    dataPath: path.join(folder, `${base}.csv`),
    dataText: dataText(document, expected),
  };
}

/** Names of variables: those that the schema declares, else those that the template reads. */
function variableNames({ metadata, variables }: PromptDocument): readonly string[] {
  const { schema, default: defaults } = metadata.input;
  const declared = isJsonObject(schema) && isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  const names = declared.length > 0 ? declared : [...variables.map(({ name }) => name), ...Object.keys(defaults)];
  return [...new Set(names)];
}

type Label = { readonly name: string; readonly example: string };

/** Fields of a JSON answer that a person can simply be asked for: `category`, `urgent`. Empty for a text. */
function expectedLabels({ metadata }: PromptDocument): readonly Label[] {
  const { schema } = metadata.output;
  if (!isJsonObject(schema) || !isJsonObject(schema['properties'])) return [];
  return Object.entries(schema['properties']).flatMap(([name, property]) => {
    const example = exampleLabel(property);
    return example === null ? [] : [{ name, example }];
  });
}

/** For a choice, a number or a yes/no; null for free text, which is rarely equal to what was expected. */
function exampleLabel(property: Json): string | null {
  if (!isJsonObject(property)) return null;
  const options = property['enum'];
  if (Array.isArray(options)) {
    const [first = ''] = options.filter((option) => option !== null);
    return typeof first === 'string' ? first : JSON.stringify(first);
  }
  const type = property['type'];
  const types = Array.isArray(type) ? type : [type];
  if (types.includes('boolean')) return 'false';
  return types.includes('integer') || types.includes('number') ? '0' : null;
}

function suiteText(promptName: string, base: string, expected: readonly Label[]): string {
  const metrics =
    expected.length === 0
      ? [
          '  # Words shared with the expected answer; a case passes with half of them.',
          '  - token-f1: { expected: "{{expected}}", threshold: 0.5 }',
        ]
      : expected.map(
          ({ name }) => `  - equals: { path: ${name}, expected: "{{expected.${name}}}" }\n    name: ${name}`,
        );
  return [
    '# What is measured: the prompt on every row of the table. Evaluate with the lens above this line.',
    `prompts: [${JSON.stringify(`./${promptName}`)}]`,
    `data: ${JSON.stringify(`./${base}.csv`)}`,
    'metrics:',
    ...metrics,
    '',
  ].join('\n');
}

function dataText(document: PromptDocument, expected: readonly Label[]): string {
  const defaults = document.metadata.input.default;
  const variables = variableNames(document);
  const columns = [
    'id',
    ...variables,
    ...(expected.length === 0 ? ['expected'] : expected.map(({ name }) => `expected.${name}`)),
  ];
  const example = variables.map((name) => {
    const value = defaults[name];
    if (value === undefined) return `Replace this with a ${name}`;
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
  const answers = expected.length === 0 ? ['Replace this with a good answer'] : expected.map((label) => label.example);
  const rows = [columns, ['example', ...example, ...answers]];
  return `${rows.map((cells) => cells.map(cell).join(',')).join('\n')}\n`;
}

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function freeName(folder: string, wanted: string, exists: (path: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const base = number === 1 ? wanted : `${wanted}-${number}`;
    if (['.eval.yaml', '.eval.yml', '.csv'].every((ending) => !exists(path.join(folder, base + ending)))) return base;
  }
}
