import type { BaselineComparison } from '../../engine/compare/compareToBaseline.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import type { HistoryReader } from '../../node/store/history.ts';
import { formatCount, formatMilliseconds, plural } from '../format.ts';
import type { Gate } from '../reporters/suiteReport.ts';
import { comparedFigures, verdictParts } from './comparedVariants.ts';
import { metricsTable, variantsTable } from './figures.ts';
import { filterBar, noteList } from './listParts.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { pageEnd, pageStart } from './page.ts';
import { sampleDetails } from './samplePart.ts';
import { tagsTable } from './tagsTable.ts';

/** A kept run and what is known beside it. */
export type ReportedRun = {
  /** Open until the last piece was taken. */
  readonly history: HistoryReader;
  readonly summary: RunSummary;
  /** null where the run was not judged here. */
  readonly gate: Gate | null;
  /** null where it was compared with nothing. */
  readonly comparison: BaselineComparison | null;
  readonly notes: readonly string[];
};

/** A page of one run or several, in pieces: the texts of one sample are in memory at a time. */
export function* runPage(runs: readonly ReportedRun[]): Generator<string> {
  const [first] = runs;
  yield pageStart(runs.length === 1 && first ? `${first.summary.header.suite} · Touchstone` : 'Touchstone');
  for (const run of runs) yield* runSection(run);
  yield pageEnd();
}

function* runSection({ history, summary, gate, comparison, notes }: ReportedRun): Generator<string> {
  const { header, variants } = summary;
  const labels = variantLabels(header.variants);
  const compared = comparison?.variants ?? [];
  const label = (id: string) => labels.get(id) ?? id;
  const kinds = new Map(header.metrics.map(({ name, kind }) => [name, kind]));
  yield html`<h1>${header.suite}</h1>
<p class="facts">${runFacts(summary)}</p>
${gate ? gatePart(gate, summary) : NOTHING}${verdictParts(compared, label)}${noteList([...(comparison?.notes ?? []), ...notes])}
${compared.length > 0 ? html`<h2>Since ${comparison?.name ?? ''}</h2>${comparedFigures(compared, label)}` : NOTHING}${variantsTable(summary)}${metricsTable(summary)}${tagsTable(history, summary)}`
    .text;
  const total = (status: 'pass' | 'fail' | 'error' | 'unscored') =>
    variants.reduce((sum, { samples }) => sum + samples[status], 0);
  const kindsOf = (['fail', 'error', 'unscored', 'pass'] as const).map((kind) => [kind, total(kind)] as const);
  yield html`<section><h2>Cases</h2>${filterBar(kindsOf)}`.text;
  for (const stored of history.allSamples(header.id)) {
    const label = header.variants.length > 1 ? (labels.get(stored.sample.variantId) ?? '') : '';
    yield sampleDetails(stored, { label, repeats: header.repeats, kinds }).text;
  }
  yield '</section>\n';
}

/** Which run it is, of what. */
export function runFacts({ header, status, finishedAt }: RunSummary): string {
  const { id, startedAt, git, dataset, selection, repeats } = header;
  const took = finishedAt === null ? '' : ` in ${formatMilliseconds(Date.parse(finishedAt) - Date.parse(startedAt))}`;
  return [
    `run ${id}`,
    `${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    `${status}${took}`,
    `${plural(selection.cases, 'case')} of ${dataset.path}`,
    ...(selection.cases === dataset.cases ? [] : [`of ${formatCount(dataset.cases)} in all`]),
    ...(repeats > 1 ? [`${repeats} repeats`] : []),
    ...(git ? [`commit ${git.commit.slice(0, 12)}${git.dirty ? ' with changes' : ''}`] : []),
  ].join(' · ');
}

function gatePart({ holds, reasons }: Gate, { variants }: RunSummary): Markup {
  const isScored = variants.some(({ samples }) => samples.pass + samples.fail > 0);
  if (holds && !isScored)
    return html`<div class="verdict doubt"><strong>Gate not decided</strong>: no sample was scored.</div>`;
  if (holds) return html`<div class="verdict good"><strong>Gate holds</strong></div>`;
  return html`<div class="verdict bad"><strong>Gate fails</strong><ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul></div>`;
}
