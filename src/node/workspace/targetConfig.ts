import * as z from 'zod';

const path = z.string().min(1);
const timeoutMs = z.number().gt(0).optional();

/** An HTTP API of the user's own: what to send, and where in the answer to find what. */
export const httpTarget = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  method: z.enum(['POST', 'PUT', 'PATCH', 'GET']).optional(),
  headers: z.record(z.string(), z.string()).optional(),
  /** Any YAML. `{{messages}}`, `{{prompt}}`, `{{vars.x}}`, `{{params.x}}` alone in a text are the value itself. */
  body: z.json().optional(),
  /** Where the answer's text is, e.g. `choices[0].text`; by default the whole body. */
  output: path.optional(),
  usage: z.strictObject({ input: path.optional(), output: path.optional(), cachedInput: path.optional() }).optional(),
  /** Where the cost in US dollars is. */
  cost: path.optional(),
  timeoutMs,
  maxRetries: z.int().min(0).max(20).optional(),
});
export type HttpTarget = z.infer<typeof httpTarget>;

/** A program of the user's own, started for each case. */
export const commandTarget = z.strictObject({
  /** The program and its arguments; no shell reads them. */
  run: z.array(z.string()).min(1),
  /** Where it is started, relative to the workspace's root. */
  cwd: z.string().optional(),
  /** Beside the environment of Touchstone; `${env:NAME}` in a value is that environment variable. */
  env: z.record(z.string(), z.string()).optional(),
  timeoutMs,
});
export type CommandTarget = z.infer<typeof commandTarget>;
