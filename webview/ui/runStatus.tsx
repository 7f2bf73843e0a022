import type { RunStatus } from '../../src/engine/run/run.ts';
import { Icon } from './icon.tsx';

/** Says what is unusual about a run; a finished one needs no word. */
export function RunStatusNote({ status }: { readonly status: RunStatus }) {
  if (status === 'finished') return null;
  return (
    <span class={`run-status is-${status}`} title={status}>
      <Icon
        name={{ running: 'loading', cancelled: 'debug-stop', interrupted: 'debug-disconnect' }[status]}
        spin={status === 'running'}
      />
      <span class="run-status-word">{status}</span>
    </span>
  );
}
