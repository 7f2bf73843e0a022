import type { RunEvent, RunHeader } from '../../engine/run/run.ts';
import { plural } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Output, Shell } from '../shell.ts';
import { addToProgress, type Progress, progressLine, startProgress } from './progress.ts';

/** Shows how far a run is; `close` takes the line away, and may be called twice. */
export type LiveProgress = { readonly onEvent: (event: RunEvent) => void; readonly close: () => void };

const REFRESH_MS = 100;
const PLAIN_MS = 2_000;

/** On a terminal one line that is written over; elsewhere a line at each end and one every few seconds. */
export function liveProgress(output: Output, now: Shell['now']): LiveProgress {
  let progress: Progress = startProgress(0);
  const startedAt = now();
  let shownDone = 0;

  const done = () => Object.values(progress.counts).reduce((sum, count) => sum + count, 0);
  const draw = () => {
    if (progress.planned === 0) return;
    const elapsedMs = now() - startedAt;
    if (output.isTerminal) output.write(`\r\x1b[2K${progressLine(progress, elapsedMs, output.columns())}`);
    else if (done() > shownDone) output.write(`${progressLine(progress, elapsedMs, Number.POSITIVE_INFINITY)}\n`);
    shownDone = done();
  };
  const begin = ({ plannedSamples, suite }: RunHeader) => {
    progress = startProgress(plannedSamples);
    if (!output.isTerminal) output.write(`${oneLine(suite)}: ${plural(plannedSamples, 'sample')} to run\n`);
  };
  const timer = setInterval(draw, output.isTerminal ? REFRESH_MS : PLAIN_MS);
  timer.unref();
  let open = true;

  return {
    onEvent: (event) => {
      if (event.type === 'run-started') begin(event.header);
      if (event.type === 'sample-finished') progress = addToProgress(progress, event.sample);
    },
    close: () => {
      if (!open) return;
      open = false;
      clearInterval(timer);
      if (output.isTerminal) output.write('\r\x1b[2K');
      else draw();
    },
  };
}
