import type { PlaygroundState, Tab } from '../../src/protocol/views.ts';
import { shortVersion } from '../format.ts';
import { isAnswering } from '../state/answers.ts';
import type { Store } from '../state/store.ts';
import { IconButton } from '../ui/icon.tsx';
import { Button, Dropdown } from '../ui/toolkit.tsx';

/** What the playground is about, and the one thing to do next. */
export function Header({ store, playground, tab }: HeaderProps) {
  const { promptName, promptVersion, model, suites, suite, pinned, usedBy } = playground;
  const { review } = store;
  const isHidden = tab === 'results' && review.query.value !== null && review.isBlind.value;
  return (
    <header class="frame-head">
      <div class="frame-title">
        <h1 title={promptName ?? ''}>{promptName}</h1>
        <div class="frame-facts">
          {isHidden ? (
            <span class="note" title="A rater is not to know who answered">
              hidden while you review
            </span>
          ) : promptVersion ? (
            <code title={`Prompt version ${promptVersion}`}>{shortVersion(promptVersion)}</code>
          ) : (
            <span class="note">no version</span>
          )}
          {isHidden ? null : usedBy === null ? (
            <span class="frame-model" title={model === null ? '' : `Model ${model}`}>
              {model ?? 'no model'}
            </span>
          ) : (
            <span class="note">partial</span>
          )}
        </div>
      </div>
      <div class="frame-actions">
        {suites.length > 1 ? (
          <Dropdown
            label="Suite to evaluate"
            value={String(Math.max(0, suites.indexOf(suite ?? '')))}
            options={suites.map((name, index) => ({ value: String(index), label: name }))}
            onChange={(index) => store.post({ type: 'select-suite', index: Number(index) })}
          />
        ) : null}
        {usedBy === null ? <PrimaryButton store={store} playground={playground} tab={tab} /> : null}
        <IconButton
          icon={pinned ? 'pinned' : 'pin'}
          label={pinned ? 'Unpin: follow the active editor' : 'Pin: stay with this prompt'}
          pressed={pinned}
          onClick={() => store.post({ type: 'set-pinned', pinned: !pinned })}
        />
      </div>
    </header>
  );
}

type HeaderProps = { readonly store: Store; readonly playground: PlaygroundState; readonly tab: Tab };

/** Run on the preview, Evaluate elsewhere; Stop while that goes on; what is missing first. */
function PrimaryButton({ store, playground, tab }: HeaderProps) {
  const { post } = store;
  const isBusy = tab === 'preview' ? isAnswering(store.answers.value) : playground.running !== null;
  if (isBusy)
    return (
      <Button icon="debug-stop" onClick={() => post({ type: 'stop' })}>
        Stop
      </Button>
    );
  if (tab === 'preview')
    return playground.modelReady ? (
      <Button appearance="primary" icon="play" onClick={() => post({ type: 'run' })}>
        Run
      </Button>
    ) : (
      <Button appearance="primary" icon="plug" onClick={() => post({ type: 'connect-model' })}>
        Connect a model
      </Button>
    );
  if (playground.suites.length === 0)
    return (
      <Button appearance="primary" icon="add" onClick={() => post({ type: 'add-cases' })}>
        Add test cases
      </Button>
    );
  return (
    <Button
      appearance="primary"
      icon="beaker"
      title={playground.suite === null ? undefined : `Evaluate ${playground.suite}`}
      onClick={() => post({ type: 'evaluate' })}
    >
      Evaluate
    </Button>
  );
}
