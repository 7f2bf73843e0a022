import * as z from 'zod';
import { quantile } from '../../stats/quantile.ts';
import { defineMetric } from '../defineMetric.ts';
import type { MetricInput } from '../metric.ts';
import { limited, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { inMs } from './operational.ts';

export const latencyPercentile = defineMetric({
  kind: 'latency-percentile',
  family: 'operational',
  summary:
    'Within what time this share of the answers of a run came, in milliseconds: 50, 90, 99. Of one answer it is the time that it took.',
  direction: 'lower',
  level: 'corpus',
  range: [0, null],
  source:
    'Interpolated between the times of a run (type 7 of Hyndman and Fan, the default of NumPy and R). What was not measured is left out.',
  options: () =>
    z.strictObject({
      percentile: z.number().min(0).max(100).optional().meta({ description: 'By default 90; 50 is the median.' }),
      of: z.enum(['answer', 'first-token']).optional().meta({
        description: 'The time until the last byte (default), or until the first piece of an answer that streams.',
      }),
    }),
  shorthand: 'percentile',
  create: ({ percentile = 90, of = 'answer' }) => {
    const timeOf = ({ response }: MetricInput) => (of === 'answer' ? response.latencyMs : response.firstTokenMs);
    return {
      signature: signature('latency-percentile', { unit: 'ms', percentile, of, quantile: 7 }),
      role: 'measures',
      score: (input) => {
        const time = timeOf(input);
        return time === null ? unscored('The time was not measured.') : limited(time, undefined, inMs);
      },
      corpus: () => {
        const times: number[] = [];
        return {
          add: (input) => {
            const time = timeOf(input);
            if (time !== null && Number.isFinite(time)) times.push(time);
          },
          value: () => (times.length === 0 ? null : quantile(times, percentile / 100)),
        };
      },
    };
  },
});
