import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Draft } from '../draft.ts';
import type { RoleMark } from '../handlebarsRoles.ts';
import type { Span } from '../handlebarsTree.ts';
import type { TurnRule } from '../program.ts';
import type { PromptDocument } from '../promptDocument.ts';
import { toDocument } from '../toDocument.ts';
import { readJinja } from './parseJinjaFile.ts';
import { type FileContents, type PromptyFront, readPromptyFront } from './promptyFrontMatter.ts';
import { type PromptyModel, readPromptyModel } from './promptyModel.ts';
import { type PromptyProperty, readProperties, richInputs, schemaOf, toolDefinition } from './promptySchema.ts';
import { roleOfLine } from './promptyTurns.ts';
import { readMustache } from './readMustache.ts';

/**
 * Reads a Prompty file of the first or second version: YAML front matter, and a Jinja2 or Mustache template whose lines
 * `system:`, `user:` and `assistant:` begin messages. Connections and keys are not read: the model's provider has its own.
 *
 * @param files what the files named by `${file:…}` hold; null when they have not been read yet
 */
export function parsePrompty(text: string, path: string, files: FileContents | null = null): PromptDocument {
  const front = readPromptyFront(text, files);
  const model = readPromptyModel(front);
  const inputs = readProperties(front.value['inputs'], 'inputs');
  const outputs = readProperties(front.value['outputs'], 'outputs');
  const isSecond = isSecondVersion(front.value);
  const { definitions, problems: toolProblems } = toolsOf(model.tools, front);
  const template = text.slice(...front.body);
  const turns: TurnRule = model.isCompletion ? 'user' : isSecond ? 'prompty-2' : 'prompty-1';
  const language = templateLanguage(front.value['template']);
  const read = language === 'mustache' ? readMustache(template, turns) : readJinja(template, turns, richInputs(inputs));
  const sample = front.value['sample'];
  const schema = schemaOf(inputs, false);
  // Only the second version asks the model for its outputs; the first only says what they are.
  const output = isSecond && outputs.length > 0 ? { format: 'json', schema: schemaOf(outputs, true) } : model.output;
  return toDocument({
    path,
    text,
    format: 'prompty',
    metadata: {
      name: textOf(front.value['name']),
      description: textOf(front.value['description']),
      model: model.model,
      config: model.config,
      input: { schema, default: defaultsOf(inputs) },
      output,
      tools: [],
      toolDefinitions: definitions,
      extensions: {},
      raw: front.value,
    },
    frontMatter: front.span,
    keys: keySpans(front, model, inputs),
    body: front.body,
    roles: turns === 'user' ? [] : roleLines(template),
    files: front.files,
    samples: samplesOf(sample, inputs),
    problems: [...front.problems, ...model.problems, ...toolProblems, ...environmentInValues(front)],
    declares: !front.problems.some(({ severity }) => severity === 'error'),
    ...read,
    templateProblems: [...read.templateProblems, ...localImages(template, turns)],
  });
}

/** By the keys that only one of the versions has; files that have neither are of the second. */
function isSecondVersion({ model, sample, inputs, template }: JsonObject): boolean {
  const has = (value: Json | undefined, keys: readonly string[]) =>
    isJsonObject(value) && keys.some((key) => Object.hasOwn(value, key));
  if (has(model, ['id', 'provider', 'apiType', 'options'])) return true;
  if (has(model, ['api', 'configuration', 'parameters', 'response']) || sample !== undefined) return false;
  if (Array.isArray(inputs) || isJsonObject(template)) return Array.isArray(inputs) || has(template, ['format']);
  return !(isJsonObject(inputs) && Object.values(inputs).some((input) => has(input, ['type'])));
}

function templateLanguage(template: Json | undefined): 'jinja' | 'mustache' {
  const format = isJsonObject(template) ? (template['format'] ?? template['type']) : template;
  const kind = isJsonObject(format) ? format['kind'] : format;
  return kind === 'mustache' ? 'mustache' : 'jinja';
}

function defaultsOf(inputs: readonly PromptyProperty[]): JsonObject {
  const given = inputs.filter(({ settings }) => (settings['default'] ?? null) !== null);
  return Object.fromEntries(given.map(({ name, settings }) => [name, settings['default'] ?? null]));
}

/** The file's sample with those of single inputs; without any of them there is none. */
function samplesOf(sample: Json | undefined, inputs: readonly PromptyProperty[]): JsonObject[] {
  const single = inputs.filter(({ settings }) => (settings['sample'] ?? null) !== null);
  const values = Object.fromEntries(single.map(({ name, settings }) => [name, settings['sample'] ?? null]));
  if (!isJsonObject(sample)) return single.length > 0 ? [values] : [];
  return [{ ...values, ...sample }];
}

function toolsOf(tools: Json | undefined, front: PromptyFront): { definitions: JsonObject[]; problems: Draft[] } {
  const named: (readonly [string | undefined, Json, string])[] = Array.isArray(tools)
    ? tools.map((tool: Json, index) => [undefined, tool, `tools.${index}`])
    : Object.entries(isJsonObject(tools) ? tools : {}).map(([name, tool]) => [name, tool, `tools.${name}`]);
  const definitions: JsonObject[] = [];
  const problems: Draft[] = [];
  for (const [name, tool, path] of named) {
    const definition = toolDefinition(tool, name);
    if (definition) definitions.push(definition);
    else {
      const message = 'Only functions can be given to a model here; this tool is left out.';
      const span = front.spans.get(path) ?? front.spans.get('tools') ?? front.span ?? front.body;
      problems.push({
        severity: 'warning',
        code: 'unsupported-tool',
        message,
        remedy: 'Describe it as a function.',
        span,
      });
    }
  }
  return { definitions, problems };
}

/** What the environment holds must never get into a message, so an input cannot take its value from there. */
function environmentInValues({ environment, spans, body }: PromptyFront): Draft[] {
  return [...environment].flatMap(([path, { name }]): Draft[] => {
    if (!/^(?:inputs|sample)\./.test(path)) return [];
    const message = `The value would come from the environment variable ${name}, which is not put into messages.`;
    const remedy = 'Write the value here, or give it in the dataset.';
    return [{ severity: 'warning', code: 'environment-in-input', message, remedy, span: spans.get(path) ?? body }];
  });
}

/** Places by the names that a native prompt has for them. */
function keySpans(front: PromptyFront, model: PromptyModel, inputs: readonly PromptyProperty[]): Map<string, Span> {
  const keys = new Map(front.spans);
  const alias = (name: string, path: string) => {
    const span = front.spans.get(path);
    if (span) keys.set(name, span);
  };
  alias('model', model.modelPath);
  alias('input.schema', 'inputs');
  for (const name of Object.keys(model.config)) alias(`config.${name}`, `${model.configPath}.${name}`);
  for (const { name, path } of inputs)
    alias(`input.schema.${name}`, front.spans.has(`${path}.name`) ? `${path}.name` : path);
  return keys;
}

function roleLines(template: string): RoleMark[] {
  const marks: RoleMark[] = [];
  for (const line of template.matchAll(/[^\r\n]+/g)) {
    const role = roleOfLine(line[0]);
    const isComputed = /^\s*#?\s*\{\{-?\s*(?:\w+\.)*role\s*-?\}\}\s*:\s*$/.test(line[0]);
    if (role !== null || isComputed) marks.push({ role, span: [line.index, line.index + line[0].length] });
  }
  return marks;
}

/** The first version reads pictures from files beside the prompt. */
function localImages(template: string, turns: TurnRule): Draft[] {
  if (turns !== 'prompty-1') return [];
  return [...template.matchAll(/!\[[^\]]*\]\(([^)\n{]+)\)/g)].flatMap((match): Draft[] => {
    if (/^\s*(?:https?:|data:)/.test(match[1] ?? '')) return [];
    const message = 'A picture is given by an https: or data: URL; files are not read into messages.';
    const remedy = 'Give its address, or the picture itself as a data: URL.';
    return [
      { severity: 'error', code: 'media-url', message, remedy, span: [match.index, match.index + match[0].length] },
    ];
  });
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
