import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ResultsState, SampleDetail } from '../../src/protocol/views.ts';
import type { Store } from '../state/store.ts';
import { IconButton } from '../ui/icon.tsx';
import { StatusIcon } from '../ui/status.tsx';
import { triedDetail } from '../weights/triedScope.ts';
import { SampleView } from './sampleView.tsx';

/** One sample in full, beside the grid or, where that is too narrow, over it. */
export function Drawer({ store, results, labels }: DrawerProps) {
  const element = useRef<HTMLElement>(null);
  const trial = store.weighing.trial.value;
  const stored = store.detail.value;
  const metrics = store.results.value?.metrics ?? [];
  const detail = stored && trial ? triedDetail(stored, metrics, trial) : stored;
  const at = store.openSample.value?.index ?? 0;
  const total = store.grid.total.value ?? 0;
  useLayoutEffect(() => {
    // Where it covers the grid it takes the focus along; beside it, the keys go on moving over the rows.
    if (element.current && getComputedStyle(element.current).position === 'absolute') element.current.focus();
  }, []);
  const body = useRef<HTMLDivElement>(null);
  const sampleId = detail?.row.sampleId;
  useLayoutEffect(() => body.current?.scrollTo(0, 0), [sampleId]);
  const close = () => {
    store.closeSample();
    document.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = (event.target as Element).closest('input, textarea') !== null;
    const step = { j: 1, k: -1 }[event.key];
    if (step === undefined || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (at + step >= 0 && at + step < total) store.openAt(at + step);
  };
  return (
    <aside ref={element} class="drawer" tabIndex={-1} aria-label="Sample" onKeyDown={onKeyDown}>
      <header class="drawer-head">
        {detail ? <StatusIcon status={detail.row.status} /> : null}
        <div class="drawer-title">
          <h2 title={detail?.row.caseId}>{detail?.row.caseId ?? ' '}</h2>
          {detail ? <span class="note">{subtitle(detail, results, labels)}</span> : null}
        </div>
        <IconButton
          icon="arrow-up"
          label="Previous sample (k)"
          disabled={at <= 0}
          onClick={() => store.openAt(at - 1)}
        />
        <IconButton
          icon="arrow-down"
          label="Next sample (j)"
          disabled={at >= total - 1}
          onClick={() => store.openAt(at + 1)}
        />
        <IconButton
          icon="go-to-file"
          label="Show in dataset"
          disabled={!detail}
          onClick={() => detail && store.post({ type: 'reveal-case', caseIndex: detail.row.caseIndex })}
        />
        <IconButton icon="close" label="Close (Escape)" onClick={close} />
      </header>
      <div ref={body} class="drawer-body">
        {detail === null ? <p class="note">This sample is no longer in the history.</p> : null}
        {detail ? (
          <SampleView
            key={detail.row.sampleId}
            store={store}
            detail={detail}
            metrics={results.metrics}
            policy={results.policy}
            doubts={results.doubts}
          />
        ) : null}
      </div>
    </aside>
  );
}

type DrawerProps = {
  readonly store: Store;
  readonly results: ResultsState;
  readonly labels: ReadonlyMap<string, string>;
};

function subtitle(detail: SampleDetail, results: ResultsState, labels: ReadonlyMap<string, string>): string {
  const variant = labels.get(detail.row.variantId) ?? detail.variant.model;
  const isRepeated = detail.row.repeat > 0;
  return [
    results.variants.length > 1 ? variant : detail.variant.model,
    isRepeated ? `repeat ${detail.row.repeat + 1}` : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}
