import type { PromptState } from '../protocol/worker.ts';
import type { StateCache } from './stateCache.ts';

/** The suite chosen for a prompt that several suites name, else the first of them; undefined when none is known. */
export function chosenSuite(
  prompt: string,
  {
    prompts,
    chosenSuites,
  }: { prompts: Pick<StateCache<PromptState>, 'get'>; chosenSuites: ReadonlyMap<string, string> },
): string | undefined {
  const named = prompts.get(prompt)?.suites ?? [];
  const chosen = chosenSuites.get(prompt);
  return named.find((suite) => suite === chosen) ?? named[0];
}
