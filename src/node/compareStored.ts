import path from 'node:path';
import { DEFAULT_COMPARE } from '../engine/compare/comparePolicy.ts';
import { type ComparedRun, compareRuns, type RunComparison } from '../engine/compare/compareRuns.ts';
import { TouchstoneError } from '../engine/error.ts';
import type { RunSummary } from '../engine/run/run.ts';
import { parseSuite } from '../engine/suite/parseSuite.ts';
import type { HistoryReader } from './store/history.ts';

/**
 * An earlier run beside a later one, by the `compare` policy that the later one's suite had.
 *
 * @param cases of both, where they have been read already
 * @throws TouchstoneError `invalid-argument` for a run that is still being written, or compared with itself
 */
export function compareStored(
  history: HistoryReader,
  before: RunSummary,
  after: RunSummary,
  cases: ComparedCases = comparedCasesOf(history, before, after),
): RunComparison {
  if (before.header.id === after.header.id)
    throw new TouchstoneError('invalid-argument', `Both are the run ${after.header.id}.`, {
      remedy: 'Name two runs: `touchstone history` lists them.',
    });
  const policy = parseSuite(after.header.suiteText, path.basename(after.header.suite)).suite?.compare;
  const [was, is] = cases;
  const isSequential = [before, after].some(({ header }) => header.selection.stopWhenDecided);
  return compareRuns(comparedRun(history, before, was), comparedRun(history, after, is), {
    ...(policy ?? DEFAULT_COMPARE),
    isSequential,
  });
}

export type ComparedCases = readonly [before: ComparedRun['cases'], after: ComparedRun['cases']];

/** The cases of two runs, named alike in both. */
export function comparedCasesOf(history: HistoryReader, before: RunSummary, after: RunSummary): ComparedCases {
  const modelsOf = ({ header }: RunSummary) => header.variants.map(({ model }) => model);
  return [
    history.comparedCases(before.header.id, modelsOf(after)),
    history.comparedCases(after.header.id, modelsOf(before)),
  ];
}

function comparedRun(history: HistoryReader, summary: RunSummary, cases: ComparedRun['cases']): ComparedRun {
  const { id } = summary.header;
  if (summary.status === 'running')
    throw new TouchstoneError('invalid-argument', `The run ${id} is still going on.`, {
      remedy: 'Wait for its end, or stop it.',
    });
  return { summary, results: history.caseResults(id), cases };
}
