import { hash } from 'node:crypto';
import { baselineOf } from '../../engine/compare/baselineOf.ts';
import { type BaselineComparison, compareToBaseline } from '../../engine/compare/compareToBaseline.ts';
import { readBaseline } from '../../engine/compare/readBaseline.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { insideBaselinePath } from '../loadBaseline.ts';
import type { HistoryReader } from '../store/history.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { OpenSuite } from './promptUse.ts';

const KEPT = 50;

/** Compares stored runs, case by case. A run that has ended stays as it is, so what was compared once is kept. */
export class Comparisons {
  readonly #kept = new Map<string, BaselineComparison | null>();

  /** With the committed baseline; null when there is none or it cannot be read, which the check of the suite tells. */
  async toBaseline(
    workspace: Workspace,
    suite: OpenSuite | null,
    history: HistoryReader,
    run: RunSummary,
  ): Promise<BaselineComparison | null> {
    const parsed = suite?.parsed.suite;
    if (!parsed) return null;
    const file = await insideBaselinePath(workspace, parsed).catch(() => null);
    const text = file && (await workspace.files.readText(file).catch(() => null));
    if (file === null || text === null) return null;
    return this.#once([history.path, run.header.id, hash('sha256', text)], run, () => {
      const { baseline } = readBaseline(text, file);
      return baseline && compareToBaseline(run, history.caseResults(run.header.id), baseline);
    });
  }

  /** With an earlier run of the same history, case by case as with a baseline. */
  toRun(history: HistoryReader, run: RunSummary, before: RunSummary): BaselineComparison | null {
    return this.#once([history.path, run.header.id, before.header.id], run, () => {
      const baseline = baselineOf(before, history.caseResults(before.header.id));
      return compareToBaseline(run, history.caseResults(run.header.id), baseline);
    });
  }

  #once(
    parts: readonly string[],
    run: RunSummary,
    compare: () => BaselineComparison | null,
  ): BaselineComparison | null {
    const key = parts.join('\n');
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const comparison = compare();
    if (run.status === 'running') return comparison;
    this.#kept.set(key, comparison);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
    }
    return comparison;
  }
}
