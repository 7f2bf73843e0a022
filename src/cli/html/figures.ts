import type { RunSummary, VariantSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';

import { passRate } from '../../engine/stats/passRate.ts';
import { formatCount, formatFigure, formatMilliseconds, formatScore, formatUsd, UNKNOWN } from '../format.ts';

import { html, type Markup, NOTHING } from './markup.ts';
import { whisker } from './whisker.ts';

/** The variants of a run: how many passed, the composite, what it took. */
export function variantsTable({ header, variants }: RunSummary): Markup {
  const labels = variantLabels(header.variants);
  const isJudged = variants.some(({ judgeCostUsd }) => judgeCostUsd !== undefined);
  const count = (status: keyof VariantSummary['samples'], tone: string, { samples }: VariantSummary) =>
    html`<td class="n ${samples[status] === 0 ? 'dim' : tone}">${formatCount(samples[status])}</td>`;
  const rows = variants.map((variant) => {
    const { samples, composite, latencyMs, costUsd, judgeCostUsd } = variant;
    const { id, model, prompt, promptVersion } = variant.variant;
    return html`<tr><th scope="row">${labels.get(id) ?? id}<small>${model} · ${prompt} ${promptVersion.slice(0, 8)}</small></th>
<td class="interval">${composite ? scoreInterval(composite) : UNKNOWN}</td><td class="interval">${passing(samples, header.repeats)}</td>
${count('pass', 'good', variant)}${count('fail', 'bad', variant)}${count('error', 'doubt', variant)}${count('unscored', 'doubt', variant)}
<td class="n">${formatMilliseconds(latencyMs?.p50 ?? null)}</td><td class="n">${formatMilliseconds(latencyMs?.p95 ?? null)}</td>
<td class="n">${formatUsd(costUsd)}</td>${isJudged ? html`<td class="n">${formatUsd(judgeCostUsd ?? null)}</td>` : NOTHING}</tr>
`;
  });
  const judged = isJudged ? html`<th scope="col" class="n">judge cost</th>` : NOTHING;
  return html`<div class="wide"><table><thead><tr><th scope="col">variant</th><th scope="col">composite, 95 % interval</th><th scope="col">pass rate, 95 % interval</th><th scope="col" class="n">pass</th><th scope="col" class="n">fail</th><th scope="col" class="n">error</th><th scope="col" class="n">unscored</th><th scope="col" class="n">latency p50</th><th scope="col" class="n">p95</th><th scope="col" class="n">cost</th>${judged}</tr></thead><tbody>
${rows}</tbody></table></div>
`;
}

/** The mean of each metric under each variant, and over how many samples it is. */
export function metricsTable({ header, variants }: RunSummary): Markup {
  const labels = variantLabels(header.variants);
  const columns = variants.map(
    ({ variant }) => html`<th scope="col" class="n">${labels.get(variant.id) ?? variant.id}</th>`,
  );
  const rows = header.metrics.map(({ name, kind, direction, weight, gate }) => {
    const cells = variants.map(({ metrics }) => {
      const figure = metrics[name];
      const without = (figure?.error ?? 0) + (figure?.unscored ?? 0);
      const missing = without > 0 ? html` <small class="dim">${formatCount(without)} without</small>` : NOTHING;
      return html`<td class="n">${formatFigure(kind, figure)}${missing}</td>`;
    });
    const part = [
      kind,
      `weight ${weight}`,
      ...(gate ? ['gate'] : []),
      ...(direction === 'lower' ? ['lower is better'] : []),
    ];
    return html`<tr><th scope="row">${name}<small>${part.join(' · ')}</small></th>${cells}</tr>
`;
  });
  return html`<h2>Metrics</h2><div class="wide"><table><thead><tr><th scope="col">metric</th>${columns}</tr></thead><tbody>
${rows}</tbody></table></div>
`;
}

/** Of the samples that were judged: those in error and unscored ones are in neither number. */
export function passing(counts: Parameters<typeof passRate>[0], repeats: number): Markup {
  const share = passRate(counts, repeats);
  if (share === null) return html`${UNKNOWN}`;
  const { rate, low, high } = share;
  return html`${percent(rate)} <small>${percent(low)} to ${percent(high)}</small>${whisker({ value: rate, low, high }, [0, 1])}`;
}

function scoreInterval({ mean, low, high }: NonNullable<VariantSummary['composite']>): Markup {
  const [from, to] = [Math.max(0, low), Math.min(1, high)];
  return html`<strong>${formatScore(mean)}</strong> <small>${formatScore(from)} to ${formatScore(to)}</small>${whisker({ value: mean, low: from, high: to }, [0, 1])}`;
}

function percent(rate: number): string {
  return `${(rate * 100).toFixed(1)} %`;
}
