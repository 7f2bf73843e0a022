import { randomInt } from 'node:crypto';
import path from 'node:path';
import { formatModelRef } from '../engine/model/modelClient.ts';
import type { RunHeader, RunMetric, RunPrompt, RunVariant } from '../engine/run/run.ts';
import { newRunId } from '../engine/run/runId.ts';
import type { PlannedVariant } from '../engine/run/runPlan.ts';
import type { Revision } from './git/revision.ts';
import { suiteFolder } from './model/resolveModel.ts';
import { signaturesOf } from './planSuite.ts';
import type { LoadedSuite } from './workspace/loadSuite.ts';
import { portablePath } from './workspace/paths.ts';

/** What is known of a run before it starts. */
export function headerOf(
  loaded: LoadedSuite,
  planned: readonly PlannedVariant[],
  git: RunHeader['git'],
  { revision, stopWhenDecided }: { readonly revision?: Revision; readonly stopWhenDecided?: boolean },
): RunHeader {
  const { workspace, suite, dataset, selection } = loaded;
  const folder = suiteFolder(workspace, suite.path);
  const variants = planned.map(({ variant, metrics }) => ({
    id: variant.id,
    prompt: portablePath(workspace.root, path.resolve(folder, variant.prompt)),
    promptVersion: variant.promptVersion,
    model: formatModelRef(variant.model),
    params: variant.params,
    signatures: signaturesOf(metrics),
  }));
  const metrics = metricsIn(planned);
  return {
    id: newRunId(Date.now(), randomInt(2 ** 32) / 2 ** 32),
    ...(revision && { revision: revision.name }),
    suite: portablePath(workspace.root, path.resolve(workspace.root, suite.path)),
    suiteText: loaded.suiteText,
    startedAt: new Date().toISOString(),
    git,
    dataset,
    selection: { ...loaded.selection, ...(stopWhenDecided && { stopWhenDecided }) },
    repeats: suite.repeats,
    policy: suite.composite,
    variants,
    prompts: promptsOf(planned, variants),
    metrics,
    plannedSamples: variants.length * selection.cases * suite.repeats,
  };
}

/** The metrics as a run records them: the same for all variants but for their signatures. */
export function metricsIn(planned: readonly PlannedVariant[]): RunMetric[] {
  return (planned[0]?.metrics ?? []).map(({ name, kind, direction, weight, gate, role, form, trust }) => ({
    name,
    kind,
    direction,
    weight,
    gate,
    ...(role && { role }),
    ...(form && { form }),
    ...(trust && { trust }),
  }));
}

/** Each prompt once, however many variants it has. */
function promptsOf(planned: readonly PlannedVariant[], variants: readonly RunVariant[]): RunPrompt[] {
  const prompts = new Map<string, RunPrompt>();
  planned.forEach(({ variant: { closure } }, index) => {
    const { prompt: path, promptVersion: version } = variants[index] ?? { prompt: '', promptVersion: '' };
    const partials = Object.fromEntries([...closure.partials].map(([name, { text }]) => [name, text]));
    prompts.set(`${path}\n${version}`, { path, version, text: closure.document.text, partials });
  });
  return [...prompts.values()];
}
