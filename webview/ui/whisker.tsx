/** A value with its interval on a scale, for the eye; the numbers stand beside it. All in the scale's unit. */
export function Whisker({ value, interval, from, to, mark, tone }: WhiskerProps) {
  const at = (number: number) => `${Math.max(0, Math.min(1, (number - from) / (to - from))) * 100}%`;
  const width = (low: number, high: number) =>
    `${(Math.max(0, Math.min(1, (high - from) / (to - from))) - Math.max(0, Math.min(1, (low - from) / (to - from)))) * 100}%`;
  return (
    <span class="whisker" aria-hidden="true">
      {mark === undefined ? null : <span class="whisker-mark" style={{ left: at(mark) }} />}
      {interval ? (
        <span
          class={`whisker-line is-${tone}`}
          style={{ left: at(interval.low), width: width(interval.low, interval.high) }}
        />
      ) : null}
      <span class={`whisker-dot is-${tone}`} style={{ left: at(value) }} />
    </span>
  );
}

type WhiskerProps = {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number } | null;
  readonly from: number;
  readonly to: number;
  /** Where the scale has a line: no difference. */
  readonly mark?: number;
  readonly tone: 'better' | 'worse' | 'plain';
};
