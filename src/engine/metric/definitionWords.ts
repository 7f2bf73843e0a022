import type { MetricDefinition } from './metric.ts';

/** `From 0 to 1, higher is better, for each sample.` */
export function rangeWords({ range: [least, most], direction, level }: MetricDefinition): string {
  const better = direction === 'higher' ? 'higher is better' : 'lower is better';
  const over = level === 'corpus' ? 'over the whole run' : 'for each sample';
  if (least === -Infinity && most === null) return `Any number, ${better}, ${over}.`;
  const range = least === -Infinity ? `Up to ${most}` : `From ${least} ${most === null ? 'upwards' : `to ${most}`}`;
  return `${range}, ${better}, ${over}.`;
}
