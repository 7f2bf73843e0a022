import type { RunEvent } from '../../engine/run/run.ts';
import type { StatusCounts } from '../../engine/run/sample.ts';
import type { RunProgress } from '../../protocol/worker.ts';

const EVERY_MS = 100;

/**
 * Adds a run's events up and tells of them: at its start, at its end, and about ten times a second between.
 *
 * @returns a listener for `evaluateSuite`; `stop` ends the timer when a run throws
 */
export function reportProgress(
  suitePath: string,
  report: (progress: RunProgress) => void,
): { readonly onEvent: (event: RunEvent) => void; readonly stop: () => void } {
  const counts: { -readonly [K in keyof StatusCounts]: number } = { pass: 0, fail: 0, error: 0, unscored: 0 };
  const composite = { sum: 0, count: 0 };
  let run = { runId: '', planned: 0 };
  // Unknown as soon as one sample's is: a sum of the known ones would be too low.
  let costUsd: number | null = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStale = false;

  const tell = (finished: boolean) => {
    isStale = false;
    const done = counts.pass + counts.fail + counts.error + counts.unscored;
    const mean = composite.count === 0 ? null : composite.sum / composite.count;
    report({ ...run, suitePath, done, counts: { ...counts }, composite: mean, costUsd, finished });
  };
  const stop = () => clearInterval(timer);

  const onEvent = (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        run = { runId: event.header.id, planned: event.header.plannedSamples };
        tell(false);
        timer = setInterval(() => isStale && tell(false), EVERY_MS);
        return;
      case 'sample-started':
        return;
      case 'sample-finished': {
        const { sample } = event;
        counts[sample.status] += 1;
        isStale = true;
        if (sample.status === 'error') return;
        costUsd = costUsd === null || sample.costUsd === null ? null : costUsd + sample.costUsd;
        if (sample.composite === null) return;
        composite.sum += sample.composite;
        composite.count += 1;
        return;
      }
      case 'run-finished':
        stop();
        tell(true);
        return;
      default:
        event satisfies never;
    }
  };
  return { onEvent, stop };
}
