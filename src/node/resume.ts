import { TouchstoneError } from '../engine/error.ts';
import type { RunHeader, RunSummary } from '../engine/run/run.ts';
import type { HeldSamples } from '../engine/run/runPlan.ts';
import { changedParts } from '../engine/run/sameMeasurement.ts';
import type { HistoryReader } from './store/history.ts';

/** A run that was cut off, as it goes on. */
export type ResumedRun = {
  readonly header: RunHeader;
  readonly held: HeldSamples;
  /** Sentences that a reader of the figures must know. */
  readonly note: string;
};

/** Further back there is hardly one of the same dataset. */
const LOOK_BACK = 50;

/**
 * The run that a new one would only do again.
 *
 * @param header of the new run
 * @param wanted a run's id; true: the newest that was cut off and does the same, if there is one
 * @returns null when none is wanted by its id and none does the same
 * @throws TouchstoneError not-found; invalid-argument for a run that is complete, goes on, or did something else
 */
export function resumableRun(history: HistoryReader, header: RunHeader, wanted: string | true): ResumedRun | null {
  const run = wanted === true ? newestOf(history, header) : requireResumable(history.run(wanted), header, wanted);
  const held = run && history.heldSamples(run.header.id);
  if (!run || !held) return null;
  const { id, startedAt, git } = run.header;
  const planned = run.header.plannedSamples;
  return {
    header: { ...header, id, startedAt, git },
    held,
    note: `Run ${id} went on: ${held.count} of ${planned} samples were there.`,
  };
}

function newestOf(history: HistoryReader, header: RunHeader): RunSummary | null {
  for (const { id, status, rescoreOf } of history.runs({ suite: header.suite, past: true, limit: LOOK_BACK })) {
    if (status === 'running' || rescoreOf !== null) continue;
    const run = history.run(id);
    if (run && isIncomplete(run) && whatChanged(run.header, header).length === 0) return run;
  }
  return null;
}

function requireResumable(run: RunSummary | null, header: RunHeader, id: string): RunSummary {
  if (!run) throw new TouchstoneError('not-found', `There is no run "${id}" in the history.`);
  if (run.header.rescoreOf !== undefined)
    throw new TouchstoneError('invalid-argument', `Run ${id} asked no model: it scored the answers of another run.`, {
      remedy: 'Score them again.',
    });
  // Whether it really goes on is looked at once more when its place is taken.
  if (run.status === 'running')
    throw new TouchstoneError('invalid-argument', `Run ${id} still goes on.`, { remedy: 'Wait for it, or stop it.' });
  if (!isIncomplete(run)) throw new TouchstoneError('invalid-argument', `Run ${id} has all that it was to have.`);
  const changed = whatChanged(run.header, header);
  if (changed.length > 0)
    throw new TouchstoneError(
      'invalid-argument',
      `Run ${id} cannot go on: ${changed.join(', ')} changed since it began, so its samples would not belong together.`,
      { remedy: 'Evaluate anew.' },
    );
  return run;
}

function whatChanged(before: RunHeader, now: RunHeader): string[] {
  const revision = before.revision === now.revision ? [] : ['the revision'];
  return [...revision, ...changedParts(before, now)];
}

/** One that was decided early is as complete as it was to become. */
function isIncomplete({ header, variants, decidedAfter }: RunSummary): boolean {
  const done = variants.reduce((sum, { samples: { pass, fail, error, unscored } }) => {
    return sum + pass + fail + error + unscored;
  }, 0);
  return decidedAfter === undefined && done < header.plannedSamples;
}
