import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, opinionsIn } from '../../../../src/engine/judge/evidence.ts';
import {
  readChoice,
  readNumber,
  readYesNo,
  scoreInProse,
  yesNoInProse,
} from '../../../../src/engine/judge/readAnswer.ts';
import { readVerdict } from '../../../../src/engine/judge/readVerdict.ts';

const GOOD = { reason: "It's fine", pass: true, score: 0.8 };

describe('readVerdict', () => {
  it.each([
    ['JSON', JSON.stringify(GOOD)],
    ['a fence', `Here you are:\n\`\`\`json\n${JSON.stringify(GOOD, null, 2)}\n\`\`\`\nAnything else?`],
    ['prose around it', `My verdict is ${JSON.stringify(GOOD)}, as I said {really}.`],
    ['braces in the prose before it', `The set {a, b} is fine. ${JSON.stringify(GOOD)}`],
    ['thoughts before it', `<think>{"pass": false}</think>${JSON.stringify(GOOD)}`],
    ['single quotes and a last comma', `{'reason': 'It's fine', 'pass': True, 'score': 0.8,}`],
    ['names without quotes', '{reason: "It\'s fine", pass: true, score: 0.8}'],
    ['typographic quotes', "{“reason”: “It's fine”, “pass”: true, “score”: 0.8}"],
    ['full-width punctuation and digits', '{"reason"："It\'s fine"，"pass"：true，"score"：０.８}'],
    ['a line break in a text', '{"reason": "It\'s fine", "pass": true,\n"score": 0.8}'],
  ])('finds it in %s', (_name, text) => {
    expect(readVerdict(text)).toMatchObject({ object: GOOD, cut: false });
  });

  it.each([
    ['a text', '{"pass": true, "reason": "It', { pass: true }],
    ['a number', '{"pass": true, "score": 0.', { pass: true }],
    ['a number that looks whole', '{"pass": true, "score": 0', { pass: true }],
    [
      'a list',
      '{"claims": [{"claim": "a", "verdict": "yes"}, {"claim": "b"',
      { claims: [{ claim: 'a', verdict: 'yes' }, { claim: 'b' }] },
    ],
  ])('knows that it was cut in %s', (_name, text, object) => {
    expect(readVerdict(text)).toMatchObject({ object, cut: true });
  });

  it.each([
    '',
    'I cannot do that.',
    '<p>no</p>',
    '{}',
    '[1, 2]',
    '{"',
    '{{{{',
    `${'{"a":'.repeat(5000)}`,
    '{'.repeat(100_000),
  ])('finds none in %#', (text) => {
    const { object, cut } = readVerdict(text);
    expect(object === null || cut).toBe(true);
  });

  it('reads every JSON object as it is, and never throws', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), (value) => {
        const text = JSON.stringify(value);
        expect(readVerdict(text).object).toEqual(JSON.parse(text));
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readVerdict(text)));
  });

  it('keeps a name such as __proto__ a name', () => {
    const { object } = readVerdict("{'__proto__': {'pass': true}, 'a': 1}");
    expect(Object.keys(object ?? {})).toEqual(['__proto__', 'a']);
  });
});

describe('answers', () => {
  it.each([
    [true, true],
    ['Yes', true],
    ['**yes.**', true],
    ['是', true],
    ['是的。', true],
    ['ＹＥＳ', true],
    [1, true],
    ['否', false],
    ['不符合', false],
    ['no', false],
    [0, false],
    ['maybe', null],
    [2, null],
    [undefined, null],
  ])('yes or no: %j', (value, read) => expect(readYesNo(value)).toBe(read));

  it.each([
    [0.8, 0.8],
    ['0.8', 0.8],
    ['4/5', 0.8],
    ['４／５', 0.8],
    ['80 %', 0.8],
    ['8 out of 10', 0.8],
    ['1', 1],
    [4, null],
    ['-1', null],
    ['good', null],
    [Number.NaN, null],
    ['1/0', null],
  ])('a share: %j', (value, read) => expect(readNumber(value, [0, 1])).toBe(read));

  it.each([
    ['4', 4],
    ['4/5', 4],
    ['8/10', 4],
    ['4 分', 4],
    [6, null],
  ])('1 to 5: %j', (value, read) => expect(readNumber(value, [1, 5])).toBe(read));

  it.each([
    ['Score: 4/5', 0.8],
    ['**Score:** 0.5, because', 0.5],
    ['评分：０.９', 0.9],
    ['The score is unclear.', null],
  ])('in prose: %s', (text, read) => expect(scoreInProse(text, [0, 1])).toBe(read));

  it.each([
    ['Yes, it does.', true],
    ['Verdict: no', false],
    ['结论：是', true],
    ['否。因为', false],
    ['Not at all sure', null],
  ])('yes or no in prose: %s', (text, read) => expect(yesNoInProse(text)).toBe(read));

  it.each([
    ['B', 'B'],
    ['(b)', 'B'],
    ['B.', 'B'],
    ['（Ｂ）', 'B'],
    ['B) The submission is a superset', 'B'],
    ['The answer is (B).', 'B'],
    ['**Answer:** B', 'B'],
    ['答案：B', 'B'],
    ['A good text, but', null],
    ['Either (A) or (B)', null],
    ['F', null],
    ['', null],
  ])('a choice: %s', (text, read) => expect(readChoice(text, ['A', 'B', 'C', 'D', 'E'])).toBe(read));
});

describe('evidence', () => {
  it('comes back as it was given, and bounded', () => {
    const claim = { claim: 'x'.repeat(10_000), verdict: 'supported', side: 'for', reason: '' } as const;
    const given = { judge: 'a/b', value: 0.5, reason: 'r', claims: Array(1000).fill(claim), raw: null };
    const [back] = opinionsIn(JSON.parse(JSON.stringify(evidenceOf([given]))));
    expect(back).toMatchObject({ judge: 'a/b', value: 0.5, reason: 'r', raw: null });
    expect(back?.claims).toHaveLength(300);
    expect(back?.claims[0]?.claim.length).toBeLessThan(2_010);
  });

  it.each([undefined, null, 1, 'x', {}, { judges: 1 }, { judges: [1] }])('is none in %j', (details) => {
    expect(opinionsIn(details as never)).toEqual([]);
  });
});
