import * as z from 'zod';
import { isJsonObject } from '../../engine/json.ts';
import type { Problem } from '../../engine/problem.ts';
import { YamlFile } from '../../engine/suite/yamlFile.ts';

export const CONFIG_NAME = 'touchstone.yaml';

const provider = z.strictObject({
  /** Of an OpenAI-compatible API, e.g. `http://localhost:11434/v1`. */
  baseUrl: z.url({ protocol: /^https?$/ }).optional(),
  /** The environment variable that holds the key; the key itself never stands in a file. */
  apiKeyEnv: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'it is not the name of an environment variable')
    .optional(),
  headers: z.record(z.string(), z.string()).optional(),
  timeoutMs: z.number().gt(0).optional(),
  maxRetries: z.int().min(0).max(20).optional(),
});
const price = z.strictObject({ inputPerMillion: z.number().min(0), outputPerMillion: z.number().min(0) });

const shape = z.strictObject({
  providers: z.record(z.string(), provider).optional(),
  /** US dollars for a million tokens, by `provider/name`. */
  prices: z.record(z.string(), price).optional(),
  concurrency: z.int().min(1).max(1000).optional(),
});

type ProviderConfig = z.infer<typeof provider>;
type PriceConfig = z.infer<typeof price>;
export type TouchstoneConfig = {
  readonly providers: { readonly [name: string]: ProviderConfig };
  readonly prices: { readonly [model: string]: PriceConfig };
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
  const known = ['providers', 'prices', 'concurrency'];
  const unknown = Object.fromEntries(Object.entries(value).filter(([key]) => !known.includes(key)));
  file.check(shape, unknown, []);
  const concurrency = file.check(shape.shape.concurrency, value['concurrency'], ['concurrency']);
  const config: TouchstoneConfig = {
    providers: file.check(shape.shape.providers, value['providers'], ['providers']) ?? {},
    prices: file.check(shape.shape.prices, value['prices'], ['prices']) ?? {},
    ...(concurrency === undefined ? {} : { concurrency }),
  };
  return { config, problems: file.problems };
}
