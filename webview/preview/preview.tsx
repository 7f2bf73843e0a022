import { useRef } from 'preact/hooks';
import type { PreviewState } from '../../src/protocol/views.ts';
import { Answers } from '../answers/answers.tsx';
import { readableJson } from '../readable.ts';
import type { Store } from '../state/store.ts';
import { FoldedText } from '../ui/foldedText.tsx';
import { Icon } from '../ui/icon.tsx';
import { partialWords } from '../ui/partialWords.ts';
import { useScrollMemory } from '../ui/scrollMemory.ts';
import { Section } from '../ui/section.tsx';
import { Button } from '../ui/toolkit.tsx';
import { CaseStepper } from './caseStepper.tsx';
import { useFollowedScroll } from './followedScroll.ts';
import { Messages } from './messages.tsx';
import { Problems } from './problems.tsx';
import { VariablesForm } from './variablesForm.tsx';

/** The prompt as it will be sent, filled with one case, and what the model answers. */
export function Preview({ store }: { readonly store: Store }) {
  const preview = store.preview.value;
  const usedBy = store.playground.value?.usedBy ?? null;
  const laneCount = store.answers.value?.lanes.length ?? 1;
  const scroller = useRef<HTMLDivElement>(null);
  useScrollMemory(store, 'preview', scroller, preview !== null);
  useFollowedScroll(scroller, (place) => store.post({ type: 'follow-source', ...place }));
  return (
    <div ref={scroller} class="scroller preview">
      {preview === null ? null : (
        <div class={`preview-columns${laneCount > 1 ? ' has-lanes' : ''}`}>
          <div class="preview-prompt">
            {usedBy === null ? null : (
              <p class="callout">
                <Icon name="references" /> {partialWords(usedBy)}
              </p>
            )}
            <Prompt store={store} preview={preview} isPartial={usedBy !== null} />
          </div>
          <div class="preview-answer">
            {preview.expected === null ? null : (
              <Section title="Expected">
                <div class="card is-expected">
                  <div class="card-body">
                    <FoldedText text={readableJson(preview.expected)} maxLines={12} />
                  </div>
                </div>
              </Section>
            )}
            {usedBy === null ? <Answers store={store} /> : null}
          </div>
        </div>
      )}
    </div>
  );
}

type PromptProps = { readonly store: Store; readonly preview: PreviewState; readonly isPartial: boolean };

function Prompt({ store, preview, isPartial }: PromptProps) {
  const { caseCount, problems } = preview;
  return (
    <>
      {isPartial ? null : caseCount === null || caseCount === 0 ? (
        <NoCases store={store} count={caseCount} />
      ) : (
        <CaseStepper
          index={preview.caseIndex}
          count={caseCount}
          caseId={preview.caseId}
          onSelect={(caseIndex) => store.post({ type: 'select-case', caseIndex })}
          onReveal={() => store.post({ type: 'reveal-case', caseIndex: preview.caseIndex })}
        />
      )}
      <Problems problems={problems} onReveal={(index) => store.post({ type: 'reveal-problem', index })} />
      <VariablesForm store={store} preview={preview} />
      <Messages store={store} preview={preview} />
    </>
  );
}

function NoCases({ store, count }: { readonly store: Store; readonly count: number | null }) {
  return (
    <div class="callout">
      <p>
        {count === null
          ? 'No dataset yet: test cases fill the variables and tell how good the prompt is.'
          : 'The dataset has no cases yet.'}
      </p>
      <Button icon="add" onClick={() => store.post({ type: 'add-cases' })}>
        Add test cases
      </Button>
    </div>
  );
}
