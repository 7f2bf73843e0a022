import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import type { Draft } from '../draft.ts';
import type { JsonSchema } from '../promptDocument.ts';
import type { PromptyFront } from './promptyFrontMatter.ts';

/** What a Prompty file says of its model, in the words of this product. */
export type PromptyModel = {
  readonly model: string | undefined;
  readonly modelPath: string;
  readonly config: JsonObject;
  readonly configPath: string;
  readonly output: { readonly format?: string; readonly schema?: JsonSchema };
  readonly tools: Json | undefined;
  /** Whether the text is sent as it is, without turns. */
  readonly isCompletion: boolean;
  readonly problems: readonly Draft[];
};

const PROVIDERS: { readonly [name: string]: string } = {
  ...{ azure: 'azure', azure_openai: 'azure', azure_open_ai: 'azure', foundry: 'azure', azure_serverless: 'azure' },
  ...{ openai: 'openai', open_ai: 'openai', anthropic: 'anthropic' },
};

/** Settings that the request has a place of its own for. */
const NO_PARAMS = ['stream', 'tools', 'response_format', 'additionalProperties'];

export function readPromptyModel(front: PromptyFront): PromptyModel {
  const given = front.value['model'];
  const settings: JsonObject = typeof given === 'string' ? { id: given } : isJsonObject(given) ? given : {};
  const connectionKey = isJsonObject(settings['configuration']) ? 'configuration' : 'connection';
  const connection = isJsonObject(settings[connectionKey]) ? settings[connectionKey] : {};
  const { modelPath, name } = modelName(front, settings, connection, connectionKey);
  const problems: Draft[] = [];
  const spanOf = (path: string) => front.spans.get(path) ?? front.span ?? front.body;
  const named = front.environment.get(modelPath);
  if (name === undefined && named !== undefined) problems.push(nameInEnvironment(named.name, spanOf(modelPath)));

  const configKey = isJsonObject(settings['options']) ? 'options' : 'parameters';
  const options = isJsonObject(settings[configKey]) ? settings[configKey] : {};
  const more = isJsonObject(options['additionalProperties']) ? options['additionalProperties'] : {};
  const tools = options['tools'] ?? front.value['tools'] ?? undefined;
  const config = Object.fromEntries(
    Object.entries({ ...options, ...more }).filter(
      ([key, value]) => !NO_PARAMS.includes(key) && value !== null && (key !== 'tool_choice' || tools !== undefined),
    ),
  );
  const api = settings['apiType'] ?? settings['api'];
  if (api === 'embedding' || api === 'image')
    problems.push(noChat(api, spanOf(`model.${'apiType' in settings ? 'apiType' : 'api'}`)));
  return {
    model: name === undefined ? undefined : withProvider(name, settings, connection),
    modelPath: front.spans.has(modelPath) ? modelPath : 'model',
    config,
    configPath: `model.${configKey}`,
    output: outputOf(options['response_format']),
    tools,
    isCompletion: api === 'completion',
    problems,
  };
}

function modelName(
  front: PromptyFront,
  settings: JsonObject,
  connection: JsonObject,
  connectionKey: string,
): { modelPath: string; name: string | undefined } {
  const places: readonly (readonly [string, Json | undefined])[] = [
    [front.spans.has('model.id') ? 'model.id' : 'model', settings['id']],
    ...['azure_deployment', 'azureDeployment', 'deployment', 'model', 'name'].map(
      (key) => [`model.${connectionKey}.${key}`, connection[key]] as const,
    ),
  ];
  for (const [modelPath, value] of places) {
    if (typeof value === 'string' && value !== '') return { modelPath, name: value };
    const fallback = front.environment.get(modelPath);
    if (fallback) return { modelPath, name: fallback.fallback ?? undefined };
  }
  return { modelPath: 'model', name: undefined };
}

/** A bare name is taken for one of OpenAI; a deployment without more is Azure's. */
function withProvider(name: string, settings: JsonObject, connection: JsonObject): string {
  const written = settings['provider'] ?? connection['type'];
  if (typeof written !== 'string') {
    const isAzure = ['azure_deployment', 'azureDeployment', 'azure_endpoint'].some((key) => key in connection);
    return `${isAzure ? 'azure' : 'openai'}/${name}`;
  }
  const provider = Object.hasOwn(PROVIDERS, written) ? (PROVIDERS[written] ?? written) : written;
  return `${provider}/${name}`;
}

function outputOf(format: Json | undefined): PromptyModel['output'] {
  if (!isJsonObject(format)) return {};
  const wrapped = format['json_schema'];
  const schema = isJsonObject(wrapped) ? wrapped['schema'] : undefined;
  if (format['type'] === 'json_object') return { format: 'json' };
  return isJsonObject(schema) ? { format: 'json', schema } : {};
}

function nameInEnvironment(name: string, span: Draft['span']): Draft {
  const message = `The model's name is in the environment variable ${name}, which is not read here.`;
  const remedy = 'Name the model in the suite (models:) or on the command line (--model).';
  return { severity: 'warning', code: 'model-in-environment', message, remedy, span };
}

function noChat(api: string, span: Draft['span']): Draft {
  const what = api === 'image' ? 'This prompt makes a picture' : 'This prompt makes an embedding';
  const remedy = 'Only prompts for chat models can be run here.';
  return { severity: 'error', code: 'unsupported-api', message: `${what}, not an answer.`, remedy, span };
}
