import { decidedWords } from '../stats/sequential/decidedWords.ts';
import { incompleteRun } from './gate.ts';
import type { RunSummary } from './run.ts';

/**
 * Why a run does not stand for its suite, in a sentence; null when it does: finished, over every case of the dataset, with every
 * planned sample. What somebody tried on three cases is no result to compare others with.
 */
export function partialRun(summary: RunSummary): string | null {
  const { dataset, selection } = summary.header;
  if (summary.status === 'running') return 'The run has not finished.';
  if (summary.status === 'interrupted') return 'The run was interrupted.';
  if (selection.cases < dataset.cases) return `The run took ${selection.cases} of the ${dataset.cases} cases.`;
  if (summary.decidedAfter !== undefined)
    return decidedWords(summary.decidedAfter, askedCases(summary), selection.cases);
  return incompleteRun(summary);
}

/** Cases that some variant has an answer to, or an error; as many as there are samples for, where repeats were cut off. */
export function askedCases({ header, variants }: RunSummary): number {
  const samples = variants.map(({ samples: { pass, fail, error, unscored } }) => pass + fail + error + unscored);
  return Math.ceil(Math.max(0, ...samples) / header.repeats);
}
