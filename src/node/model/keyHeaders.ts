import type { Connection } from './providers.ts';

/** How a key is sent where no package does it. */
export function keyHeaders({ api, apiKey, keyHeader }: Pick<Connection, 'api' | 'apiKey' | 'keyHeader'>): {
  readonly [name: string]: string;
} {
  if (keyHeader === 'api-key') return { 'api-key': apiKey };
  return api === 'messages'
    ? { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }
    : { authorization: `Bearer ${apiKey}` };
}
