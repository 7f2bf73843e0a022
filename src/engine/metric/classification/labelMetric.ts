import type * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { MetricDefinition, MetricInput, ScoreOutcome } from '../metric.ts';
import { binary } from '../outcome.ts';
import { signature } from '../signature.ts';
import { show } from '../words.ts';
import { ConfusionCounts, type ConfusionSums } from './confusionCounts.ts';
import { type LabelOptions, type LabelPair, type LabelReader, labelReader } from './labelPair.ts';

/** The number over a run, and what a signature says of how it is made. */
export type RunNumber = {
  readonly parts: { readonly [name: string]: unknown };
  readonly value: (sums: ConfusionSums) => number | null;
};

/** A metric on classes: a sample is right or wrong, the number is that of the whole run. */
export function labelMetric<Options extends LabelOptions>(given: {
  readonly kind: string;
  readonly summary: string;
  readonly source: string;
  readonly range: readonly [number, number];
  readonly options: () => z.ZodType<Options>;
  readonly prepare: (options: Options, reader: LabelReader) => RunNumber | { readonly error: string };
}): MetricDefinition {
  const { kind, summary, source, range, options, prepare } = given;
  return defineMetric({
    kind,
    family: 'classification',
    summary: `${summary} A sample is right or wrong.`,
    direction: 'higher',
    level: 'corpus',
    range,
    source,
    options,
    shorthand: 'expected',
    create: (chosen) => {
      const reader = labelReader(chosen);
      if ('error' in reader) return reader;
      const prepared = prepare(chosen, reader);
      if ('error' in prepared) return prepared;
      return {
        signature: signature(kind, { ...reader.parts, ...prepared.parts }),
        role: 'decides',
        score: (input) => rightOrWrong(reader.read(input)),
        corpus: () => {
          const counts = new ConfusionCounts();
          return {
            add: (input: MetricInput) => {
              const pair = reader.read(input);
              if ('truth' in pair) counts.add(pair.truth, 'answer' in pair ? pair.answer : null);
            },
            value: () => {
              const sums = counts.get();
              return sums === null ? null : prepared.value(sums);
            },
          };
        },
      };
    },
  });
}

function rightOrWrong(pair: LabelPair | { readonly outcome: ScoreOutcome }): ScoreOutcome {
  if ('outcome' in pair) return pair.outcome;
  if ('broken' in pair) return binary(false, `Expected ${show(pair.truth)}, but ${pair.broken}.`);
  const right = pair.answer === pair.truth;
  return binary(
    right,
    right ? `Got ${show(pair.answer)} as expected.` : `Expected ${show(pair.truth)}, got ${show(pair.answer)}.`,
  );
}
