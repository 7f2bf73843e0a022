import type { Case } from '../dataset/case.ts';
import { isJsonObject, jsonAtPath } from '../json.ts';
import type { MetricDeclaration } from '../metric/metric.ts';
import type { Problem, SourceRange } from '../problem.ts';
import { nearest } from './nearest.ts';
import type { Located } from './suite.ts';

/** A part of the expected value that a metric's template reads: `expected.amount`. */
type ExpectedPath = { readonly path: string; readonly metric: string; readonly range: SourceRange };

const READ = /\{\{\{?\s*(expected(?:\.[\w-]+)+)\s*\}?\}\}/g;

/** The parts of the expected value that the metrics of a suite read, each where the suite says it. */
export function expectedPaths(metrics: readonly Located<MetricDeclaration>[]): readonly ExpectedPath[] {
  return metrics.flatMap(({ value, range }) => {
    const paths = [...(JSON.stringify(value.options) ?? '').matchAll(READ)].map((match) => match[1] ?? '');
    return [...new Set(paths)].map((path) => ({ path, metric: value.name, range }));
  });
}

/**
 * Notes which of these parts some case has. A part that none has is a slip of the pen: its metric would be unscored everywhere,
 * and the composite would leave it out without a word.
 */
export class ExpectedParts {
  readonly #missing: Set<string>;
  readonly #known = new Set<string>();

  constructor(paths: readonly string[]) {
    this.#missing = new Set(paths);
  }

  add({ expected }: Pick<Case, 'expected'>): void {
    if (this.#missing.size === 0 || expected === undefined) return;
    for (const path of this.#missing) if (jsonAtPath({ expected }, path) !== undefined) this.#missing.delete(path);
    if (isJsonObject(expected)) for (const key of Object.keys(expected)) this.#known.add(`expected.${key}`);
  }

  /** The parts that no case has, and those that some case has. */
  get found(): { readonly missing: readonly string[]; readonly known: readonly string[] } {
    return { missing: [...this.#missing], known: [...this.#known] };
  }
}

/** A problem for each part that no case of the dataset has. */
export function missingParts(
  paths: readonly ExpectedPath[],
  found: ExpectedParts['found'],
  cases: number,
  suiteFile: string,
): Problem[] {
  return paths
    .filter(({ path }) => found.missing.includes(path))
    .map(({ path, metric, range }) => {
      const meant = nearest(path, found.known);
      return {
        severity: 'error',
        code: 'unknown-expected',
        message: `\`{{${path}}}\`, which the metric ${metric} reads, is in none of the ${cases} cases.`,
        remedy:
          meant === null
            ? `Add a column \`${path}\` to the dataset, or correct the metric.`
            : `Did you mean \`${meant}\`?`,
        file: suiteFile,
        range,
      };
    });
}
