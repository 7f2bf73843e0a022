import type { SampleStatus, StatusCounts } from '../../engine/run/sample.ts';
import type { SuiteTests, TestedCase } from '../../protocol/testing.ts';

/** An item of the tree. A suite's children are its cases or, where there are several variants, these. */
export type TestNode = {
  /** Unique among its siblings. */
  readonly id: string;
  readonly label: string;
  /** The score, and how many of a group ended how; empty where nothing was run. */
  readonly description: string;
  /** From 0; null where it stands for no row. */
  readonly line: number | null;
  /** null for a group. */
  readonly tested: TestedCase | null;
  readonly children: readonly TestNode[];
};

/** The children of a suite, and what is said beside its name. */
export function testNodes(tests: SuiteTests): Pick<TestNode, 'description' | 'children'> {
  const groups = tests.variants.map(({ id, label }): TestNode => {
    const results = tests.results[id] ?? {};
    return {
      id,
      label,
      description: groupWords(Object.values(results)),
      line: null,
      tested: null,
      children: tests.cases.map((testCase) => caseNode(testCase, results)),
    };
  });
  const [only, ...others] = groups;
  const all = tests.variants.flatMap(({ id }) => Object.values(tests.results[id] ?? {}));
  return { description: groupWords(all), children: only && others.length === 0 ? only.children : groups };
}

function caseNode({ id, line }: SuiteTests['cases'][number], results: SuiteTests['results'][string]): TestNode {
  const tested = Object.hasOwn(results, id) ? (results[id] ?? null) : null;
  const description = tested === null ? '' : tested.composite === null ? tested.status : score(tested.composite);
  return { id, label: id, description, line, tested, children: [] };
}

const STATUSES: readonly SampleStatus[] = ['pass', 'fail', 'error', 'unscored'];

/** `0.86 · 21 pass 2 fail 1 error`; a mean over what was scored. */
function groupWords(tested: readonly TestedCase[]): string {
  if (tested.length === 0) return '';
  const counts: StatusCounts = { pass: 0, fail: 0, error: 0, unscored: 0 };
  const all: { [status in SampleStatus]: number } = { ...counts };
  for (const { status } of tested) all[status] += 1;
  const composites = tested.flatMap(({ composite }) => composite ?? []);
  const mean =
    composites.length === 0 ? [] : [score(composites.reduce((sum, one) => sum + one, 0) / composites.length)];
  const words = STATUSES.filter((status) => all[status] > 0).map((status) => `${all[status]} ${status}`);
  return [...mean, words.join(' ')].join(' · ');
}

function score(value: number): string {
  return value.toFixed(2);
}
