import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Draft } from '../draft.ts';
import { readYaml } from '../frontMatter.ts';
import type { JsonSchema, PromptDocument } from '../promptDocument.ts';
import { toDocument } from '../toDocument.ts';
import { readMessageList } from './listedMessages.ts';
import { NO_METADATA } from './noMetadata.ts';

/** Reads a GitHub Models file (`*.prompt.yml`): messages with `{{variables}}`, a model, its parameters, and test data. */
export function parseGithubModels(text: string, path: string): PromptDocument {
  const front = readYaml(text, [0, text.length]);
  const { value } = front;
  const list = readMessageList(value['messages'], 'messages', { text, spans: front.values });
  const problems: Draft[] = front.problems.map((draft) => ({
    ...draft,
    code: 'invalid-yaml',
    message: inFile(draft.message),
  }));
  const output = readOutput(value, problems, front.values);
  const testData = Array.isArray(value['testData']) ? value['testData'].filter(isJsonObject) : [];
  const keys = new Map(front.values);
  for (const key of Object.keys(objectOf(value['modelParameters']))) {
    const span = front.values.get(`modelParameters.${key}`);
    if (span) keys.set(`config.${key}`, span);
  }
  return toDocument({
    path,
    text,
    format: 'github-models',
    metadata: {
      ...NO_METADATA,
      name: textOf(value['name']),
      description: textOf(value['description']),
      model: modelOf(value['model']),
      config: objectOf(value['modelParameters']),
      output,
      raw: value,
    },
    keys,
    body: [0, text.length],
    program: { language: 'messages', messages: list.messages },
    roles: list.messages.map(({ role, roleSpan }) => ({ role, span: roleSpan })),
    samples: testData,
    problems: [...problems, ...(front.problems.length > 0 ? [] : list.problems)],
  });
}

/** The catalogue's names are `publisher/name`, and every one of them is asked of GitHub. */
function modelOf(model: Json | undefined): string | undefined {
  if (typeof model !== 'string' || model === '') return undefined;
  return model.startsWith('github/') ? model : `github/${model}`;
}

function readOutput(
  value: JsonObject,
  problems: Draft[],
  spans: ReadonlyMap<string, Draft['span']>,
): {
  format?: string;
  schema?: JsonSchema;
} {
  const format = value['responseFormat'];
  if (format === 'json_object') return { format: 'json' };
  if (format !== 'json_schema') return {};
  const schema = schemaIn(value['jsonSchema']);
  if (schema !== null) return { format: 'json', schema };
  const message = 'The JSON schema of the answer cannot be read.';
  const remedy = 'Write it as JSON: { "name": …, "schema": { … } }.';
  const span = spans.get('jsonSchema') ?? spans.get('responseFormat') ?? [0, 0];
  problems.push({ severity: 'error', code: 'invalid-schema', message, remedy, span });
  return { format: 'json' };
}

/** JSON in a text, or YAML; the schema itself stands under `schema`. */
function schemaIn(written: Json | undefined): JsonSchema | null {
  let value: unknown = written;
  if (typeof written === 'string') {
    try {
      value = JSON.parse(written);
    } catch {
      return null;
    }
  }
  if (!isJsonObject(value)) return null;
  const { schema } = value;
  return isJsonObject(schema) ? schema : value;
}

function inFile(message: string): string {
  return message.replace('The front matter', 'The file');
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
