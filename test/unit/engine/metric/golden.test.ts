import { describe, expect, it } from 'vitest';
import { score, valueIn } from './scoring.ts';

// The published table of the metric catalogue, to the four digits that it gives (sacrebleu 2.6.0; ROUGE without stemmer).
const GOLDEN = [
  ['the cat sat on the mat', 'the cat is on the mat', 0.3799, 0.6458, 0.8333, 0.6, 0.8333],
  [
    'It is a guide to action which ensures that the military always obeys the commands of the party',
    'It is a guide to action that ensures that the military will forever heed Party commands',
    0.4118,
    0.6305,
    0.7059,
    0.5,
    0.6471,
  ],
  [
    'The Eiffel Tower is located in India.',
    'The Eiffel Tower is located in Paris.',
    7071 / 10_000,
    0.8048,
    0.8571,
    0.8333,
    0.8571,
  ],
  ['The quick brown fox, jumps!', 'the quick brown fox jumped over the lazy dog.', 0.1593, 0.4429, 0.5714, 0.5, 0.5714],
  ['Paris', 'Paris is the capital of France.', 0.0025, 0.1479, 0.2857, 0, 0.2857],
  [
    'running dogs barked loudly at the purchaser',
    'a dog was running and barking loudly at the buyer',
    0.1711,
    0.4521,
    0.4706,
    0.2667,
    0.4706,
  ],
] as const;

describe('the golden table', () => {
  it.each(GOLDEN)('%s / %s', async (output, expected, bleu, chrf, rouge1, rouge2, rougeL) => {
    expect(valueIn(await score('bleu', {}, output, expected))).toBeCloseTo(bleu, 4);
    expect(valueIn(await score('chrf', {}, output, expected))).toBeCloseTo(chrf, 4);
    expect(valueIn(await score('rouge-1', {}, output, expected))).toBeCloseTo(rouge1, 4);
    expect(valueIn(await score('rouge-2', {}, output, expected))).toBeCloseTo(rouge2, 4);
    expect(valueIn(await score('rouge-l', {}, output, expected))).toBeCloseTo(rougeL, 4);
  });

  it('counts Japanese where the tokens are made for it', async () => {
    const pair = ['猫は好きです', '猫が好きです'] as const;
    expect(valueIn(await score('bleu', { tokenize: '13a' }, ...pair))).toBe(0);
    // Without an option each character of such a script is a word.
    expect(valueIn(await score('bleu', {}, ...pair))).toBe(valueIn(await score('bleu', { tokenize: 'char' }, ...pair)));
    expect(valueIn(await score('rouge-1', {}, ...pair))).toBeCloseTo(5 / 6, 14);
    expect(valueIn(await score('chrf', {}, ...pair))).toBeCloseTo(0.3778, 4);
    expect((await score('rouge-1', { unicode: false }, ...pair)).outcome).toBe('unscored');
    // Five of six characters are shared; of the five pairs 好き, きで, です.
    expect(valueIn(await score('rouge-1', { unicode: true }, ...pair))).toBeCloseTo(5 / 6, 14);
    expect(valueIn(await score('rouge-2', { unicode: true }, ...pair))).toBeCloseTo(3 / 5, 14);
    expect(valueIn(await score('rouge-l', { unicode: true }, ...pair))).toBeCloseTo(5 / 6, 14);
    expect(valueIn(await score('token-f1', {}, ...pair))).toBeCloseTo(5 / 6, 14);
    expect(valueIn(await score('levenshtein-similarity', {}, ...pair))).toBeCloseTo(5 / 6, 14);
  });

  it('has the stemmed ROUGE of the last row', async () => {
    const [output, expected] = GOLDEN[5];
    expect(valueIn(await score('rouge-1', { stem: true }, output, expected))).toBeCloseTo(0.7059, 4);
    expect(valueIn(await score('rouge-2', { stem: true }, output, expected))).toBeCloseTo(0.4, 4);
    expect(valueIn(await score('rouge-l', { stem: true }, output, expected))).toBeCloseTo(0.5882, 4);
  });
});

describe('BLEU from first principles', () => {
  it('clips each n-gram at the most that one reference has of it, over all references', async () => {
    // Unigrams one, two, three, four match: 4/6. Bigrams (one two), (three four): 2/5. No trigram of 4, no 4-gram of 3:
    // 1/2 and 1/4 of a match by exponential smoothing. All lengths are 6, so there is no brevity penalty.
    const value = ((4 / 6) * (2 / 5) * (1 / 2 / 4) * (1 / 4 / 3)) ** (1 / 4);
    const references = ['one two x y z w', 'q r three four s t'];
    expect(valueIn(await score('bleu', {}, 'one two three four a b', references))).toBeCloseTo(value, 14);
  });

  it('punishes an output that is shorter than the reference', async () => {
    // Three of three unigrams, two of two bigrams, one trigram, no 4-gram possible; exp(1 - 6/3).
    expect(valueIn(await score('bleu', {}, 'a b c', 'a b c d e f'))).toBeCloseTo(Math.exp(-1), 14);
  });

  it('compares with the nearest length, of two equally near with the shorter', async () => {
    // 3 tokens against 2 and 4: the shorter counts, so there is no penalty; all n-grams are in the longer.
    expect(valueIn(await score('bleu', {}, 'a b c', ['a b', 'a b c d']))).toBe(1);
  });
});

describe('ROUGE-L and edit distance on long texts', () => {
  // The plain tables of the textbooks, to check the bit vectors at and around the limits of their words.
  const lcs = (a: readonly string[], b: readonly string[]): number => {
    let row = new Array<number>(b.length + 1).fill(0);
    for (const x of a) {
      const next = [0];
      for (const [j, y] of b.entries()) {
        next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
      }
      row = next;
    }
    return row[b.length] ?? 0;
  };
  const edits = (a: readonly string[], b: readonly string[]): number => {
    let row = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (const [i, x] of a.entries()) {
      const next = [i + 1];
      for (const [j, y] of b.entries()) {
        next.push(Math.min((row[j] ?? 0) + (x === y ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
      }
      row = next;
    }
    return row[b.length] ?? 0;
  };
  // A linear congruence, so that the texts are the same in every run.
  const letters = (count: number, seed: number, alphabet: readonly string[]): string[] => {
    let state = seed;
    return Array.from({ length: count }, () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return alphabet[(state >> 16) % alphabet.length] ?? '';
    });
  };

  it.each([
    [1, 1],
    [31, 33],
    [32, 32],
    [33, 64],
    [64, 65],
    [96, 31],
    [200, 150],
    [257, 300],
  ])('%d and %d', async (n, m) => {
    for (const alphabet of [
      ['a', 'b'],
      ['a', '猫', '😀'],
      [...'abcdefghijklmnop', '🙂'],
    ]) {
      const [a, b] = [letters(n, 7, alphabet), letters(m, 11, alphabet)];
      const longest = Math.max(n, m);
      const similarity = valueIn(await score('levenshtein-similarity', {}, a.join(''), b.join('')));
      expect(similarity).toBe(1 - edits(a, b) / longest);
      const rouge = valueIn(await score('rouge-l', { unicode: true, measure: 'recall' }, a.join(' '), b.join(' ')));
      expect(rouge).toBe(lcs(a, b) / m);
    }
  });
});
