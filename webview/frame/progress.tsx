import type { RunningState } from '../../src/protocol/views.ts';
import { costTitle, formatCost, formatCount, formatSummary } from '../format.ts';
import { isAnswering } from '../state/answers.ts';
import type { Store } from '../state/store.ts';
import { IconButton } from '../ui/icon.tsx';

/** How far the evaluation is, on every tab. Its beginning and end are said aloud, each step is not. */
export function Progress({ store, running }: { readonly store: Store; readonly running: RunningState | null }) {
  return (
    <>
      <div class="visually-hidden" role="status">
        {running === null ? '' : 'The evaluation is running'}
      </div>
      {running === null ? null : (
        <div class="progress">
          <progress
            aria-label="Evaluation"
            value={running.done}
            max={Math.max(1, running.planned)}
            aria-valuetext={`${running.done} of ${running.planned}`}
          />
          {running.planned === 0 ? (
            <span>Starting</span>
          ) : (
            <>
              <span class="progress-done">
                {formatCount(running.done)}/{formatCount(running.planned)}
              </span>
              <span class="progress-summary">{formatSummary(running.composite, running.counts)}</span>
              <span class="progress-cost" title={costTitle(running.costUsd)}>
                {formatCost(running.costUsd)}
              </span>
            </>
          )}
          <span class="spacer" />
          {store.tab.value === 'preview' && !isAnswering(store.answers.value) ? (
            <IconButton icon="debug-stop" label="Stop the evaluation" onClick={() => store.post({ type: 'stop' })} />
          ) : null}
        </div>
      )}
    </>
  );
}
