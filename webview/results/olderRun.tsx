import type { RunListItem } from '../../src/protocol/history.ts';
import { formatAgo, formatTime, shortVersion } from '../format.ts';
import type { Store } from '../state/store.ts';
import { Icon } from '../ui/icon.tsx';

/** Says that the figures are of another version than the frame above names, and leads back. */
export function OlderRun({ store, run }: { readonly store: Store; readonly run: RunListItem }) {
  const versions = [...new Set(run.variants.map(({ variant }) => variant.promptVersion))];
  return (
    <p class="callout older-run" role="status">
      <Icon name="history" />
      <span>
        Older run
        {versions.length === 1 ? (
          <>
            {' · version '}
            <code title={versions[0]}>{shortVersion(versions[0] ?? '')}</code>
          </>
        ) : null}
        {' · '}
        <time dateTime={run.startedAt} title={formatTime(run.startedAt)}>
          {formatAgo(run.startedAt, Date.now())}
        </time>
      </span>
      <button type="button" class="link-button" onClick={() => store.post({ type: 'select-run', runId: null })}>
        Back to the newest
      </button>
    </p>
  );
}
