import type { CorpusTotals, MetricInput } from '../metric/metric.ts';
import { RepeatTotals } from '../repeats/repeatTotals.ts';
import { scoreInterval } from '../stats/interval.ts';
import { quantile } from '../stats/quantile.ts';
import type { MetricSummary, RunStatus, RunSummary, VariantSummary } from './run.ts';
import type { PlannedVariant, RunPlan } from './runPlan.ts';
import type { Sample, StatusCounts } from './sample.ts';
import type { TakenSample } from './takeSample.ts';

/** Adds up a run while it goes on. Keeps a few numbers for each sample, never its texts. */
export class RunAccumulator {
  readonly #plan: Pick<RunPlan, 'header' | 'variants'>;
  readonly #variants: ReadonlyMap<string, VariantTotals>;
  #spentUsd = 0;
  #done = 0;

  constructor(plan: Pick<RunPlan, 'header' | 'variants'>) {
    this.#plan = plan;
    this.#variants = new Map(
      plan.variants.map((planned) => [planned.variant.id, new VariantTotals(planned, plan.header)]),
    );
  }

  /** What is known to have been spent; replayed answers cost nothing now, whatever they once cost. */
  get spentUsd(): number {
    return this.#spentUsd;
  }

  get done(): number {
    return this.#done;
  }

  add({ sample, input, isReused = false }: TakenSample, planned: PlannedVariant): void {
    this.#done += 1;
    if (planned.billed && !isReused && sample.status !== 'error') this.#spentUsd += sample.costUsd ?? 0;
    if (sample.status !== 'error') {
      for (const { costUsd } of sample.scores) this.#spentUsd += costUsd ?? 0;
    }
    this.#variants.get(sample.variantId)?.add(sample, input);
  }

  summary(status: RunStatus, finishedAt: string): RunSummary {
    const { header } = this.#plan;
    const variants = header.variants.flatMap((variant): VariantSummary[] => {
      const totals = this.#variants.get(variant.id);
      return totals ? [{ variant, ...totals.summary() }] : [];
    });
    return { header, status, finishedAt, variants };
  }
}

class VariantTotals {
  readonly #metrics: ReadonlyMap<string, MetricTotals>;
  readonly #counts: { -readonly [status in keyof StatusCounts]: number } = { pass: 0, fail: 0, error: 0, unscored: 0 };
  /** Repeats of a case become one first: they are not independent, so they must not narrow the interval. */
  readonly #repeats: RepeatTotals;
  readonly #latenciesMs: number[] = [];
  #answers = 0;
  readonly #input = new KnownSum();
  readonly #output = new KnownSum();
  readonly #costUsd = new KnownSum();
  #judgeCostUsd: KnownSum | null = null;

  constructor(planned: PlannedVariant, { repeats, policy }: RunPlan['header']) {
    this.#repeats = new RepeatTotals(repeats, policy.repeats ?? {});
    this.#metrics = new Map(planned.metrics.map((metric) => [metric.name, new MetricTotals(metric)]));
  }

  add(sample: Sample, input: MetricInput | null): void {
    this.#counts[sample.status] += 1;
    if (sample.status === 'error') return;
    this.#answers += 1;
    this.#input.add(sample.usage?.inputTokens ?? null);
    this.#output.add(sample.usage?.outputTokens ?? null);
    this.#costUsd.add(sample.costUsd);
    if (sample.latencyMs !== null) this.#latenciesMs.push(sample.latencyMs);
    for (const score of sample.scores) {
      this.#metrics.get(score.metric)?.add(score, input);
      if (score.costUsd === undefined) continue;
      this.#judgeCostUsd ??= new KnownSum();
      this.#judgeCostUsd.add(score.costUsd);
    }
    const { caseIndex, status, composite, output } = sample;
    if (status !== 'unscored') this.#repeats.add({ caseIndex, status, composite, output });
  }

  summary(): Omit<VariantSummary, 'variant'> {
    const repeats = this.#repeats.summary();
    const input = this.#answers > 0 ? this.#input.value : null;
    const output = this.#answers > 0 ? this.#output.value : null;
    return {
      samples: { ...this.#counts },
      composite: scoreInterval(this.#repeats.composites(), 0.95),
      metrics: Object.fromEntries([...this.#metrics].map(([name, totals]) => [name, totals.summary()])),
      latencyMs:
        this.#latenciesMs.length > 0
          ? { p50: quantile(this.#latenciesMs, 0.5), p95: quantile(this.#latenciesMs, 0.95) }
          : null,
      tokens: input !== null && output !== null ? { input, output } : null,
      costUsd: this.#answers > 0 ? this.#costUsd.value : null,
      ...(this.#judgeCostUsd ? { judgeCostUsd: this.#judgeCostUsd.value } : {}),
      ...(repeats ? { repeats } : {}),
    };
  }
}

class MetricTotals {
  readonly #metric: PlannedVariant['metrics'][number];
  readonly #corpus: CorpusTotals | null;
  #sum = 0;
  #n = 0;
  #error = 0;
  #unscored = 0;

  constructor(metric: PlannedVariant['metrics'][number]) {
    this.#metric = metric;
    this.#corpus = metric.corpus?.() ?? null;
  }

  add(
    score: { readonly outcome: 'scored' | 'unscored' | 'error'; readonly value?: number },
    input: MetricInput | null,
  ) {
    if (score.outcome === 'error') this.#error += 1;
    else if (score.outcome === 'unscored') this.#unscored += 1;
    else {
      this.#n += 1;
      this.#sum += score.value ?? 0;
      if (input) this.#corpus?.add(input, score.value ?? Number.NaN);
    }
  }

  summary(): MetricSummary {
    const { signature } = this.#metric;
    const mean = this.#n > 0 ? this.#sum / this.#n : null;
    const interval = this.#corpus?.interval?.();
    return {
      mean: this.#corpus && this.#n > 0 ? this.#corpus.value() : mean,
      n: this.#n,
      error: this.#error,
      unscored: this.#unscored,
      signature,
      ...(interval && { interval }),
    };
  }
}

/** A sum that is unknown as soon as one of its parts is. */
class KnownSum {
  #sum = 0;
  #known = true;

  add(value: number | null): void {
    if (value === null) this.#known = false;
    else this.#sum += value;
  }

  get value(): number | null {
    return this.#known ? this.#sum : null;
  }
}
