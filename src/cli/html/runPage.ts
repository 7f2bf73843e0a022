import type { RunSummary } from '../../engine/run/run.ts';
import type { HistoryReader } from '../../node/store/history.ts';
import { formatCount, formatMilliseconds, plural } from '../format.ts';
import type { Gate } from '../reporters/suiteReport.ts';
import { variantLabels } from '../reporters/variantLabels.ts';
import { metricsTable, variantsTable } from './figures.ts';
import { filterBar, noteList } from './listParts.ts';
import { html, type Markup, NOTHING } from './markup.ts';
import { pageEnd, pageStart } from './page.ts';
import { sampleDetails } from './samplePart.ts';
import { tagsTable } from './tagsTable.ts';

/** What is known beside the kept run; null where it was not judged here. */
export type RunWords = { readonly gate: Gate | null; readonly notes: readonly string[] };

/** A page of one run or several, in pieces: the texts of one sample are in memory at a time. */
export function* runPage(
  history: HistoryReader,
  runs: readonly { readonly summary: RunSummary; readonly words: RunWords }[],
): Generator<string> {
  const [first] = runs;
  yield pageStart(runs.length === 1 && first ? `${first.summary.header.suite} · Touchstone` : 'Touchstone');
  for (const { summary, words } of runs) yield* runSection(history, summary, words);
  yield pageEnd();
}

function* runSection(history: HistoryReader, summary: RunSummary, { gate, notes }: RunWords): Generator<string> {
  const { header, variants } = summary;
  const labels = variantLabels(header.variants);
  const kinds = new Map(header.metrics.map(({ name, kind }) => [name, kind]));
  yield html`<h1>${header.suite}</h1>
<p class="facts">${runFacts(summary)}</p>
${gate ? gatePart(gate, summary) : NOTHING}${noteList(notes)}
${variantsTable(summary)}${metricsTable(summary)}${tagsTable(history, summary)}`.text;
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
