import { hash } from 'node:crypto';
import { baselineOf } from '../../engine/compare/baselineOf.ts';
import { type BaselineComparison, compareToBaseline } from '../../engine/compare/compareToBaseline.ts';
import { compareVariants } from '../../engine/compare/compareVariants.ts';
import { readBaseline } from '../../engine/compare/readBaseline.ts';
import type { JudgedDifference } from '../../engine/compare/verdicts.ts';
import type { Doubt } from '../../engine/judge/trustWords.ts';
import type { RunSummary } from '../../engine/run/run.ts';
import { insideBaselinePath } from '../loadBaseline.ts';
import { judgeDoubts } from '../ratings/trust.ts';
import type { HistoryReader } from '../store/history.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { OpenSuite } from './promptUse.ts';

const KEPT = 50;

/** Compares stored runs, case by case. A run that has ended stays as it is, so what was compared once is kept. */
export class Comparisons {
  readonly #kept = new Kept<BaselineComparison | null>();
  readonly #doubts = new Kept<readonly Doubt[]>();
  readonly #between = new Kept<ReadonlyMap<string, JudgedDifference>>();

  /** What people say of answers changes the figures of runs that have ended. */
  forget(): void {
    this.#kept.forget();
    this.#between.forget();
    this.#doubts.forget();
  }

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
    const policy = parsed.compare;
    return this.#kept.once([history.path, run.header.id, hash('sha256', text), JSON.stringify(policy)], run, () => {
      const { baseline } = readBaseline(text, file);
      const models = baseline?.variants.map(({ model }) => model);
      return baseline && compareToBaseline(run, history.caseResults(run.header.id, models), baseline, policy);
    });
  }

  /** With an earlier run of the same history, case by case as with a baseline. */
  toRun(
    history: HistoryReader,
    run: RunSummary,
    before: RunSummary,
    suite: OpenSuite | null,
  ): BaselineComparison | null {
    const policy = suite?.parsed.suite?.compare;
    return this.#kept.once([history.path, run.header.id, before.header.id, JSON.stringify(policy)], run, () => {
      const baseline = baselineOf(before, history.caseResults(before.header.id));
      return compareToBaseline(run, history.caseResults(run.header.id), baseline, policy, undefined, 'models');
    });
  }

  /** Which judges of a run are not to be relied on; ratings of another process are seen once this one rates, or begins anew. */
  doubts(history: HistoryReader, run: RunSummary): readonly Doubt[] {
    return this.#doubts.once([history.path, run.header.id], run, () => judgeDoubts(history, run));
  }

  /** How the variants of a run differ from its first, by id, judged as the suite says. */
  between(history: HistoryReader, run: RunSummary, suite: OpenSuite | null): ReadonlyMap<string, JudgedDifference> {
    const { id, variants } = run.header;
    const ids = variants.map((variant) => variant.id);
    const policy = suite?.parsed.suite?.compare;
    return this.#between.once([history.path, id, JSON.stringify(policy)], run, () =>
      compareVariants(history.caseResults(id), ids, policy),
    );
  }
}

class Kept<T> {
  readonly #values = new Map<string, T>();

  forget(): void {
    this.#values.clear();
  }

  once(parts: readonly string[], run: RunSummary, compare: () => T): T {
    const key = parts.join('\n');
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const value = compare();
    if (run.status === 'running') return value;
    this.#values.set(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= KEPT) break;
      this.#values.delete(oldest);
    }
    return value;
  }
}
