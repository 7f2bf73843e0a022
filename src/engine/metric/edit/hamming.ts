import { count, digits } from '../words.ts';
import { similarityMetric } from './similarityMetric.ts';

export const hamming = similarityMetric({
  kind: 'hamming',
  summary: 'The share of places that hold the same character; what one text is longer by differs.',
  source:
    'Hamming (1950) on code points as in RapidFuzz (padded): 1 - differing places / longer length. Best of several.',
  parts: { unit: 'codepoint', norm: 'max', pad: true },
  compare: (output, reference) => {
    const [a, b] = [Array.from(output), Array.from(reference)];
    const longest = Math.max(a.length, b.length);
    let differing = 0;
    for (let at = 0; at < longest; at += 1) if (a[at] !== b[at]) differing += 1;
    const value = longest === 0 ? 1 : 1 - differing / longest;
    const places = `${count(longest, 'place')}`;
    return { value, reason: `Similarity ${digits(value)}: ${differing} of ${places} differ.` };
  },
});
