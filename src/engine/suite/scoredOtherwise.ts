import { jsonEqual } from '../metric/structured/jsonEqual.ts';
import type { Suite } from './suite.ts';

/** Whether a suite measures or weighs its answers otherwise than it did; whether it also asks for others makes no difference here. */
export function scoredOtherwise(then: Suite, now: Suite): boolean {
  return !jsonEqual(scoringOf(then), scoringOf(now));
}

function scoringOf({ metrics, judge, composite }: Suite) {
  return JSON.parse(
    JSON.stringify({ metrics: metrics.map(({ value }) => value), judge: judge?.value ?? null, composite }),
  );
}
