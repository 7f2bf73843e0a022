import type { SampleStatus } from '../../src/engine/run/sample.ts';
import { Icon } from './icon.tsx';

/** Each status has a shape of its own, so that colour is never the only sign. */
export const STATUS_ICONS: { readonly [status in SampleStatus]: string } = {
  pass: 'pass',
  fail: 'error',
  error: 'warning',
  unscored: 'circle-slash',
};

export function StatusIcon({ status }: { readonly status: SampleStatus }) {
  return <Icon name={STATUS_ICONS[status]} label={status} class={`status-${status}`} />;
}

/** Whether a score passed its metric's threshold; nothing for a metric without one. */
export function PassedIcon({ passed }: { readonly passed: boolean | null }) {
  if (passed === null) return null;
  return (
    <Icon
      name={passed ? 'check' : 'close'}
      label={passed ? 'passed' : 'not passed'}
      class={passed ? 'status-pass' : 'status-fail'}
    />
  );
}
