import { useRef } from 'preact/hooks';
import { Compare } from '../compare/compare.tsx';
import { Judges } from '../judges/judges.tsx';
import { Review } from '../review/review.tsx';
import type { Store } from '../state/store.ts';
import { EmptyState } from '../ui/emptyState.tsx';
import { Icon } from '../ui/icon.tsx';
import { variantLabels } from '../variantLabel.ts';
import { triedScope } from '../weights/triedScope.ts';
import { Weights } from '../weights/weights.tsx';
import { Drawer } from './drawer.tsx';
import { Filters } from './filters.tsx';
import { Grid } from './grid.tsx';
import { OlderRun } from './olderRun.tsx';
import { RunHeader } from './runHeader.tsx';
import { countsOf, scopeOf } from './scope.ts';
import { flakyCasesOf } from './variantFigures.ts';
import { VariantTable } from './variantTable.tsx';

/** One run: its figures, its samples, and one of these in full. */
export function Results({ store }: { readonly store: Store }) {
  const results = store.results.value;
  const element = useRef<HTMLDivElement>(null);
  if (results === null) return null;
  const compared = store.comparison.ids.value;
  if (compared !== null) return <Compare store={store} ids={compared} />;
  if (results.run === null) return <NoRun store={store} note={results.note} />;

  if (store.review.query.value !== null) return <Review store={store} />;
  if (store.areJudgesShown.value) return <Judges store={store} />;
  const stored = scopeOf(results, results.run, store.grid.view.value.isWholeRun);
  const { weighing } = store;
  const trial = weighing.trial.value;
  const scope = trial === null ? stored : triedScope(stored, trial, weighing.tried.value);
  const { run } = scope;
  const labels = variantLabels(scope.results.variants);
  const { running } = store.playground.value ?? {};
  const live = running?.runId === run.id ? running : null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || store.openSample.peek() === null) return;
    event.preventDefault();
    event.stopPropagation();
    store.closeSample();
    element.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes the drawer from anywhere in here
    <div ref={element} class="results" onKeyDown={onKeyDown}>
      {results.isNewest ? null : <OlderRun store={store} run={run} />}
      <RunHeader store={store} scope={scope} running={live} />
      {weighing.isOpen.value ? <Weights store={store} results={stored.results} /> : null}
      {results.isScoredOtherwise ? (
        <p class="callout">
          <Icon name="info" /> The suite scores otherwise now.
          <button
            type="button"
            class="link-button"
            title="Scores these answers by the suite as it is: a run of its own. No model is asked for an answer."
            onClick={() => store.post({ type: 'rescore', runId: run.id })}
          >
            Re-score these answers
          </button>
        </p>
      ) : null}
      {results.note === null ? null : (
        <p class="callout">
          <Icon name="info" /> {results.note}
        </p>
      )}
      <VariantTable
        results={scope.results}
        run={run}
        running={live}
        labels={labels}
        selected={store.grid.view.value.variantId}
        onSelect={(variantId) => store.grid.setView({ ...store.grid.view.peek(), variantId })}
      />
      <Filters grid={store.grid} labels={labels} counts={countsOf(scope, live)} flakyCases={flakyCasesOf(run)} />
      <div class="results-body">
        <Grid store={store} results={scope.results} labels={labels} />
        {store.openSample.value === null ? null : <Drawer store={store} results={scope.results} labels={labels} />}
      </div>
    </div>
  );
}

function NoRun({ store, note }: { readonly store: Store; readonly note: string | null }) {
  const hasSuites = (store.playground.value?.suites.length ?? 0) > 0;
  const title = note === null ? (hasSuites ? 'Not evaluated yet' : 'No test cases yet') : 'No results to show';
  return (
    <EmptyState icon={hasSuites ? 'beaker' : 'table'} title={title}>
      <p>
        {note ??
          (hasSuites
            ? 'Evaluate runs every case of the suite and shows each sample with its scores here.'
            : 'A suite names the prompt, its dataset and what is measured. Add test cases to begin.')}
      </p>
    </EmptyState>
  );
}
