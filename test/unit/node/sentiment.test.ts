import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetric } from '../../../src/engine/metric/createMetric.ts';
import { vader } from '../../../src/engine/metric/style/vader.ts';
import { sentimentOf } from '../../../src/node/sentimentLexicon.ts';
import { inputOf, PLAIN } from '../engine/metric/scoring.ts';

// The compound of polarity_scores of vaderSentiment 3.3.2, which rounds to four digits.
const COMPOUNDS: readonly (readonly [text: string, compound: number])[] = [
  ['VADER is smart, handsome, and funny.', 0.8316],
  ['VADER is smart, handsome, and funny!', 0.8439],
  ['VADER is very smart, handsome, and funny.', 0.8545],
  ['VADER is VERY SMART, handsome, and FUNNY.', 0.9227],
  ['VADER is VERY SMART, handsome, and FUNNY!!!', 0.9342],
  ['VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!', 0.9469],
  ['VADER is not smart, handsome, nor funny.', -0.7424],
  ['The book was good.', 0.4404],
  ["At least it isn't a horrible book.", 0.431],
  ['The book was only kind of good.', 0.3832],
  ['The plot was good, but the characters are uncompelling and the dialog is not great.', -0.7042],
  ['Today SUX!', -0.5461],
  ["Today only kinda sux! But I'll get by, lol", 0.5249],
  ['Make sure you :) or :D today!', 0.8633],
  ['Not bad at all', 0.431],
  ['The refund never came and I am furious.', -0.5719],
  ['I am not happy with this.', -0.4585],
  ["I don't think it's terrible.", 0.3724],
  ['Without a doubt, an excellent idea', 0.7013],
  ["This isn't the worst answer.", 0.5096],
  ['The food here is great, but the service is horrible.', -0.4939],
  ['What a GREAT day???', 0.7486],
  ['Is this good?? Really??', 0.594],
  ['ok', 0.296],
  ['...', 0.0],
  ['12345', 0.0],
  ['constructor is good', 0.4404],
  ['toString hasOwnProperty bad', -0.5423],
  ['I absolutely love it', 0.6697],
  ['It was barely useful', 0.3832],
  ['no good', -0.3412],
  ['No, thanks', 0.4404],
  ['never so happy', 0.6948],
  ['This is the bomb', 0.6124],
  ['bus stop hand to mouth', 0.25],
  ['kiss of death', -0.2732],
  ['bad ass', -0.7906],
  ['LOL :-( sad', -0.2656],
  ['Thanks a lot!', 0.4926],
  ['very very very good', 0.5768],
  ['hardly a success', 0.5302],
  ['I hate that I love it', 0.128],
  ['The service was excellent. The price was awful.', 0.1779],
  ['lack of respect', 0.2023],
  ['cheers :)', 0.7269],
  ['An answer in one plain sentence about a table.', 0.0772],
  ['Excellent!!!!!!!', 0.7067],
  ['terrible???', -0.5632],
  ['返金されて嬉しいです', 0.0],
  ['Das ist gut', 0.0],
  ['GOOD NEWS', 0.4404],
  ['good', 0.4404],
  ['GOOD', 0.4404],
  ["Sentiment isn't not bad", -0.3333],
  ['He was neither kind nor helpful, however pleasant.', -0.5411],
  ['cannot recommend', -0.2755],
  ["can't complain", 0.2755],
  ["I'd say it was least bad", 0.431],
  ['You rock! You suck!', -0.5399],
  ['ugh', -0.4215],
  ['yay', 0.5267],
  ['not so great', -0.544],
  ['It is quite bad, extremely so', -0.5849],
];

function score(output: string, options: object = {}) {
  const declared = { kind: 'sentiment', name: 'sentiment', options, weight: 1, gate: false };
  const metric = createMetric(declared, { ...PLAIN, tools: { ...PLAIN.tools, sentimentOf } });
  if ('error' in metric) throw new Error(metric.error);
  return metric.score(inputOf(output));
}

describe('sentiment', () => {
  it.each(COMPOUNDS)('%j is %d', (text, compound) => {
    expect(vader(text, sentimentOf)?.compound).toBeCloseTo(compound, 4);
  });

  it.each([
    [{}, 'I love it', null, null],
    [{ min: 0.3 }, 'I love it', true, 1],
    [{ min: 0.3 }, 'I hate it', false, 0],
    [{ max: 0 }, 'I love it', false, 0],
    [{ min: -0.1, max: 0.1 }, 'A table has four legs.', true, 1],
  ])('%j of %j', async (options, text, passed, value) => {
    expect(await score(text, options)).toMatchObject({ outcome: 'scored', passed, score: value });
  });

  it.each([
    ['', 'The output has no words.'],
    ['返金されて嬉しいです', 'VADER reads English only.'],
    ['good '.repeat(10_001), 'A text of more than 50000 characters is not read.'],
  ])('%.20j is unscored', async (text, reason) => {
    expect(await score(text)).toEqual({ outcome: 'unscored', reason });
  });

  it('stays in its range, whatever the text, and its shares come to 1', () => {
    const word = fc.constantFrom(
      'good',
      'BAD',
      'not',
      'very',
      'no',
      'but',
      'least',
      'kind',
      'of',
      'never',
      'so',
      ':)',
      'x!',
      '?',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { minLength: 1 }), (words) => {
        const read = vader(words.join(' '), sentimentOf);
        if (read === null) return;
        expect(Math.abs(read.compound)).toBeLessThanOrEqual(1);
        expect(read.positive + read.negative + read.neutral).toBeCloseTo(1, 9);
      }),
    );
  });
});
