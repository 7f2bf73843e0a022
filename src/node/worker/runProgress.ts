import type { RunEvent } from '../../engine/run/run.ts';
import type { Sample, StatusCounts } from '../../engine/run/sample.ts';
import type { VariantProgress } from '../../protocol/views.ts';
import type { RunProgress } from '../../protocol/worker.ts';

const EVERY_MS = 100;

/**
 * Adds a run's events up and tells of them: at its start, at its end, and about ten times a second between.
 *
 * @returns a listener for `evaluateSuite`; `stop` ends the timer when a run throws
 */
export function reportProgress(
  suitePath: string,
  report: (progress: RunProgress) => void,
): { readonly onEvent: (event: RunEvent) => void; readonly stop: () => void } {
  const whole = new Totals();
  const variants = new Map<string, Totals>();
  let run = { runId: '', planned: 0 };
  // Unknown as soon as one sample's is: a sum of the known ones would be too low.
  let costUsd: number | null = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStale = false;

  const tell = (finished: boolean) => {
    isStale = false;
    const { counts, composite } = whole.soFar();
    const done = counts.pass + counts.fail + counts.error + counts.unscored;
    const each = Object.fromEntries([...variants].map(([id, totals]) => [id, totals.soFar()]));
    report({ ...run, suitePath, done, counts, composite, costUsd, variants: each, finished });
  };
  const stop = () => clearInterval(timer);

  const onEvent = (event: RunEvent) => {
    switch (event.type) {
      case 'run-started':
        for (const { id } of event.header.variants) variants.set(id, new Totals());
        run = { runId: event.header.id, planned: event.header.plannedSamples };
        tell(false);
        timer = setInterval(() => isStale && tell(false), EVERY_MS);
        return;
      case 'sample-started':
        return;
      case 'sample-finished': {
        const { sample } = event;
        whole.add(sample);
        variants.get(sample.variantId)?.add(sample);
        isStale = true;
        if (sample.status === 'error') return;
        costUsd = costUsd === null || sample.costUsd === null ? null : costUsd + sample.costUsd;
        return;
      }
      case 'run-finished':
        stop();
        tell(true);
        return;
      default:
        event satisfies never;
    }
  };
  return { onEvent, stop };
}

class Totals {
  readonly #counts: { -readonly [K in keyof StatusCounts]: number } = { pass: 0, fail: 0, error: 0, unscored: 0 };
  #sum = 0;
  #scored = 0;

  add(sample: Sample): void {
    this.#counts[sample.status] += 1;
    if (sample.status === 'error' || sample.status === 'unscored' || sample.composite === null) return;
    this.#sum += sample.composite;
    this.#scored += 1;
  }

  soFar(): VariantProgress {
    return { counts: { ...this.#counts }, composite: this.#scored === 0 ? null : this.#sum / this.#scored };
  }
}
