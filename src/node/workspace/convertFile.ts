import path from 'node:path';
import { TouchstoneError } from '../../engine/error.ts';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import {
  compareRenderings,
  type NamedSample,
  type RenderDifference,
} from '../../engine/prompt/convert/compareRenderings.ts';
import type { Loss } from '../../engine/prompt/convert/conversion.ts';
import { toDotprompt } from '../../engine/prompt/convert/toDotprompt.ts';
import { promptStem } from '../../engine/prompt/formats/promptPath.ts';
import { loadClosure } from '../../engine/prompt/loadClosure.ts';
import { parsePrompt } from '../../engine/prompt/parsePrompt.ts';
import { suitesOfPrompt } from './findSuites.ts';
import { loadPrompt } from './loadPrompt.ts';
import { loadSuite } from './loadSuite.ts';
import type { Workspace } from './workspace.ts';

/** How many cases of a suite both forms are rendered with. */
const MOST_CASES = 50;

/** A prompt in the native format, not written yet. */
export type ConvertedFile = {
  /** Where it would stand: beside the original. */
  readonly targetPath: string;
  readonly text: string;
  readonly losses: readonly Loss[];
  /** How many sets of values both forms were rendered with. */
  readonly samples: number;
  readonly differences: readonly RenderDifference[];
  /** Samples that differ in nothing but white space around messages. */
  readonly edges: number;
  /** Of the native file. */
  readonly problems: readonly Problem[];
};

/**
 * A prompt of another format as a dotprompt file, after both were rendered with the file's own samples and the cases of the
 * suites that name it.
 *
 * @throws TouchstoneError `invalid-argument` for a dotprompt file, and for one that cannot be read
 */
export async function convertFile(workspace: Workspace, promptPath: string): Promise<ConvertedFile> {
  const file = path.resolve(workspace.root, promptPath);
  const { closure } = await loadPrompt(workspace, file);
  const { document } = closure;
  if (document.format === 'dotprompt')
    throw new TouchstoneError('invalid-argument', `${promptPath} is a dotprompt file already.`);
  const unread = closure.problems.find(({ severity }) => severity === 'error');
  if (unread) {
    const remedy = unread.remedy ?? 'Mend the file first.';
    throw new TouchstoneError('invalid-argument', `${promptPath} cannot be converted: ${unread.message}`, { remedy });
  }
  const { text, losses } = toDotprompt(document);
  const targetPath = path.join(path.dirname(file), `${promptStem(path.basename(file))}.prompt`);
  const native = await loadClosure(parsePrompt(text, targetPath), async (name) => closure.partials.get(name));
  const samples = [...ownSamples(document.samples), ...(await casesOf(workspace, file))];
  const rendered = compareRenderings(closure, native, samples.length > 0 ? samples : [NO_VALUES]);
  const problems = native.problems.filter(({ severity }) => severity === 'error');
  return { targetPath, text, losses, samples: Math.max(1, samples.length), ...rendered, problems };
}

const NO_VALUES: NamedSample = { name: 'no values', input: { vars: {} } };

function ownSamples(samples: readonly NamedSample['input']['vars'][]): NamedSample[] {
  return samples.map((vars, index) => ({ name: `sample ${index + 1}`, input: { vars } }));
}

async function casesOf(workspace: Workspace, prompt: string): Promise<NamedSample[]> {
  const samples: NamedSample[] = [];
  for (const suite of await suitesOfPrompt(workspace, prompt)) {
    const { loaded, problems } = await loadSuite(workspace, suite, { prompt, limit: MOST_CASES });
    if (!loaded || hasErrors(problems)) continue;
    for await (const { id, vars, history } of loaded.cases()) {
      samples.push({ name: `case ${id}`, input: { vars, history } });
      if (samples.length >= MOST_CASES) return samples;
    }
  }
  return samples;
}
