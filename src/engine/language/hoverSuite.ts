import { rangeWords } from '../metric/definitionWords.ts';
import { metricDefinition } from '../metric/registry.ts';
import { describeParam, modelParam } from '../model/modelParams.ts';
import { LineIndex } from '../problem.ts';
import { type KeyDoc, keyDoc } from './frontMatterKeys.ts';
import type { Hover } from './hover.ts';
import { aboutModel } from './hoverPrompt.ts';
import { suiteThing } from './suiteCursor.ts';
import { metricOptions, metricSiblingKeys, suiteKeys } from './suiteKeys.ts';
import type { SuiteView } from './suiteView.ts';

/** What is known of a key, a metric, a model or a value of a template in a suite; null where there is nothing to say. */
export function hoverSuite(view: SuiteView, offset: number): Hover | null {
  const thing = suiteThing(view, offset);
  if (thing === null) return null;
  const range = new LineIndex(view.text).range(...thing.span);
  switch (thing.kind) {
    case 'model':
      return { range, ...aboutModel(thing.name, view.models) };
    case 'metric': {
      const about = aboutMetric(thing.name);
      return about && { range, ...about };
    }
    case 'metric-option': {
      const doc = metricOptions(thing.metric).find(({ name }) => name === thing.name);
      return doc ? { range, title: `${thing.metric}: ${doc.name}`, lines: aboutOption(doc) } : null;
    }
    case 'metric-sibling': {
      const doc = metricSiblingKeys().find(({ name }) => name === thing.name);
      return doc ? { range, title: doc.name, lines: aboutOption(doc) } : null;
    }
    case 'param': {
      const known = modelParam(thing.name);
      return known ? { range, title: known.name, lines: [known.description, describeParam(known)] } : null;
    }
    case 'template-value': {
      const sample = view.dataset?.sample;
      if (!sample) return null;
      const value = valueAt(sample, thing.name);
      if (value === undefined)
        return { range, title: thing.name, lines: [`Case ${sample.index + 1} does not give it.`] };
      const code = { language: 'json', text: JSON.stringify(value, null, 2) } as const;
      return {
        range,
        title: thing.name,
        lines: [`Its value in case ${sample.index + 1}, line ${sample.line + 1}:`],
        code,
      };
    }
    case 'key': {
      const doc = keyDoc(suiteKeys(), thing.path);
      return doc && doc.description !== '' ? { range, title: thing.path.join('.'), lines: [doc.description] } : null;
    }
    case 'variable':
    case 'prompt':
    case 'dataset':
      return null;
  }
}

/** Definition, range, direction and source, as the registry has them. */
function aboutMetric(kind: string): Pick<Hover, 'title' | 'lines'> | null {
  const metric = metricDefinition(kind);
  if (metric === undefined) return null;
  return { title: metric.kind, lines: [metric.summary, rangeWords(metric), metric.source] };
}

/** What an option is for, and the values that it may have where they can be listed. */
function aboutOption({ description, values = [] }: KeyDoc): string[] {
  const listed = values.length > 0 ? [`One of: ${values.join(', ')}.`] : [];
  return description === '' ? listed : [description, ...listed];
}

function valueAt(sample: NonNullable<NonNullable<SuiteView['dataset']>['sample']>, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return (value as { readonly [key: string]: unknown })[step];
  }, sample);
}
