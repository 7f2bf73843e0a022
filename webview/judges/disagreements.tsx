import { useState } from 'preact/hooks';
import type { JudgePair } from '../../src/engine/judge/judgePairs.ts';
import { countOf, formatScore } from '../format.ts';
import type { Store } from '../state/store.ts';
import { Section } from '../ui/section.tsx';

const FIRST = 8;

/** Where judge and people say otherwise, the widest apart first: what to mend the judge's prompt by. */
export function Disagreements({ store, pairs }: { readonly store: Store; readonly pairs: readonly JudgePair[] }) {
  const [areAll, setAll] = useState(false);
  if (pairs.length === 0) return <p class="note">Judge and people agree on every answer.</p>;
  const shown = areAll ? pairs : pairs.slice(0, FIRST);
  return (
    <Section title="Where they differ" note={countOf(pairs.length, 'answer')}>
      <ul class="disagreements">
        {shown.map((pair) => (
          <li key={pair.id}>
            <button
              type="button"
              class="link-button"
              title="Show this answer, in the run that it is of"
              disabled={pair.place === undefined}
              onClick={() => pair.place && store.openPlace(pair.place)}
            >
              {pair.id}
            </button>
            <span>
              judge {words(pair.judge.passed)} {formatScore(pair.judge.score)}, people {words(pair.people.passed)}{' '}
              {formatScore(pair.people.score)}
            </span>
            <span class="note">{pair.judge.reason}</span>
          </li>
        ))}
      </ul>
      {areAll || pairs.length <= FIRST ? null : (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          Show all {pairs.length}
        </button>
      )}
    </Section>
  );
}

function words(passed: boolean | null): string {
  return passed ? 'pass' : 'fail';
}
