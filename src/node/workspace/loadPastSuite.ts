import path from 'node:path';
import { hasErrors, type Problem } from '../../engine/problem.ts';
import { type ParsedSuite, parseSuite } from '../../engine/suite/parseSuite.ts';
import { type PlannedPrompt, planVariants } from '../../engine/suite/planVariants.ts';
import type { Variant } from '../../engine/suite/suite.ts';
import { type ChangedFiles, changedFiles } from '../git/changedFiles.ts';
import { type Revision, revisionWords } from '../git/revision.ts';
import { loadDataset } from './loadDataset.ts';
import { loadPrompt } from './loadPrompt.ts';
import type { LoadedSuite, SuiteOverrides } from './loadSuite.ts';
import { portablePath } from './paths.ts';
import { inOrder, metricProblems } from './suiteParts.ts';
import type { Workspace } from './workspace.ts';
import { filesAt, workspaceAt } from './workspaceAt.ts';
import { fileProblem } from './workspaceFiles.ts';

/** A suite as a commit had it, ready to be compared with what it is now. */
export type PastSuite = {
  /** null where the commit holds none of its prompts, or when a problem is an error. */
  readonly loaded: LoadedSuite | null;
  readonly problems: readonly Problem[];
  /** Today's name of each prompt that was called otherwise then; both relative to the root. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Sentences on what is not as it was then. */
  readonly notes: readonly string[];
};

/** Whose rows are asked: today's, so that both answer the same questions, or those of the commit. */
export type PastData = 'today' | 'then';

/**
 * A suite's prompts, partials, models and parameters as a commit has them, on the dataset of today, measured by the metrics,
 * judges and weights of today: what differs in the numbers is the prompts' doing.
 *
 * @param now the suite as it is, whose selection is taken over
 * @throws TouchstoneError `cancelled` when the signal aborts
 */
export async function loadPastSuite(
  now: LoadedSuite,
  revision: Revision,
  overrides: SuiteOverrides = {},
  data: PastData = 'today',
  signal?: AbortSignal,
): Promise<PastSuite> {
  const { root } = now.workspace;
  const past = workspaceAt(now.workspace, revision);
  const file = path.resolve(root, now.suite.path);
  const notes: string[] = [];
  const problems: Problem[] = [];
  const today = parseSuite(now.suiteText, file);
  const then = await suiteThen(past, file, today, revision, notes);
  const changed = await changedFiles(root, revision.commit, signal);
  const { prompts, renamed } = await promptsThen(past, file, then, changed, { problems, notes, revision });
  const suite = { ...now.suite, models: then.suite?.models ?? now.suite.models, params: then.suite?.params ?? {} };
  if (prompts.length === 0 && !hasErrors(problems)) {
    notes.push(`${revisionWords(revision)} holds none of the suite's prompts, so there is nothing to compare with.`);
    return { loaded: null, problems, renamed, notes };
  }
  const plan = planVariants(suite, prompts, overrides);
  problems.push(...plan.problems, ...(await metricProblems(now.workspace, today, prompts, file)));
  const source = data === 'then' ? past : now.workspace;
  const dataset = await loadDataset(source, file, today.named, prompts, overrides, problems, signal);
  const found = inOrder(problems);
  if (dataset === null || hasErrors(found)) return { loaded: null, problems: found, renamed, notes };
  const workspace = { ...now.workspace, pastFiles: filesAt(root, revision) };
  const variants = plan.variants.map((variant) => measuredAsToday(variant, now, renamed));
  const loaded = { ...now, workspace, suite, variants, ...dataset, problems: found };
  return { loaded, problems: found, renamed, notes };
}

/** Metrics that look at a prompt's output schema take that of today, or the two would measure different things. */
function measuredAsToday(variant: Variant, now: LoadedSuite, renamed: ReadonlyMap<string, string>): Variant {
  const { root } = now.workspace;
  const folder = path.dirname(path.resolve(root, now.suite.path));
  const nameOf = (prompt: string) => portablePath(root, path.resolve(folder, prompt));
  const today = renamed.get(nameOf(variant.prompt)) ?? nameOf(variant.prompt);
  const same = now.variants.find(({ prompt }) => nameOf(prompt) === today);
  if (!same) return variant;
  return { ...variant, measuredBy: { outputSchema: same.closure.document.metadata.output.schema ?? null } };
}

/** What the suite said then of prompts, models and parameters; what it says now where it was not there or cannot be read. */
async function suiteThen(
  { files }: Workspace,
  file: string,
  today: ParsedSuite,
  revision: Revision,
  notes: string[],
): Promise<ParsedSuite> {
  if (!(await files.exists(file))) {
    notes.push(`The suite is not in ${revisionWords(revision)}: its prompts of today were looked for there.`);
    return today;
  }
  const then = parseSuite(await files.readText(file), file);
  if (then.suite !== null) return then;
  notes.push(
    `The suite of ${revisionWords(revision)} cannot be read any more: today's list of prompts was looked for.`,
  );
  return today;
}

async function promptsThen(
  past: Workspace,
  suiteFile: string,
  { named }: ParsedSuite,
  { renamedFrom }: ChangedFiles,
  { problems, notes, revision }: { problems: Problem[]; notes: string[]; revision: Revision },
): Promise<{ prompts: PlannedPrompt[]; renamed: Map<string, string> }> {
  const prompts: PlannedPrompt[] = [];
  const renamed = new Map<string, string>();
  const shown = (file: string) => portablePath(past.root, file);
  const nameNow = new Map([...renamedFrom].map(([now, then]) => [then, now]));
  for (const { value, range } of named.prompts) {
    const written = path.resolve(path.dirname(suiteFile), value);
    const old = renamedFrom.get(written);
    const file = old !== undefined && !(await past.files.exists(written)) ? old : written;
    if (!(await past.files.exists(file))) {
      notes.push(`${shown(written)} is not in ${revisionWords(revision)}, so it is compared with nothing.`);
      continue;
    }
    const current = file === old ? written : nameNow.get(file);
    if (current !== undefined && current !== file) {
      renamed.set(shown(file), shown(current));
      notes.push(`${shown(current)} was called ${shown(file)} in ${revisionWords(revision)}.`);
    }
    try {
      const { closure, version } = await loadPrompt(past, file);
      problems.push(...closure.problems);
      prompts.push({
        path: path.relative(path.dirname(suiteFile), file).split(path.sep).join('/'),
        range,
        closure,
        version,
      });
    } catch (error) {
      problems.push(fileProblem(error, file, { file: suiteFile, range }));
    }
  }
  return { prompts, renamed };
}
