import * as z from 'zod';
import { isJsonObject } from '../../engine/json.ts';
import type { Problem } from '../../engine/problem.ts';
import { YamlFile } from '../../engine/suite/yamlFile.ts';
import { commandTarget, httpTarget } from './targetConfig.ts';

export const CONFIG_NAME = 'touchstone.yaml';

/** The API that a server speaks: OpenAI's chat completions (which most do), OpenAI's Responses, or Anthropic's Messages. */
const api = z.enum(['chat', 'responses', 'messages']);
export type ApiName = z.infer<typeof api>;

const provider = z.strictObject({
  /** Of the API, without the name of the call: `http://localhost:11434/v1`. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The environment variable that holds the key; the key itself never stands in a file. */
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'it is not the name of an environment variable')
    .optional(),
  /** `${env:NAME}` in a value is that environment variable. */
  headers: z.record(z.string(), z.string()).optional(),
  api: api.optional(),
  /** Azure's `api-version`. */
  apiVersion: z.string().optional(),
  /** false: the server does not understand a JSON schema in `response_format`. */
  jsonSchema: z.boolean().optional(),
  /** By the model's name, without the provider. */
  models: z.record(z.string(), z.strictObject({ api: api.optional() })).optional(),
  timeoutMs: z.number().gt(0).optional(),
  maxRetries: z.int().min(0).max(20).optional(),
});
const price = z.strictObject({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) });

const shape = z.strictObject({
  providers: z.record(z.string(), provider).optional(),
  /** What is put under test beside models: `http/<name>` and `command/<name>`. */
  targets: z
    .strictObject({
      http: z.record(z.string(), httpTarget).optional(),
      command: z.record(z.string(), commandTarget).optional(),
    })
    .optional(),
  /** US dollars for a million tokens, by `provider/name`. */
  prices: z.record(z.string(), price).optional(),
  concurrency: z.int().min(1).max(1000).optional(),
});

type Config = z.infer<typeof shape>;
export type TouchstoneConfig = {
  readonly providers: { readonly [name: string]: z.infer<typeof provider> };
  readonly prices: { readonly [model: string]: z.infer<typeof price> };
  readonly targets?: Config['targets'];
  readonly concurrency?: number;
};
export const EMPTY_CONFIG: TouchstoneConfig = { providers: {}, prices: {} };

/** Reads `touchstone.yaml`. What is sound holds although something else is wrong, as the editor goes on while you type. */
export function parseConfig(text: string, path: string): { config: TouchstoneConfig; problems: readonly Problem[] } {
  const file = new YamlFile(text, path);
  const { value } = file;
  // A file of comments only is an empty one.
  if (value === undefined || value === null) return { config: EMPTY_CONFIG, problems: file.problems };
  if (!isJsonObject(value)) {
    file.error(file.range([]), 'wrong-type', 'The file is a mapping of keys to values.', 'Write e.g. `providers:`.');
    return { config: EMPTY_CONFIG, problems: file.problems };
  }
  const known = Object.keys(shape.shape);
  const unknown = Object.fromEntries(Object.entries(value).filter(([key]) => !known.includes(key)));
  file.check(shape, unknown, []);
  const concurrency = file.check(shape.shape.concurrency, value['concurrency'], ['concurrency']);
  const targets = file.check(shape.shape.targets, value['targets'], ['targets']);
  const config: TouchstoneConfig = {
    providers: file.check(shape.shape.providers, value['providers'], ['providers']) ?? {},
    prices: file.check(shape.shape.prices, value['prices'], ['prices']) ?? {},
    ...(targets === undefined ? {} : { targets }),
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  return { config, problems: file.problems };
}
