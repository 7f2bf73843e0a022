import * as z from 'zod';
import { type Json, jsonAtPath } from '../../json.ts';
import { type ExpectedValue, expectedValue } from '../expectedValue.ts';
import type { MetricInput, ScoreOutcome } from '../metric.ts';
import { unscored } from '../outcome.ts';
import { pickOutput } from '../pickOutput.ts';
import { matchesGlob } from '../text/matchesGlob.ts';
import { sentence } from '../textMetric.ts';
import { spansIn, type TraceSpan } from './readSpans.ts';

const place = z.string().trim().min(1).optional();

/** Which spans a metric looks at, and where they stand. */
export const spanFields = {
  name: z.string().trim().min(1).optional().meta({
    description: 'Only spans of this name; `*` stands for any characters, `?` for one. By default all.',
  }),
  spans: z.json().optional().meta({
    description: 'The spans, e.g. {{vars.trace}}; by default the variable or metadata `spans` or `trace` of the case.',
  }),
  path: place.meta({ description: 'Where they stand in a JSON output instead.' }),
  responsePath: place.meta({
    description:
      'Where they stand in what an API or program of yours answered instead, e.g. `trace`; `$` is all of it.',
  }),
};
export type SpanOptions = {
  readonly name?: string | undefined;
  readonly spans?: Json | undefined;
  readonly path?: string | undefined;
  readonly responsePath?: string | undefined;
};

/** The spans of that name; or the outcome where there are none to be had, `broken` when that is the output's fault. */
type ReadSpans = (
  input: MetricInput,
) => { readonly spans: readonly TraceSpan[] } | { readonly outcome: ScoreOutcome } | { readonly broken: string };

export function sampleSpans(options: SpanOptions): ReadSpans | { readonly error: string } {
  const { name, spans, path, responsePath } = options;
  if ([spans, path, responsePath].filter((one) => one !== undefined).length > 1)
    return { error: 'Give one of `spans`, `path` and `responsePath`: the spans stand in one place.' };
  const given = spans === undefined ? spansOfCase : expectedValue(spans);
  if ('error' in given) return given;
  return (input) => {
    const found = find(input, given, options);
    if ('broken' in found) return found;
    if ('missing' in found) return { outcome: unscored(sentence(found.missing)) };
    const all = spansIn(found.value);
    if (all === null) {
      if (path !== undefined) return { broken: `what stands at \`${path}\` is no list of spans` };
      const reason = 'The spans are no OTLP JSON, and no list of mappings with a `name`.';
      return { outcome: { outcome: 'error', reason } };
    }
    return { spans: name === undefined ? all : all.filter((span) => matchesGlob(span.name, name)) };
  };
}

type Found = { readonly value: unknown } | { readonly missing: string } | { readonly broken: string };

function find(input: MetricInput, given: ExpectedValue, { path, responsePath }: SpanOptions): Found {
  if (path !== undefined) return pickOutput(input, path);
  if (responsePath === undefined) return given(input);
  const value = jsonAtPath(input.response.rawResponse, responsePath);
  return value === undefined || value === null
    ? { missing: `the answer as it came has nothing at \`${responsePath}\`` }
    : { value };
}

const spansOfCase: ExpectedValue = ({ testCase: { vars, metadata } }) => {
  for (const name of ['spans', 'trace'])
    for (const place of [vars, metadata]) if (Object.hasOwn(place, name)) return { value: place[name] ?? null };
  return { missing: 'the case has no `spans` and no `trace`' };
};
