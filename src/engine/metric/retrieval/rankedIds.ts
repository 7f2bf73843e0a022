import * as z from 'zod';
import { isJsonObject, type Json } from '../../json.ts';
import { expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { unscored } from '../outcome.ts';
import { parseOutput, pickOutput } from '../pickOutput.ts';
import { spelledJson } from '../structured/jsonPair.ts';
import { sentence } from '../textMetric.ts';
import { show } from '../words.ts';

export const idFields = {
  path: z.string().trim().min(1).optional().meta({
    description: 'Where the ranked ids stand in a JSON output; by default the output itself is the list.',
  }),
  id: z.string().trim().min(1).optional().meta({
    description: 'Where the id stands in an element that is an object; by default `id`.',
  }),
  expected: z.json().optional().meta({
    description:
      "The relevant ids: a list, or a mapping from id to grade (0 is not relevant). By default the case's expected.",
  }),
  threshold: fields.threshold,
};

export const k = z.int().min(1).meta({ description: 'Only the first k count; by default all that were returned.' });

export type IdOptions = {
  readonly path?: string | undefined;
  readonly id?: string | undefined;
  readonly expected?: Json | undefined;
  readonly threshold?: number | undefined;
};

/** Ranked ids, best first and none twice, and the grades (> 0) of those that are relevant, at least one. */
export type Retrieval = { readonly ranked: readonly string[]; readonly grades: ReadonlyMap<string, number> };
export type ReadRetrieval = (
  input: MetricInput,
) => Retrieval | { readonly broken: string } | { readonly outcome: ScoreOutcome };

export function rankedIds(options: IdOptions): ReadRetrieval | { readonly error: string } {
  const { path, id = 'id' } = options;
  const expected = expectedValue(options.expected);
  if (typeof expected !== 'function') return expected;
  return (input) => {
    const expectation = expected(input);
    if ('missing' in expectation) return { outcome: unscored(sentence(expectation.missing)) };
    const grades = gradesOf(spelledJson(expectation.value));
    if (typeof grades === 'string') return { outcome: unscored(grades) };
    if (grades.size === 0) return { outcome: unscored('Nothing is relevant in this case.') };
    const picked = path === undefined ? parseOutput(input) : pickOutput(input, path);
    if ('broken' in picked) return picked;
    const list = spelledJson(picked.value);
    if (!Array.isArray(list)) return { broken: `the output is no list of ids: ${show(list)}` };
    const ranked = new Set<string>();
    for (const element of list) {
      const one = isJsonObject(element) && Object.hasOwn(element, id) ? element[id] : element;
      const name = idOf(one);
      if (name === null) return { broken: `${show(element)} in the list is no id` };
      ranked.add(name);
    }
    return { ranked: [...ranked], grades };
  };
}

/** @returns why there are none, in a sentence */
function gradesOf(expected: unknown): ReadonlyMap<string, number> | string {
  const grades = new Map<string, number>();
  if (isJsonObject(expected)) {
    for (const [name, grade] of Object.entries(expected)) {
      const number = typeof grade === 'string' && grade.trim() !== '' ? Number(grade) : grade;
      if (typeof number !== 'number' || !(number >= 0 && number <= MAX_GRADE))
        return `The grade of ${show(name)} is ${show(grade)}, not a number from 0 to ${MAX_GRADE}.`;
      if (number > 0) grades.set(name, number);
    }
    return grades;
  }
  for (const one of Array.isArray(expected) ? expected : [expected]) {
    const name = idOf(one);
    if (name === null) return `What is expected is no list of ids and no mapping from id to grade: ${show(one)}.`;
    if (name !== '') grades.set(name, 1);
  }
  return grades;
}

/** 2^grade is still a number. */
const MAX_GRADE = 1000;

/** Ids are compared as text: a table of cases has nothing else. */
function idOf(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : null;
}
