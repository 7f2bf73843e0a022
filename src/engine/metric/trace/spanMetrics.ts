import * as z from 'zod';
import { quantile } from '../../stats/quantile.ts';
import { bounded, brokenBounded } from '../bounds.ts';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import { duration, inMs } from '../operational/operational.ts';
import { limited, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { count, digits, quote } from '../words.ts';
import type { TraceSpan } from './readSpans.ts';
import { type SpanOptions, sampleSpans, spanFields } from './sampleSpans.ts';

const common = { family: 'trace', level: 'row' as const, direction: 'lower' as const, range: [0, null] as const };
const SHAPES =
  'Spans are read from OTLP in JSON or from lists as the SDKs of OpenTelemetry write them. Names are compared with their case.';
const whole = (words: string) => z.int().min(0).optional().meta({ description: words });

const spanCount = defineMetric({
  ...common,
  kind: 'span-count',
  summary: 'How many spans of a name a trace has; with limits, whether that is as asked.',
  source: `As trace-span-count of promptfoo. ${SHAPES}`,
  options: () =>
    z
      .strictObject({ ...spanFields, min: whole('Passes at or above it.'), max: whole('Passes at or below it.') })
      .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
        error: '`min` is more than `max`.',
      }),
  shorthand: 'name',
  create: (options) => {
    const { min, max, ...place } = options;
    const read = sampleSpans(place);
    if ('error' in read) return read;
    return {
      signature: signature('span-count', place),
      role: min === undefined && max === undefined ? 'measures' : 'decides',
      score: (input) => {
        const found = read(input);
        if ('broken' in found) return brokenBounded(sentence(found.broken), options);
        if ('outcome' in found) return found.outcome;
        return bounded(found.spans.length, options, wordsOf(found.spans.length, place));
      },
    };
  },
});

const spanDuration = defineMetric({
  ...common,
  kind: 'span-duration',
  summary: 'How long the spans of a name took, in milliseconds: the longest, or a percentile of them.',
  source: `Interpolated between the durations (type 7 of Hyndman and Fan), where trace-span-duration of promptfoo takes the nearest rank. Spans without times are left out. ${SHAPES}`,
  options: () =>
    z.strictObject({
      ...spanFields,
      percentile: z.number().min(0).max(100).optional().meta({ description: 'By default 100, the longest.' }),
      max: duration.optional(),
    }),
  shorthand: 'max',
  create: ({ percentile = 100, max, ...place }) => {
    const read = sampleSpans(place);
    if ('error' in read) return read;
    return {
      signature: signature('span-duration', { unit: 'ms', percentile, quantile: 7, ...place }),
      role: max === undefined ? 'measures' : 'decides',
      score: (input) => {
        const found = read(input);
        if ('broken' in found) return brokenBounded(sentence(found.broken), { max });
        if ('outcome' in found) return found.outcome;
        const times = found.spans.flatMap(({ durationMs }) => durationMs ?? []);
        if (times.length === 0) return unscored(`No times are told in ${wordsOf(found.spans.length, place)}.`);
        return limited(quantile(times, percentile / 100), max, inMs);
      },
    };
  },
});

const errorSpans = defineMetric({
  ...common,
  kind: 'error-spans',
  summary: 'How many spans of a name failed; with limits on the number or the share, whether they are few enough.',
  source: `A span failed by its status ERROR, or without a status by \`error\` or the attribute \`error.type\`, as OpenTelemetry has it; trace-error-spans of promptfoo also goes by HTTP codes and words. Without a span of the name there is no score. ${SHAPES}`,
  options: () =>
    z.strictObject({
      ...spanFields,
      max: whole('Passes at or below so many; 0 for none.'),
      maxShare: z.number().min(0).lt(1).optional().meta({ description: 'Passes at or below this share of the spans.' }),
    }),
  shorthand: 'max',
  create: ({ max, maxShare, ...place }) => {
    const read = sampleSpans(place);
    if ('error' in read) return read;
    const decides = max !== undefined || maxShare !== undefined;
    return {
      signature: signature('error-spans', place),
      role: decides ? 'decides' : 'measures',
      score: (input): ScoreOutcome => {
        const found = read(input);
        if ('broken' in found) return brokenBounded(sentence(found.broken), decides ? { max: 0 } : {});
        if ('outcome' in found) return found.outcome;
        if (found.spans.length === 0) return unscored(`The trace has ${wordsOf(0, place)}.`);
        const failed = found.spans.filter((span) => span.failed);
        const value = failed.length;
        const reason = errorWords(failed, found.spans.length, place);
        if (!decides) return { outcome: 'scored', value, score: null, passed: null, reason };
        const passed = value <= (max ?? value) && value <= (maxShare ?? 1) * found.spans.length;
        return { outcome: 'scored', value, score: passed ? 1 : 0, passed, reason };
      },
    };
  },
});

export const TRACE_METRICS = [spanCount, spanDuration, errorSpans];

function wordsOf(number: number, { name }: SpanOptions): string {
  return `${count(number, 'span')}${name === undefined ? '' : ` of ${quote(name)}`}`;
}

function errorWords(failed: readonly TraceSpan[], all: number, place: SpanOptions): string {
  const share = digits((100 * failed.length) / all);
  const names = [...new Set(failed.map(({ name }) => name))].slice(0, 3).map(quote).join(', ');
  return `${failed.length} of ${wordsOf(all, place)} failed, ${share} %${names === '' ? '' : `: ${names}`}.`;
}
