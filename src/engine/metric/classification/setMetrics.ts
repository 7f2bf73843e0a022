import * as z from 'zod';
import { defineMetric } from '../defineMetric.ts';
import type { ScoreOutcome } from '../metric.ts';
import * as fields from '../optionFields.ts';
import { binary, graded, limited, unscored } from '../outcome.ts';
import { signature } from '../signature.ts';
import { sentence } from '../textMetric.ts';
import { digits, quote } from '../words.ts';
import { compareSets, describeSets, labelSets, normaliserOf, partsOf, SETS, setFields } from './labelSets.ts';

export const jaccard = defineMetric({
  kind: 'jaccard',
  family: 'classification',
  summary: 'How much a set of labels has in common with the expected one: shared labels by all.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: `jaccard_score of scikit-learn 1.9, average samples; two empty sets are 1. ${SETS}`,
  options: () => z.strictObject({ ...setFields, threshold: fields.threshold }),
  shorthand: 'expected',
  create: ({ threshold, ...options }) => {
    const read = labelSets(options);
    if ('error' in read) return read;
    return {
      signature: signature('jaccard', partsOf(options)),
      role: threshold === undefined ? 'grades' : 'decides',
      score: (input) => {
        const sets = read(input);
        if ('outcome' in sets) return sets.outcome;
        if ('broken' in sets) return graded(0, threshold, sentence(sets.broken));
        const { shared, missing, extra } = compareSets(sets);
        const all = shared + missing.length + extra.length;
        const value = all === 0 ? 1 : shared / all;
        return graded(value, threshold, `Jaccard ${digits(value)}: ${describeSets(shared, missing, extra)}.`);
      },
    };
  },
});

export const exactSet = defineMetric({
  kind: 'exact-set',
  family: 'classification',
  summary: 'The labels are the expected ones, no more and no fewer, in any order.',
  direction: 'higher',
  level: 'row',
  range: [0, 1],
  source: `accuracy_score of scikit-learn 1.9 for several labels (subset accuracy). ${SETS}`,
  options: () => z.strictObject(setFields),
  shorthand: 'expected',
  create: (options) => {
    const read = labelSets(options);
    if ('error' in read) return read;
    return {
      signature: signature('exact-set', partsOf(options)),
      role: 'decides',
      score: (input) => {
        const sets = read(input);
        if ('outcome' in sets) return sets.outcome;
        if ('broken' in sets) return binary(false, sentence(sets.broken));
        const { shared, missing, extra } = compareSets(sets);
        return binary(missing.length + extra.length === 0, sentence(describeSets(shared, missing, extra)));
      },
    };
  },
});

export const hammingLoss = defineMetric({
  kind: 'hamming-loss',
  family: 'classification',
  summary: 'The share of all labels that are wrongly given or wrongly left out.',
  direction: 'lower',
  level: 'row',
  range: [0, 1],
  source: `hamming_loss of scikit-learn 1.9 over \`labels\`; an answer that is none of them is no label. ${SETS}`,
  options: () =>
    z.strictObject({
      ...setFields,
      labels: z.array(z.string()).min(1).meta({ description: 'All labels that there are.' }),
      max: fields.max,
    }),
  create: ({ max, labels, ...options }) => {
    const read = labelSets(options);
    if ('error' in read) return read;
    const normalise = normaliserOf(options);
    const all = new Set(labels.map(normalise));
    const within = (set: ReadonlySet<string>) => new Set([...set].filter((label) => all.has(label)));
    return {
      signature: signature('hamming-loss', { ...partsOf(options), labels: [...all].sort() }),
      role: max === undefined ? 'measures' : 'decides',
      score: (input) => {
        const sets = read(input);
        if ('outcome' in sets) return sets.outcome;
        const stranger = [...sets.wanted].find((label) => !all.has(label));
        if (stranger !== undefined) return unscored(`The expected label ${quote(stranger)} is none of \`labels\`.`);
        // A broken answer gives no label, and never passes: that may be nearer than a limit.
        if ('broken' in sets) return brokenLoss(sets.wanted.size / all.size, max, sets.broken);
        const { missing, extra } = compareSets({ got: within(sets.got), wanted: sets.wanted });
        const loss = (missing.length + extra.length) / all.size;
        return limited(loss, max, (value) => `Hamming loss ${digits(value)}`);
      },
    };
  },
});

function brokenLoss(value: number, max: number | undefined, broken: string): ScoreOutcome {
  const reason = `${sentence(broken)} It counts as no label: Hamming loss ${digits(value)}.`;
  return max === undefined
    ? { outcome: 'scored', value, score: null, passed: null, reason }
    : { outcome: 'scored', value, score: 0, passed: false, reason };
}
