import { type Doubt, trustWords } from '../../src/engine/judge/trustWords.ts';
import { Icon } from './icon.tsx';

/** A warning beside a judge's number that the suite does not trust without people's word; nothing for any other metric. */
export function TrustMark({ doubts, metric }: { readonly doubts: readonly Doubt[]; readonly metric: string }) {
  const doubt = doubts.find((one) => one.metric === metric);
  return doubt ? <Icon name="warning" label={trustWords(doubt)} class="trust-mark status-error" /> : null;
}
