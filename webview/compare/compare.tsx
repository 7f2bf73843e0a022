import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ComparedIds, ComparedRuns } from '../../src/protocol/comparison.ts';
import type { RunListItem } from '../../src/protocol/history.ts';
import { formatAgo, formatTime } from '../format.ts';
import type { Store } from '../state/store.ts';
import { Commit } from '../ui/commit.tsx';
import { EmptyState } from '../ui/emptyState.tsx';
import { Icon, IconButton } from '../ui/icon.tsx';
import { RescoreNote, RevisionNote } from '../ui/rescoreNote.tsx';
import { variantLabels } from '../variantLabel.ts';
import { ChangeChips } from './changeChips.tsx';
import { ComparedCase } from './comparedCase.tsx';
import { ComparedRows } from './comparedRows.tsx';
import { Parts, Verdicts } from './verdicts.tsx';

/** Two runs beside each other: is the later one better, how sure is that, and which cases changed. */
export function Compare({ store, ids }: { readonly store: Store; readonly ids: ComparedIds }) {
  const { comparison } = store;
  const state = comparison.state.value;
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => element.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (comparison.opened.peek() === null) return comparison.close();
    comparison.closeRow();
    element.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
  };
  return (
    <section ref={element} class="review compare" tabIndex={-1} aria-label="Comparison" onKeyDown={onKeyDown}>
      <header class="review-head">
        <div class="review-row">
          <IconButton icon="arrow-left" label="Back to the results (Escape)" onClick={comparison.close} />
          <h2>Is it better?</h2>
        </div>
        {state?.found ? <Sides store={store} ids={ids} found={state.found} /> : null}
      </header>
      {state === null ? <p class="note compare-wait">Comparing the two runs…</p> : null}
      {state?.note ? (
        <EmptyState icon="git-compare" title="Nothing to compare">
          <p>{state.note}</p>
        </EmptyState>
      ) : null}
      {state?.found ? <Found store={store} ids={ids} found={state.found} /> : null}
    </section>
  );
}

function Found({ store, ids, found }: FoundProps) {
  const { comparison } = store;
  const compared = new Set(found.variants.map(({ variantId }) => variantId));
  const all = variantLabels(found.after.variants.map(({ variant }) => variant));
  const labels = new Map([...all].filter(([id]) => compared.has(id)));
  const { variantId } = comparison.view.value;
  const sameCount = Object.entries(found.groups)
    .filter(([id]) => variantId === null || variantId === id)
    .reduce((sum, [, { same }]) => sum + same, 0);
  const opened = comparison.opened.value;
  if (found.cases.common === 0)
    return (
      <EmptyState icon="git-compare" title="No case in common">
        {found.notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </EmptyState>
    );
  return (
    <div class="compare-body">
      <div class="compare-summary">
        <Verdicts found={found} labels={labels} />
        {found.notes.map((note) => (
          <p key={note} class="callout">
            <Icon name="info" /> {note}
          </p>
        ))}
        <Parts found={found} labels={labels} />
      </div>
      <ChangeChips comparison={comparison} found={found} labels={labels} />
      <div class="results-body">
        <ComparedRows comparison={comparison} labels={labels} sameCount={sameCount} />
        {opened ? <ComparedCase store={store} ids={ids} line={opened.line} pair={comparison.pair.value} /> : null}
      </div>
    </div>
  );
}

type FoundProps = { readonly store: Store; readonly ids: ComparedIds; readonly found: ComparedRuns };

function Sides({ store, ids, found }: FoundProps) {
  const edited = found.variants.find(({ promptVersion }) => promptVersion.before !== promptVersion.after);
  return (
    <div class="compare-sides">
      <Side word="Before" run={found.before} store={store} />
      <Side word="After" run={found.after} store={store} />
      <span class="compared-ways">
        {edited ? (
          <button
            type="button"
            class="link-button"
            title="The prompt before and after, in the editor"
            onClick={() =>
              store.post({ type: 'open-diff', ids, wanted: { of: 'prompt', variantId: edited.variantId } })
            }
          >
            <Icon name="diff" /> Prompt
          </button>
        ) : null}
        <button
          type="button"
          class="link-button"
          title="Compare the later run with another one"
          onClick={() => store.post({ type: 'compare-with', runId: ids.after })}
        >
          <Icon name="git-compare" /> Compare with…
        </button>
        <button
          type="button"
          class="link-button"
          title="Save this comparison as a page or as Markdown"
          onClick={() => store.post({ type: 'save-report', runId: ids.after, before: ids.before })}
        >
          <Icon name="save-as" /> Report…
        </button>
      </span>
    </div>
  );
}

function Side({ word, run, store }: { readonly word: string; readonly run: RunListItem; readonly store: Store }) {
  const show = () => {
    store.comparison.close();
    store.post({ type: 'select-run', runId: run.id });
  };
  return (
    <span class="compare-side">
      <span class="note">{word}</span>
      <button type="button" class="link-button" title={`Run ${run.id}: show its results`} onClick={show}>
        <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
          {formatAgo(run.startedAt, Date.now())}
        </time>
      </button>
      <RevisionNote of={run.revision} />
      {run.git ? <Commit git={run.git} /> : null}
      <RescoreNote of={run.rescoreOf} />
    </span>
  );
}
