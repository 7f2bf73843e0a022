import path from 'node:path';
import { metricDefinition } from '../../engine/metric/registry.ts';
import type { Rating } from '../../engine/rating/rating.ts';
import { readRatings } from '../../engine/rating/ratingLines.ts';
import { nodeHashing } from '../nodeHashing.ts';
import type { LoadedSuite } from '../workspace/loadSuite.ts';
import { isReallyInside } from '../workspace/paths.ts';

/** Ratings that stand beside a suite in a file, and sentences on lines of it that are none. */
export type CommittedRatings = { readonly ratings: readonly Rating[]; readonly notes: readonly string[] };

/** `evals/triage.ratings.jsonl` for `evals/triage.eval.yaml`: what people rated and committed. */
function ratingsPath(suiteFile: string): string {
  return `${suiteFile.replace(/(\.eval)?\.ya?ml$/i, '')}.ratings.jsonl`;
}

/** None for a suite that asks no people, or has no such file. A file that lies elsewhere by a link is not opened. */
export async function committedRatings({ workspace, suite, metrics }: LoadedSuite): Promise<CommittedRatings> {
  if (!metrics.some(({ kind }) => metricDefinition(kind)?.usesRatings === true)) return NONE;
  const file = ratingsPath(path.resolve(workspace.root, suite.path));
  if (!(await workspace.files.exists(file)) || !(await isReallyInside(workspace.root, file))) return NONE;
  const text = await workspace.files.readText(file).catch(() => null);
  if (text === null) return { ...NONE, notes: [`${path.basename(file)} cannot be read: its ratings are left out.`] };
  const { ratings, bad } = readRatings(text, nodeHashing);
  return { ratings, notes: bad.map(({ line, message }) => `${path.basename(file)}:${line}: ${message}`) };
}

const NONE: CommittedRatings = { ratings: [], notes: [] };
