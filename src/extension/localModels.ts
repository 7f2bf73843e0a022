import * as z from 'zod';

const answer = z.object({ data: z.array(z.object({ id: z.string() })) });
const PATIENCE_MS = 1500;

/** The models that a server on this machine says it has; empty when none answers in time. */
export async function localModels(baseUrl: string, fetcher: typeof fetch = fetch): Promise<readonly string[]> {
  try {
    const response = await fetcher(`${baseUrl}/models`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return [];
    return answer.parse(await response.json()).data.map(({ id }) => id);
  } catch {
    return [];
  }
}
