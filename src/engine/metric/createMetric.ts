import type { Metric, MetricContext, MetricDeclaration, MetricRefusal } from './metric.ts';
import { normalised } from './normalised.ts';
import { type PartEntry, readPart } from './partMetric.ts';
import { metricDefinition } from './registry.ts';

/**
 * Makes a declared metric ready to score the samples of one prompt.
 *
 * @param declaration its options have been parsed by the definition's schema
 * @returns an error in words when the options cannot work: a bad pattern, a template that names nothing, no schema.
 */
export function createMetric(declaration: MetricDeclaration, context: MetricContext): Metric | MetricRefusal {
  const { kind, name, weight, gate, trust } = declaration;
  const definition = metricDefinition(kind);
  if (definition === undefined) return { error: `There is no metric \`${kind}\`.` };
  const createPart = (entry: PartEntry): Metric | MetricRefusal => {
    const part = readPart(entry);
    return 'error' in part ? part : createMetric({ ...part, name, weight: 1, gate: false }, context);
  };
  const made = definition.create(declaration.options, { ...context, name, createPart });
  if ('error' in made) return made;
  const body = declaration.normalise ? normalised(made, declaration.normalise) : made;
  if (gate && body.role !== 'decides') {
    const missing = definition.direction === 'lower' ? 'max' : definition.range[1] === null ? 'min' : 'threshold';
    return { error: `\`${name}\` is a gate but cannot fail: give it a \`${missing}\`.` };
  }
  const { signature, score, corpus, role, form } = body;
  const { direction, level } = definition;
  const metric = {
    name,
    kind,
    signature,
    direction,
    level,
    weight,
    gate,
    role,
    score,
    ...(form && { form }),
    ...(trust && { trust }),
  };
  return corpus === undefined ? metric : { ...metric, corpus };
}
