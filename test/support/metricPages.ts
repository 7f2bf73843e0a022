import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../src/engine/json.ts';
import { judgeSpecs } from '../../src/engine/judge/judgeOption.ts';
import { createMetric } from '../../src/engine/metric/createMetric.ts';
import { rangeWords } from '../../src/engine/metric/definitionWords.ts';
import type { MetricDefinition, MetricTools } from '../../src/engine/metric/metric.ts';
import { metricDefinition, metricKinds } from '../../src/engine/metric/registry.ts';

/** The pages of docs/metrics by file name: one for each family, and an index. */
export function metricPages(): ReadonlyMap<string, string> {
  const definitions = metricKinds().flatMap((kind) => metricDefinition(kind) ?? []);
  const families = [...new Set(definitions.map(({ family }) => family))];
  const of = (family: string) => definitions.filter((definition) => definition.family === family);
  const pages = families.map((family): [string, string] => [`${family}.md`, familyPage(family, of(family))]);
  return new Map([...pages, ['README.md', indexPage(families.map((family) => [family, of(family)]))]]);
}

const WRITTEN = '<!-- Written by test/unit/metricPages.test.ts from the definitions of the metrics. -->';

function indexPage(families: readonly [family: string, definitions: readonly MetricDefinition[]][]): string {
  const sections = families.map(([family, definitions]) =>
    [
      `## [${titleOf(family)}](${family}.md)`,
      '',
      ...definitions.map(({ kind, summary }) => `- [\`${kind}\`](${family}.md#${kind}): ${cell(summary)}`),
    ].join('\n'),
  );
  const intro =
    'What each metric of a suite measures, from the same definitions that measure it. How to write one: [Metrics of your own](../own-metrics.md).';
  return `${WRITTEN}\n\n# Metrics\n\n${intro}\n\n${sections.join('\n\n')}\n`;
}

function familyPage(family: string, definitions: readonly MetricDefinition[]): string {
  return `${WRITTEN}\n\n# ${titleOf(family)}\n\n[All metrics](README.md)\n\n${definitions.map(section).join('\n\n')}\n`;
}

function section(definition: MetricDefinition): string {
  const { kind, summary, source, shorthand } = definition;
  const schema = schemaOf(definition);
  const signature = signatureOf(definition, exampleOf(schema));
  const rows = optionRows(schema);
  return [
    `## ${kind}`,
    '',
    escaped(summary),
    '',
    `${rangeWords(definition)} Source: ${escaped(source)}`,
    ...(rows.length === 0 ? [] : ['', '| option | value | |', '|---|---|---|', ...rows]),
    ...(shorthand === undefined ? [] : ['', `\`- ${kind}: …\` is short for \`${kind}: { ${shorthand}: … }\`.`]),
    ...(signature === null ? [] : ['', `Signature, e.g. \`${signature}\``]),
  ].join('\n');
}

function optionRows({ properties, required }: JsonObject): string[] {
  if (!isJsonObject(properties)) return [];
  return Object.entries(properties).map(([name, given]) => {
    const option = isJsonObject(given) ? given : {};
    const needed = Array.isArray(required) && required.includes(name) && !('default' in option) ? ' (required)' : '';
    const fallback = 'default' in option ? ` By default \`${JSON.stringify(option['default'])}\`.` : '';
    const words = typeof option['description'] === 'string' ? option['description'] : '';
    return `| \`${name}\`${needed} | ${cell(valueWords(option))} | ${cell(words)}${fallback} |`;
  });
}

/** What a value may be, in as few words as a table has room for. */
function valueWords(schema: JsonObject): string {
  const { type, enum: choices, anyOf, items, minimum, maximum, exclusiveMinimum } = schema;
  if ('const' in schema) return JSON.stringify(schema['const']);
  if (Array.isArray(choices)) return choices.map((choice) => `\`${String(choice)}\``).join(', ');
  if (Array.isArray(anyOf))
    return [...new Set(anyOf.map((one) => valueWords(isJsonObject(one) ? one : {})))].join(' or ');
  switch (type) {
    case 'string':
      return 'text';
    case 'boolean':
      return '`true`, `false`';
    case 'number':
    case 'integer': {
      const noun = type === 'integer' ? 'whole number' : 'number';
      const from = exclusiveMinimum === undefined ? minimum : exclusiveMinimum;
      const least =
        from === undefined || from === Number.MIN_SAFE_INTEGER
          ? ''
          : `${exclusiveMinimum === undefined ? 'from' : 'over'} ${from}`;
      const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? '' : `up to ${maximum}`;
      return [noun, least, most].filter(Boolean).join(' ');
    }
    case 'array':
      return `list of ${valueWords(isJsonObject(items) ? items : {})}`;
    case 'object':
      return 'mapping';
    case 'null':
      return '`null`';
    default:
      return 'any value';
  }
}

function schemaOf({ options }: MetricDefinition): JsonObject {
  return z.toJSONSchema(options(), { io: 'input', unrepresentable: 'any' }) as JsonObject;
}

/** Values for what must be given, and nothing else. */
function exampleOf(schema: JsonObject): Json {
  const { type, enum: choices, anyOf, items, properties, required, minimum, exclusiveMinimum } = schema;
  if ('default' in schema) return schema['default'] ?? null;
  if ('const' in schema) return schema['const'] ?? null;
  if (Array.isArray(choices)) return choices[0] ?? null;
  if (Array.isArray(anyOf) && isJsonObject(anyOf[0])) return exampleOf(anyOf[0]);
  if (type === 'string') return 'x';
  if (type === 'boolean') return true;
  if (type === 'number' || type === 'integer') return Math.max(Number(minimum ?? 0), Number(exclusiveMinimum ?? 0) + 1);
  if (type === 'array') return [exampleOf(isJsonObject(items) ? items : {})];
  if (type !== 'object') return 'x';
  const members = isJsonObject(properties) ? Object.entries(properties) : [];
  const needed = members.filter(([name]) => Array.isArray(required) && required.includes(name));
  return Object.fromEntries(needed.map(([name, member]) => [name, exampleOf(isJsonObject(member) ? member : {})]));
}

/** null for a metric that needs more than an example can give. */
function signatureOf({ kind, options }: MetricDefinition, example: Json): string | null {
  const parsed = options().safeParse(example);
  if (!parsed.success) return null;
  try {
    const declaration = { kind, name: kind, options: parsed.data, weight: 1, gate: false };
    const metric = createMetric(declaration, { tools: TOOLS, outputSchema: { type: 'object' } });
    return 'error' in metric ? null : metric.signature;
  } catch {
    return null;
  }
}

const TOOLS: MetricTools = {
  ratingsOf: () => [],
  matchRegex: () => 'no-match',
  compileSchema: () => () => [],
  scoreLanguages: () => new Map(),
  countTokens: () => 0,
  codeFault: () => null,
  sentimentOf: () => undefined,
  sqlTree: () => ({ tree: null }),
  findEmbedder: () => ({ embed: async () => ({ vectors: [], costUsd: null }) }),
  findModerator: () => ({ moderate: async () => ({ categories: {}, costUsd: null }) }),
  findJudges: (_kind, { option }) => {
    const spec = option === undefined ? undefined : judgeSpecs(option)[0];
    const name = spec?.model ?? 'openai/gpt-5-mini';
    const ask = async () => ({ text: '', rawResponse: null, costUsd: null });
    return [{ name, weight: 1, signature: { model: name, prompt: '0a1b2c3d' }, ask }];
  },
  openProgram: () => ({ version: '0a1b2c3d', ask: async () => ({ error: 'This is an example.' }) }),
};

const TITLES: { readonly [family: string]: string } = {
  agent: 'Agents',
  conversation: 'Conversations',
  rag: 'Retrieval and answer (RAG)',
  classification: 'Classes, numbers and probabilities',
  'edit-distance': 'Edit distance',
  json: 'JSON and structured output',
  judge: 'Judges',
  operational: 'What the answer took',
  overlap: 'Words and characters in common',
  own: 'Your own',
  semantic: 'Meaning',
  retrieval: 'Ranked ids',
  sql: 'SQL',
  string: 'Text and patterns',
  style: 'Style and readability',
  'tool-calls': 'Calls of functions',
  trace: 'Traces',
};

function titleOf(family: string): string {
  const words = family.replaceAll('-', ' ');
  return TITLES[family] ?? words.charAt(0).toUpperCase() + words.slice(1);
}

/** Markdown takes braces, stars and the like as they are; a tag would be taken for HTML. */
function escaped(text: string): string {
  return text.replaceAll('<', '&lt;');
}

function cell(text: string): string {
  return escaped(text)
    .replaceAll('|', '\\|')
    .replace(/\s*\n\s*/g, ' ');
}
