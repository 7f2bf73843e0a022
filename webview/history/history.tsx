import { useMemo, useRef } from 'preact/hooks';
import type { Store } from '../state/store.ts';
import { EmptyState } from '../ui/emptyState.tsx';
import { Icon } from '../ui/icon.tsx';
import { useScrollMemory } from '../ui/scrollMemory.ts';
import { Section } from '../ui/section.tsx';
import { RunTable } from './runTable.tsx';
import { trendOf } from './trend.ts';
import { TrendChart } from './trendChart.tsx';

const TABLE_ID = 'run-table';

/** How the prompt has done over its runs: a picture, and the runs themselves. */
export function History({ store }: { readonly store: Store }) {
  const history = store.history.value;
  const scroller = useRef<HTMLDivElement>(null);
  useScrollMemory(store, 'history', scroller, history !== null);
  const trend = useMemo(() => trendOf(history?.runs ?? []), [history]);
  if (history === null) return null;
  const select = (runId: string) => {
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
      {history.runs.length === 0 && history.note !== null ? null : history.runs.length === 0 ? (
        <EmptyState icon="history" title="No runs yet">
          <p>Every evaluation of this prompt is kept here, with its version, commit and scores.</p>
        </EmptyState>
      ) : (
        <>
          {trend.runs.length > 1 ? (
            <Section title="Composite" note="mean over the cases">
              <TrendChart trend={trend} describedBy={TABLE_ID} onSelect={select} />
            </Section>
          ) : null}
          <Section title="Runs" note={history.runs.length === 1 ? 'a trend begins with the second' : undefined}>
            <RunTable
              id={TABLE_ID}
              runs={history.runs}
              shownRun={store.results.value?.run?.id ?? null}
              onSelect={select}
            />
          </Section>
        </>
      )}
    </div>
  );
}
