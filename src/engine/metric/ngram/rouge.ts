import * as z from 'zod';
import { longestCommonSubsequence } from '../text/longestCommonSubsequence.ts';
import { NgramTable } from './ngramTable.ts';
import { type Compare, rougeFields, rougeMetric, type Sentences } from './rougeMetric.ts';
import { summaryOverlap } from './summaryOverlap.ts';

const options = () => z.strictObject(rougeFields);

export const rouge1 = rougeMetric({
  kind: 'rouge-1',
  summary: 'Words shared with the expected text.',
  options,
  unit: () => 'word',
  prepare: (reference) => ngramOverlap(reference, 1),
});

export const rouge2 = rougeMetric({
  kind: 'rouge-2',
  summary: 'Pairs of words shared with the expected text.',
  options,
  unit: () => 'pair',
  prepare: (reference) => ngramOverlap(reference, 2),
});

export const rougeN = rougeMetric({
  kind: 'rouge-n',
  summary: 'Sequences of n words shared with the expected text.',
  options: () =>
    z.strictObject({ ...rougeFields, n: z.int().min(1).max(9).meta({ description: 'Words of a sequence, 1 to 9.' }) }),
  unit: ({ n }) => `${n}-gram`,
  parts: ({ n }) => ({ n }),
  prepare: (reference, { n }) => ngramOverlap(reference, n),
});

export const rougeL = rougeMetric({
  kind: 'rouge-l',
  summary: 'The longest sequence of words shared with the expected text, gaps allowed.',
  options,
  unit: () => 'word',
  prepare: lcsOverlap,
});

export const rougeLsum = rougeMetric({
  kind: 'rouge-lsum',
  summary: 'As rouge-l for summaries: line by line, with every line of the output against every expected one.',
  options,
  unit: () => 'word',
  bySentence: true,
  prepare: summaryOverlap,
});

function ngramOverlap([reference = []]: Sentences, order: number): Compare {
  const table = new NgramTable([reference], order);
  const inReference = Math.max(0, reference.length - order + 1);
  return ([output = []]) => ({
    shared: table.matches(output)[order - 1] ?? 0,
    inOutput: Math.max(0, output.length - order + 1),
    inReference,
  });
}

function lcsOverlap([reference = []]: Sentences): Compare {
  return ([output = []]) => {
    const shared = longestCommonSubsequence(reference, output);
    return shared === null ? null : { shared, inOutput: output.length, inReference: reference.length };
  };
}
