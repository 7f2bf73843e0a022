import type { JudgedSample } from '../../engine/judge/judgePairs.ts';
import { judgeReport } from '../../engine/judge/judgeReport.ts';
import { type Against, againstWhom, peopleSaid } from '../../engine/judge/peopleAgainst.ts';
import { metricDefinition } from '../../engine/metric/registry.ts';
import type { RatingForm } from '../../engine/rating/rating.ts';
import type { RunMetric, RunSummary } from '../../engine/run/run.ts';
import type { HeldJudge } from '../../protocol/judges.ts';
import type { HistoryReader } from '../store/history.ts';
import type { JudgedRow } from '../store/judgedRows.ts';

/** Runs of a suite beyond so many add little and take time. */
const MOST_RUNS = 200;

export function judgeMetrics(metrics: readonly RunMetric[]): RunMetric[] {
  return metrics.filter(({ kind }) => metricDefinition(kind)?.usesJudge !== undefined);
}

/**
 * How far the judges of a run agree with people: over the answers of all runs of its suite that the same judge, by signature, has
 * judged, each answer once.
 *
 * @param wanted by name of metric, or all
 */
export function judgeReports(history: HistoryReader, run: RunSummary, wanted?: string): HeldJudge[] {
  const { suite, metrics, variants } = run.header;
  const people = metrics.flatMap(({ name, form }) => (form ? [{ name, form }] : []));
  const runs = history.runs({ suite, past: true, limit: MOST_RUNS }).map(({ id }) => id);
  const others = runs.filter((id) => id !== run.header.id);
  return judgeMetrics(metrics)
    .filter(({ name }) => wanted === undefined || name === wanted)
    .map((metric) => {
      const signatures = new Set(variants.map(({ signatures: all }) => all[metric.name]));
      const rowsOf = (id: string) =>
        history
          .judgedRows(id, metric.name)
          .flatMap((row): PlacedRow[] => (signatures.has(row.score.signature) ? [{ ...row, runId: id }] : []));
      const ofRun = rowsOf(run.header.id);
      const rows = [...ofRun, ...others.flatMap(rowsOf)];
      const against = againstWhom(metric.name, people);
      const form = people.find(({ name }) => name === against?.metric)?.form ?? null;
      const samples = samplesOf(history, rows, against, form);
      const report = judgeReport(metric.name, samples, {
        bar: metric.trust ?? null,
        repeats: repeatsOf(rows),
        ofRun: ofRun.map(({ caseId, score }) => ({ caseId, outcome: score })),
      });
      return { report, against };
    });
}

type PlacedRow = JudgedRow & { readonly runId: string };

/** The newest verdict on each answer, with what people said of it. */
function samplesOf(
  history: HistoryReader,
  rows: readonly PlacedRow[],
  against: Against | null,
  form: RatingForm | null,
): JudgedSample[] {
  const newest = new Map(rows.toReversed().map((row) => [row.subject, row]));
  const ids = new Set<string>();
  return [...newest.values()].reverse().map(({ subject, caseId, runId, sampleId, score }) => {
    const said =
      against && form ? peopleSaid(history.ratings.of(subject, against.metric), form, against.criterion) : [];
    return { id: unique(caseId, ids), place: { runId, sampleId }, caseId, outcome: score, ratings: said };
  });
}

/** Several variants answer a case: its id, then `id #2`. */
function unique(id: string, taken: Set<string>): string {
  let name = id;
  for (let n = 2; taken.has(name); n += 1) name = `${id} #${n}`;
  taken.add(name);
  return name;
}

/** What cost nothing was replayed, or kept from before: no second opinion. */
function repeatsOf(rows: readonly JudgedRow[]): JudgedRow['score'][][] {
  const anew = rows.filter(({ score }) => score.costUsd !== 0);
  const bySubject = Map.groupBy(anew, ({ subject }) => subject);
  return [...bySubject.values()].filter(({ length }) => length > 1).map((same) => same.map(({ score }) => score));
}
