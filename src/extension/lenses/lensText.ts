import type { StatusCounts } from '../../engine/run/sample.ts';
import type { LastResult, PromptState, RunProgress, SuiteState } from '../../protocol/worker.ts';
import { type CommandId, PROBLEMS_COMMAND } from '../commandIds.ts';
import { baseName } from '../fileKind.ts';

/** One lens: its words and the command behind it; every command takes the file's path. */
export type LensText = { readonly title: string; readonly command: CommandId | typeof PROBLEMS_COMMAND };

/** What goes on for a file right now. */
export type Activity = {
  /** An evaluation that this file has a part in; `starting` before its first progress. */
  readonly evaluation: RunProgress | 'starting' | null;
  readonly runningCase: boolean;
};
export const QUIET: Activity = { evaluation: null, runningCase: false };

/** The lenses of a prompt: always four, so that nothing jumps while the words change. */
export function promptLenses(
  state: PromptState | undefined,
  activity: Activity,
  now: Date,
): readonly [LensText, LensText, LensText, LensText] {
  return [
    runLens(state, activity),
    evaluateLens(state, activity),
    resultLens(state?.last, activity, now),
    { title: historyTitle(state?.runCount), command: 'touchstone.showHistory' },
  ];
}

/** The one lens of a partial, which is neither run nor evaluated by itself. */
export function partialLens(state: PromptState | undefined): string {
  const uses = state?.usedBy?.length;
  if (uses === undefined) return '$(references) Partial';
  return uses === 0 ? '$(references) Partial, used by no prompt' : `$(references) Used by ${plural(uses, 'prompt')}`;
}

/** The lenses of a suite: always four. */
export function suiteLenses(
  state: SuiteState | undefined,
  activity: Activity,
  now: Date,
): readonly [LensText, LensText, LensText, LensText] {
  const evaluate: LensText =
    state && state.errors > 0 && activity.evaluation === null
      ? { title: `$(error) ${plural(state.errors, 'error')}`, command: PROBLEMS_COMMAND }
      : evaluateOrStop(state?.dataset?.cases ?? null, state?.estimateUsd ?? null, activity);
  return [
    evaluate,
    { title: '$(git-compare) Compare with HEAD', command: 'touchstone.compareWithHead' },
    resultLens(state?.last, activity, now),
    { title: historyTitle(state?.runCount), command: 'touchstone.showHistory' },
  ];
}

/** `14/24 · 0.83 · $0.02`, for the lens and the status bar. */
export function progressWords(progress: RunProgress | 'starting'): string {
  if (progress === 'starting') return 'Starting';
  return [
    `${progress.done}/${progress.planned}`,
    ...(progress.composite === null ? [] : [progress.composite.toFixed(2)]),
    ...(progress.counts.error > 0 ? [plural(progress.counts.error, 'error')] : []),
    ...(progress.costUsd === null || progress.costUsd === 0 ? [] : [dollars(progress.costUsd)]),
  ].join(' · ');
}

function runLens(state: PromptState | undefined, activity: Activity): LensText {
  if (activity.runningCase) return { title: '$(debug-stop) Stop', command: 'touchstone.stop' };
  if (state && state.errors > 0)
    return { title: `$(error) ${plural(state.errors, 'error')}`, command: PROBLEMS_COMMAND };
  if (state && !state.modelReady) return { title: '$(key) Connect a model', command: 'touchstone.connectModel' };
  return { title: '$(play) Run', command: 'touchstone.run' };
}

function evaluateLens(state: PromptState | undefined, activity: Activity): LensText {
  if (state && state.suites.length === 0 && activity.evaluation === null)
    return { title: '$(add) Add test cases', command: 'touchstone.addCases' };
  return evaluateOrStop(state?.cases ?? null, state?.estimateUsd ?? null, activity);
}

function evaluateOrStop(cases: number | null, estimateUsd: number | null, activity: Activity): LensText {
  if (activity.evaluation !== null) return { title: '$(debug-stop) Stop', command: 'touchstone.stop' };
  const count = cases === null ? '' : ` ${plural(cases, 'case')}`;
  const price =
    estimateUsd === null || estimateUsd === 0 ? '' : ` (${estimateUsd < 0.01 ? '' : '~'}${dollars(estimateUsd)})`;
  return { title: `$(beaker) Evaluate${count}${price}`, command: 'touchstone.evaluate' };
}

function resultLens(last: LastResult | null | undefined, activity: Activity, now: Date): LensText {
  const command = 'touchstone.showResults';
  if (activity.evaluation !== null) return { title: `$(sync~spin) ${progressWords(activity.evaluation)}`, command };
  if (!last) return { title: '$(graph-line) Not evaluated yet', command };
  const figures = [
    last.prompts.length > 1 ? promptWords(last.prompts) : scoreWords(last),
    countWords(last.counts),
    ...(last.part === null ? [] : [`${last.part.done} of ${plural(last.part.planned, 'sample')}`]),
  ].join(' · ');
  // A lens cannot be dimmed, so words say that the figures belong to an earlier text.
  if (last.edited) return { title: `$(circle-outline) before the edit: ${figures}`, command };
  return { title: `$(graph-line) ${figures} · ${ago(last.finishedAt, now)}`, command };
}

function scoreWords({ composite, delta }: Pick<LastResult, 'composite' | 'delta'>): string {
  if (composite === null) return 'no score';
  if (delta === null) return composite.toFixed(2);
  return `${composite.toFixed(2)} ${deltaWords(delta.value)}${deltaWords(delta.value) === '=' ? '' : ' vs'} ${delta.against}`;
}

const MOST_PROMPTS = 3;

/** `triage 0.87 ▲0.04, triage-v1 0.81`: a mean over prompts would say of none of them how it does. */
function promptWords(prompts: LastResult['prompts']): string {
  if (prompts.length > MOST_PROMPTS) return `${prompts.length} prompts`;
  const changed = prompts.find(({ delta }) => delta !== null && deltaWords(delta.value) !== '=');
  const words = prompts.map(({ path, composite, delta }) => {
    const change = changed && delta ? ` ${deltaWords(delta.value)}` : '';
    return `${baseName(path).replace(/\.prompt$/, '')} ${composite === null ? 'no score' : composite.toFixed(2)}${change}`;
  });
  return `${words.join(', ')}${changed?.delta ? ` vs ${changed.delta.against}` : ''}`;
}

function deltaWords(value: number): string {
  const size = Math.abs(value).toFixed(2);
  if (size === '0.00') return '=';
  return `${value > 0 ? '▲' : '▼'}${size}`;
}

/** `21 pass 2 fail 1 error`; what did not happen is left out. */
function countWords(counts: StatusCounts): string {
  const words = (['pass', 'fail', 'error', 'unscored'] as const)
    .filter((status) => counts[status] > 0)
    .map((status) => `${counts[status]} ${status}`);
  return words.length === 0 ? 'no samples' : words.join(' ');
}

/** @param then ISO time */
export function ago(then: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(then)) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ago`;
  const days = Math.floor(minutes / (24 * 60));
  return days < 30 ? `${plural(days, 'day')} ago` : `on ${then.slice(0, 10)}`;
}

function dollars(usd: number): string {
  return usd > 0 && usd < 0.01 ? '<$0.01' : `$${usd.toFixed(2)}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function historyTitle(runCount: number | undefined): string {
  return runCount ? `$(history) ${plural(runCount, 'run')}` : '$(history) No runs';
}
