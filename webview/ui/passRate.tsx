import { passRate } from '../../src/engine/stats/passRate.ts';
import { formatShare, NONE } from '../format.ts';
import { Whisker } from './whisker.tsx';

/** The share of the judged samples that pass, with its interval in a picture and in words. */
export function PassRate({ counts, repeats, unit }: PassRateProps) {
  const share = passRate(counts, repeats);
  if (share === null) return <span>{NONE}</span>;
  const { rate, low, high } = share;
  const asked = repeats > 1 ? `; the ${repeats} answers to a case count as one in the interval` : '';
  return (
    <span
      class="pass-rate"
      title={`${counts.pass} of ${counts.pass + counts.fail} judged samples pass; 95 % Wilson interval${asked}`}
    >
      <span>
        <strong>{formatShare(rate)}</strong>
        {unit ? ` ${unit}` : ''}
      </span>
      <Whisker value={rate} interval={{ low, high }} from={0} to={1} tone="plain" />
      <span class="note">
        {formatShare(low).replace(' %', '')}–{formatShare(high)}
      </span>
    </span>
  );
}

type PassRateProps = {
  readonly counts: { readonly pass: number; readonly fail: number };
  /** How often each case was asked. */
  readonly repeats: number;
  /** A word after the figure, where no column says what it is. */
  readonly unit?: string;
};
