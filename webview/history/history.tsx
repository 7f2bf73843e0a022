import { useRef } from 'preact/hooks';
import type { HistoryState } from '../../src/protocol/history.ts';
import type { Store } from '../state/store.ts';
import { EmptyState } from '../ui/emptyState.tsx';
import { Icon } from '../ui/icon.tsx';
import { useScrollMemory } from '../ui/scrollMemory.ts';
import { Section } from '../ui/section.tsx';
import { RunFilter } from './runFilter.tsx';
import { RunTable } from './runTable.tsx';
import { TrendSection } from './trendSection.tsx';

const TABLE_ID = 'run-table';

/** How the prompt has done over its runs: a picture, and the runs themselves. */
export function History({ store }: { readonly store: Store }) {
  const history = store.history.value;
  const scroller = useRef<HTMLDivElement>(null);
  useScrollMemory(store, 'history', scroller, history !== null);
  if (history === null) return null;
  const select = (runId: string) => {
    // Who looked for words in answers wants to see those answers.
    if (history.words !== null) store.grid.setView({ ...store.grid.view.peek(), text: history.words });
    store.post({ type: 'select-run', runId });
    store.selectTab('results');
  };
  return (
    <div ref={scroller} class="scroller">
      {history.note === null ? null : (
        <p class="callout">
          <Icon name="info" /> {history.note}
        </p>
      )}
      {history.total === 0 && history.note !== null ? null : history.total === 0 ? (
        <EmptyState icon="history" title="No runs yet">
          <p>Every evaluation of this prompt is kept here, with its version, commit and scores.</p>
        </EmptyState>
      ) : (
        <>
          <RunFilter history={history} onFind={(query) => store.post({ type: 'find-runs', query })} />
          <TrendSection history={history} store={store.trend} describedBy={TABLE_ID} onSelect={select} />
          {history.runs.length === 0 ? (
            <p class="note">{noRuns(history)}</p>
          ) : (
            <Section title="Runs" note={history.total === 1 ? 'a trend begins with the second' : undefined}>
              <RunTable
                id={TABLE_ID}
                runs={history.runs}
                measured={store.trend.points.value}
                shownRun={store.results.value?.run?.id ?? null}
                onSelect={select}
                onPin={(runId, pinned) => store.post({ type: 'pin-run', runId, pinned })}
                onMore={(runId) => store.post({ type: 'run-actions', runId })}
              />
            </Section>
          )}
        </>
      )}
    </div>
  );
}

function noRuns({ query, problem, words }: HistoryState): string {
  if (problem !== null) return '';
  if (query.text.trim() === '') return 'All runs are archived.';
  return words === null ? 'No run meets this.' : 'These words stand in no answer, case id, name or tag.';
}
