import { useLayoutEffect, useRef } from 'preact/hooks';
import type { HeldJudge } from '../../src/protocol/judges.ts';
import { countOf } from '../format.ts';
import type { Store } from '../state/store.ts';
import { EmptyState } from '../ui/emptyState.tsx';
import { Icon, IconButton } from '../ui/icon.tsx';
import { Section } from '../ui/section.tsx';
import { Button } from '../ui/toolkit.tsx';
import { Confusion } from './confusion.tsx';
import { Disagreements } from './disagreements.tsx';
import { figuresOf, ratersText } from './figures.ts';

/** Whether the judges of a run can be trusted: each held against what people said of the same answers. */
export function Judges({ store }: { readonly store: Store }) {
  const state = store.judges.value;
  const element = useRef<HTMLElement>(null);
  useLayoutEffect(() => element.current?.focus(), []);
  const close = () => store.showJudges(false);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  return (
    <section ref={element} class="review judges" tabIndex={-1} aria-label="Judges" onKeyDown={onKeyDown}>
      <header class="review-head">
        <div class="review-row">
          <IconButton icon="arrow-left" label="Back to the results (Escape)" onClick={close} />
          <h2>Can these judges be trusted?</h2>
        </div>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long report is scrolled by keyboard */}
      <section class="review-body" tabIndex={0} aria-label="Report">
        {state === null ? <p class="note">Holding the judges against people…</p> : null}
        {state && (state.judges === null || state.judges.length === 0) ? (
          <EmptyState icon="law" title="No judge scored this run" />
        ) : null}
        {state?.judges?.map((held) => (
          <JudgeCard key={held.report.judge} store={store} held={held} runId={state.runId} />
        ))}
      </section>
    </section>
  );
}

function JudgeCard({
  store,
  held,
  runId,
}: {
  readonly store: Store;
  readonly held: HeldJudge;
  readonly runId: string;
}) {
  const { report, against } = held;
  const people = against && [against.metric, against.criterion].filter(Boolean).join(' · ');
  return (
    <article class="judge-card" aria-label={report.judge}>
      <h3>
        {report.judge}
        {people === null ? null : <span class="note"> against {people}</span>}
      </h3>
      <Standing held={held} />
      <p class="note">
        {report.judged} of {countOf(report.samples, 'answer')} judged, {report.rated} rated by people
        {report.split > 0 ? `, ${report.split} on which they are split` : ''}
      </p>
      {report.compared === 0 ? (
        <NothingToCompare store={store} held={held} runId={runId} />
      ) : (
        <>
          <dl class="judge-figures">
            {figuresOf(report).map(({ name, value, note, title }) => (
              <div key={name} title={title}>
                <dt>{name}</dt>
                <dd>
                  <strong>{value}</strong> {note === '' ? null : <span class="note">{note}</span>}
                </dd>
              </div>
            ))}
          </dl>
          <Section title="Judge and people">
            <Confusion confusion={report.confusion} />
          </Section>
          {report.cases === null ? null : (
            <p class="note">Intervals resample {countOf(report.cases, 'case')}, each with all its answers.</p>
          )}
          <p class="note judge-raters">{ratersText(report.raters)}</p>
          <Disagreements store={store} pairs={report.disagreements} />
        </>
      )}
    </article>
  );
}

/** Where the judge stands against the bar of its suite, first and in words. */
function Standing({ held: { report } }: { readonly held: HeldJudge }) {
  const { standing, bar, kappa } = report;
  if (bar === null)
    return (
      <p class="callout">
        <Icon name="info" /> No bar is set. <code>trust: {'{ kappa: 0.6 }'}</code> beside the metric sets one.
      </p>
    );
  if (standing === 'meets')
    return (
      <p class="callout">
        <Icon name="pass" class="status-pass" /> It meets the bar: kappa {kappa?.toFixed(2)}, the suite asks for{' '}
        {bar.kappa}.
      </p>
    );
  return (
    <p class="callout">
      <Icon name="warning" class="status-error" />{' '}
      {standing === 'below'
        ? `Below the bar: kappa ${kappa?.toFixed(2)}, the suite asks for ${bar.kappa}. Its scores carry a warning.`
        : `Not known: the suite asks for a kappa of ${bar.kappa}, and there is not enough to compute it.`}
    </p>
  );
}

function NothingToCompare({ store, held: { against, report }, runId }: Parameters<typeof JudgeCard>[0]) {
  if (against === null)
    return <p>The suite asks no people. Give it a metric `human`, re-score, and rate some of the answers.</p>;
  return (
    <p class="judge-way">
      {report.rated === 0 ? 'Nobody has rated an answer of its yet.' : 'People are split on all of them.'}{' '}
      <Button icon="person" onClick={() => store.review.open({ runId, metric: against.metric })}>
        Review
      </Button>
    </p>
  );
}
