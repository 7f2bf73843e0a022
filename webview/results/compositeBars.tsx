import type { CompositePart } from '../../src/engine/metric/composite/compositeParts.ts';
import { compositeParts } from '../../src/engine/metric/composite/compositeParts.ts';
import type { CompositePolicy } from '../../src/engine/metric/composite/compositePolicy.ts';
import type { Score } from '../../src/engine/metric/metric.ts';
import type { RunMetric } from '../../src/engine/run/run.ts';
import { formatScore } from '../format.ts';

/** How the composite of a sample came about: a bar for each part, as wide as its share and filled as far as its score. */
export function CompositeBars({ scores, metrics, policy, tags, composite }: CompositeBarsProps) {
  const parts = compositeParts(scores, metrics, policy, tags).filter(({ state }) => state !== 'measures');
  const vetoes = parts.filter((part) => part.vetoes).map(({ metric }) => metric);
  if (parts.length === 0 || (parts.length === 1 && vetoes.length === 0)) return null;
  return (
    <details class="composite">
      <summary>
        How {formatScore(composite)} came about
        {vetoes.length > 0 ? <span class="status-fail"> · vetoed by {vetoes.join(', ')}</span> : null}
      </summary>
      <p class="note">{policyWords(policy, tags)}</p>
      <ul>
        {parts.map((part) => (
          <li key={part.metric} class="composite-part">
            <span class="score-name">{part.metric}</span>
            <Bar part={part} />
            <span class="composite-words">{partWords(part)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

type CompositeBarsProps = {
  readonly scores: readonly Score[];
  readonly metrics: readonly RunMetric[];
  readonly policy: CompositePolicy;
  /** Of the case. */
  readonly tags: readonly string[];
  readonly composite: number | null;
};

function Bar({ part: { share, score, vetoes } }: { readonly part: CompositePart }) {
  const percent = (value: number) => `${Math.max(0, Math.min(100, value * 100))}%`;
  return (
    <span class="composite-track" aria-hidden="true">
      <span
        class={vetoes ? 'composite-share is-fail' : 'composite-share'}
        style={{ width: percent(share ?? (score === null ? 0 : 1)) }}
      >
        <span class="composite-fill" style={{ width: percent(score ?? 0) }} />
      </span>
    </span>
  );
}

function partWords({ state, score, share, adds, vetoes }: CompositePart): string {
  const veto = vetoes ? ' · vetoes' : '';
  if (state === 'missing' && score === null) return `no score${veto}`;
  const missing = state === 'missing' ? ' · no score' : '';
  if (adds !== null && share !== null) return `${formatScore(adds)} of ${formatScore(share)}${missing}${veto}`;
  const weight = share === null ? '' : `, share ${formatScore(share)}`;
  return `${formatScore(score)}${weight}${missing}${veto}`;
}

function policyWords(
  { mean = 'arithmetic', formula, threshold, missing, slices = [] }: CompositePolicy,
  tags: readonly string[],
): string {
  const how = formula === undefined ? MEANS[mean] : `${formula}.`;
  const own = slices.filter(({ tag }) => tags.includes(tag)).map(({ tag }) => `"${tag}"`);
  const sliced = own.length === 0 ? '' : `With the weights of cases tagged ${own.join(', ')}. `;
  return `${how} ${sliced}${MISSING[missing]} Passes at ${threshold}.`;
}

const MEANS = {
  arithmetic: 'The weighted mean of the scores.',
  geometric: 'The weighted geometric mean of the scores: one of 0 makes it 0.',
  harmonic: 'The weighted harmonic mean of the scores: low ones count most.',
  min: 'The least score, whatever its weight.',
};
const MISSING = {
  renormalise: 'A missing score is left out.',
  zero: 'A missing score counts as 0.',
  unscored: 'Without all scores there is none.',
};
