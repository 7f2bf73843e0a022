import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { diffTexts } from '../../src/engine/textDiff.ts';
import type { ComparedIds, ComparedLine } from '../../src/protocol/comparison.ts';
import type { SampleDetail } from '../../src/protocol/views.ts';
import { formatScore } from '../format.ts';
import { indentJson, readableJson } from '../readable.ts';
import type { ComparedPair } from '../state/comparison.ts';
import type { Store } from '../state/store.ts';
import { DiffText } from '../ui/diffText.tsx';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon, IconButton } from '../ui/icon.tsx';
import { Section } from '../ui/section.tsx';
import { StatusIcon } from '../ui/status.tsx';
import { GROUP_ICONS, GROUP_WORDS } from './changeChips.tsx';

/** One case under both: what is another word in the answer, both scores with their reasons, and the ways to the editor's own diff. */
export function ComparedCase({ store, ids, line, pair }: ComparedCaseProps) {
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => body.current?.scrollTo(0, 0), [line]);
  const { before, after } = line;
  const isBoth = before !== null && after !== null;
  const openDiff = (of: 'output' | 'messages') => {
    if (before && after)
      store.post({
        type: 'open-diff',
        ids,
        wanted: { of, before: before.sampleId, after: after.sampleId },
      });
  };
  return (
    <aside class="drawer" tabIndex={-1} aria-label={`Case ${line.caseId}`}>
      <header class="drawer-head">
        <Icon name={GROUP_ICONS[line.group]} label={GROUP_WORDS[line.group]} class={`change-${line.group}`} />
        <div class="drawer-title">
          <h2 title={line.caseId}>{line.caseId}</h2>
          <span class="note">{GROUP_WORDS[line.group]}</span>
        </div>
        <IconButton icon="close" label="Close (Escape)" onClick={store.comparison.closeRow} />
      </header>
      <div ref={body} class="drawer-body">
        {isBoth ? (
          <p class="compared-ways">
            <button type="button" class="link-button" onClick={() => openDiff('output')}>
              <Icon name="diff" /> Outputs in the editor
            </button>
            <button type="button" class="link-button" onClick={() => openDiff('messages')}>
              <Icon name="diff" /> What was sent
            </button>
          </p>
        ) : null}
        {pair === null ? <p class="note">Reading the answers…</p> : <Pair line={line} pair={pair} />}
      </div>
    </aside>
  );
}

type ComparedCaseProps = {
  readonly store: Store;
  readonly ids: ComparedIds;
  readonly line: ComparedLine;
  readonly pair: ComparedPair | null;
};

function Pair({ line, pair }: Pick<ComparedCaseProps, 'line'> & { readonly pair: ComparedPair }) {
  const { before, after } = pair;
  const expected = (after ?? before)?.expected ?? null;
  return (
    <>
      <Section title="Output, before and after">
        <Difference before={textOf(before)} after={textOf(after)} />
      </Section>
      {expected === null ? null : (
        <Section title="Expected">
          <div class="card is-expected">
            <div class="card-body">
              <FoldedText text={readableJson(expected)} maxLines={20} />
            </div>
          </div>
        </Section>
      )}
      <SideScores title="Before" detail={before} composite={line.before?.composite ?? null} />
      <SideScores title="After" detail={after} composite={line.after?.composite ?? null} />
    </>
  );
}

function Difference({ before, after }: { readonly before: string | null; readonly after: string | null }) {
  const parts = useMemo(() => (before === null || after === null ? null : diffTexts(before, after)), [before, after]);
  if (before === null || after === null) return <Single text={before ?? after} />;
  if (before === after) return <Single text={after} note="The same before and after." />;
  if (parts === null)
    return (
      <>
        <p class="note">The two are too long or too different to show their difference here.</p>
        <Single text={before} />
        <Single text={after} />
      </>
    );
  return (
    <>
      <p class="note legend">
        <del>before only</del> <ins>after only</ins>
      </p>
      <div class="card is-unscored">
        <div class="card-body verbatim">
          <DiffText parts={parts} />
        </div>
      </div>
    </>
  );
}

function Single({ text, note }: { readonly text: string | null; readonly note?: string }) {
  if (text === null) return <p class="note">There is no answer.</p>;
  return (
    <>
      {note ? <p class="note">{note}</p> : null}
      <div class="card is-unscored">
        <div class="card-body">
          <FoldedText text={text} maxLines={40} />
        </div>
      </div>
    </>
  );
}

function SideScores({
  title,
  detail,
  composite,
}: {
  readonly title: string;
  readonly detail: SampleDetail | null;
  readonly composite: number | null;
}) {
  if (detail === null) return null;
  return (
    <Section
      title={title}
      actions={
        <span class="compared-score">
          <StatusIcon status={detail.row.status} /> {formatScore(composite)}
        </span>
      }
    >
      {detail.error ? <p class="note">{detail.error.message}</p> : null}
      <ul class="compared-scores">
        {detail.scores.map((score) => (
          <li key={score.metric}>
            <span class="score-name">{score.metric}</span>{' '}
            {score.outcome !== 'scored' ? score.outcome : score.score === null ? '' : formatScore(score.score)}
            <span class="note"> {score.reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** JSON is laid out, so that a change of its layout alone is none. */
function textOf(detail: SampleDetail | null): string | null {
  if (detail === null || detail.output === null) return null;
  return indentJson(detail.output) ?? detail.output;
}
