import { useMemo } from 'preact/hooks';
import type { Json } from '../../src/engine/json.ts';
import type { SampleStatus } from '../../src/engine/run/sample.ts';
import { diffTexts } from '../../src/engine/textDiff.ts';
import type { SampleDetail } from '../../src/protocol/views.ts';
import { inTypesOf } from '../expectedValue.ts';
import type { OutputView } from '../navigation.ts';
import { comparableTexts, indentJson, readableJson } from '../readable.ts';
import type { Store } from '../state/store.ts';
import { DiffText } from '../ui/diffText.tsx';
import { FoldedText } from '../ui/foldedText.tsx';
import { IconButton } from '../ui/icon.tsx';
import { Section } from '../ui/section.tsx';
import { ViewSwitch } from '../ui/viewSwitch.tsx';
import { metricOfOutput } from './metricOfOutput.ts';

/** What the model wrote and what it should have: as text, as JSON, or as their difference. */
export function Output({ store, detail, onCopy }: OutputProps) {
  const { output } = detail;
  const expected = useMemo(() => expectedOf(detail), [detail]);
  const indented = useMemo(() => (output === null ? null : indentJson(output)), [output]);
  const chosen = store.navigation.value.outputView;
  if (output === null)
    return expected === null ? null : (
      <Section title="Expected">
        <Card text={readableJson(expected)} tone="expected" />
      </Section>
    );
  const views: readonly Exclude<OutputView, 'auto'>[] = [
    'text',
    ...(indented === null ? [] : (['json'] as const)),
    ...(expected === null ? [] : (['diff'] as const)),
  ];
  const fallback = expected !== null && detail.row.status === 'fail' ? 'diff' : indented === null ? 'text' : 'json';
  const view = views.find((one) => one === chosen) ?? fallback;
  return (
    <>
      <Section
        title={view === 'diff' ? 'Output against expected' : 'Output'}
        actions={
          <>
            {views.length > 1 ? (
              <ViewSwitch
                label="Show the output as"
                views={views.map((id) => ({ id, label: VIEW_LABELS[id] }))}
                view={view}
                onSelect={store.setOutputView}
              />
            ) : null}
            <IconButton icon="copy" label="Copy the output" onClick={() => onCopy(output)} />
            <IconButton
              icon="beaker"
              label="Copy as a metric: equals this, or contains what is selected"
              onClick={() => onCopy(metricOfOutput(output, String(getSelection() ?? '')))}
            />
          </>
        }
      >
        {view === 'diff' && expected !== null ? <Diff detail={detail} output={output} /> : null}
        {view === 'text' ? <Card text={output} tone={detail.row.status} /> : null}
        {view === 'json' ? <Card text={indented ?? output} tone={detail.row.status} /> : null}
      </Section>
      {expected === null || view === 'diff' ? null : (
        <Section title="Expected">
          <Card text={readableJson(expected)} tone="expected" />
        </Section>
      )}
    </>
  );
}

function expectedOf({ expected, output }: SampleDetail): Json | null {
  return output === null ? expected : inTypesOf(expected, output);
}

type OutputProps = {
  readonly store: Store;
  readonly detail: SampleDetail;
  readonly onCopy: (text: string) => void;
};

const VIEW_LABELS = { text: 'Text', json: 'JSON', diff: 'Diff' } as const;

/** Its edge says how the sample ended. */
function Card({ text, tone }: { readonly text: string; readonly tone: SampleStatus | 'expected' }) {
  return (
    <div class={`card is-${tone}`}>
      <div class="card-body">
        <FoldedText text={text} maxLines={40} />
      </div>
    </div>
  );
}

function Diff({ detail, output }: { readonly detail: SampleDetail; readonly output: string }) {
  const expected = useMemo(() => expectedOf(detail), [detail]);
  const parts = useMemo(() => {
    const texts = comparableTexts(expected, output);
    return diffTexts(texts.expected, texts.output);
  }, [expected, output]);
  if (parts === null)
    return (
      <>
        <p class="note">The two are too long or too different to show their difference.</p>
        <Card text={output} tone={detail.row.status} />
        <Card text={readableJson(expected)} tone="expected" />
      </>
    );
  const isSame = parts.every((part) => part.kind === 'same');
  return (
    <>
      <p class="note legend">
        {isSame ? (
          'The output is what was expected.'
        ) : (
          <>
            <del>expected only</del> <ins>output only</ins>
          </>
        )}
      </p>
      <div class={`card is-${detail.row.status}`}>
        <div class="card-body verbatim">
          <DiffText parts={parts} />
        </div>
      </div>
    </>
  );
}
