import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRational, sameRational } from '../../../../src/engine/metric/text/readRational.ts';
import { score } from './scoring.ts';

describe('readRational', () => {
  // By fractions.Fraction of Python.
  it.each<[string, bigint, bigint]>([
    ['0.5', 1n, 2n],
    ['-.25', -1n, 4n],
    ['\u22123/4', -3n, 4n],
    ['\\frac{1}{2}', 1n, 2n],
    ['-\\dfrac{3}{-4}', 3n, 4n],
    ['\\frac12', 1n, 2n],
    ['$\\frac{0.5}{0.25}$', 2n, 1n],
    ['3 1/2', 7n, 2n],
    ['3½', 7n, 2n],
    ['-3\\frac{1}{2}', -7n, 2n],
    ['50%', 1n, 2n],
    ['12.5\\%', 1n, 8n],
    ['$1,234,567.50', 2469135n, 2n],
    ['\\$12{,}000', 12000n, 1n],
    ['1 234', 1234n, 1n],
    ['1.5e3', 1500n, 1n],
    ['3 \\times 10^{-2}', 3n, 100n],
    ['6.02×10^23', 602n * 10n ** 21n, 1n],
    ['0.\\overline{3}', 1n, 3n],
    ['0.1\\bar{6}', 1n, 6n],
    ['12 km', 12n, 1n],
    ['90^\\circ', 90n, 1n],
    ['5\\text{ cm}^2', 5n, 1n],
    ['123', 123n, 1n],
    ['\\(42\\).', 42n, 1n],
    [`1${'0'.repeat(400)}`, 10n ** 400n, 1n],
    ['0.1', 1n, 10n],
  ])('%.40j', (text, top, over) => {
    const read = readRational(text);
    expect(read === null ? null : sameRational(read.value, { top, over })).toBe(true);
  });

  it.each([
    '',
    'x',
    '2x',
    '2 x',
    '1+1',
    '1/0',
    '\\frac{1}{0}',
    '\\sqrt{2}',
    '1,2',
    '(1, 2)',
    '1/2/3',
    '--1',
    '1e9999',
    'NaN',
    'Infinity',
    '1..2',
    '😀',
    '\ud800',
    '5 apples and 3 pears = 8',
    '__proto__',
    '1'.repeat(2001),
  ])('%.40j is no number', (text) => {
    expect(readRational(text)).toBeNull();
  });

  it('reads every way to write a number as the same one', () => {
    const whole = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 40 }), (top, places) => {
        const over = 10n ** BigInt(places);
        const digits = String(top < 0n ? -top : top).padStart(places + 1, '0');
        const sign = top < 0n ? '-' : '';
        const end = digits.length - places;
        const decimal = `${sign}${digits.slice(0, end)}${places === 0 ? '' : `.${digits.slice(end)}`}`;
        for (const text of [
          decimal,
          `${top}/${over}`,
          `\\frac{${top}}{${over}}`,
          `${top}e-${places}`,
          `${top}00/${over}%`,
        ]) {
          const read = readRational(text);
          expect(read !== null && sameRational(read.value, { top, over }), text).toBe(true);
        }
      }),
    );
  });
});

describe('maths-equivalent', () => {
  it.each<[string, string, boolean]>([
    ['0.5', '1/2', true],
    ['The answer is **1/2**.', '0.5', true],
    ['So x = 0.50', '\\frac{1}{2}', true],
    ['First \\boxed{3}, no: \\boxed{\\frac{1}{2}}.', '50%', true],
    ['$\\boxed{x = 7}$', '7', true],
    ['Answer: 1,000', '1000', true],
    ['答え: 12', '12', false],
    ['Answer: 12', '12', true],
    ['0.333', '1/3', false],
    ['0.30000000000000004', '0.3', false],
    ['50', '50%', false],
    ['12 km', '12', true],
    ['12 km', '12 km', true],
    ['12 km', '12 m', false],
    ['3 apples', '3 apple', true],
    ['2x', '2', false],
    ['2x + 1', '2x+1', true],
    ['\\left( 1, 2 \\right)', '(1,2)', true],
    ['2\\sqrt{3}', '2 \\sqrt{3}', true],
    ['1+1', '2', false],
    ['', '2', false],
    ['\\boxed{', '2', false],
    ['猫', '2', false],
    ['process.exit(1)', '1', false],
    ['-0', '0', true],
    ['12 million', '12', false],
    ['1.2 million km', '1200000', true],
    ['12 percent', '12%', true],
    ['12,\\!000', '12000', true],
    ['5\\,cm', '5 cm', true],
    ['5 or more', '5', false],
    ['Answer: 5 is wrong', '5', false],
    ['60 km per hour', '60 km/h', false],
    ['12 square meters', '12', true],
    ['x = 3 or x = 5', '5', false],
    ['x = 1/2 = 0.5', '0.5', true],
    ['a = 1, then b = 2', '2', false],
    ['a = 1\nb = 2', '2', true],
  ])('%j, expected %j: %j', async (output, expected, passed) => {
    expect(await score('maths-equivalent', {}, output, expected)).toMatchObject({ passed, value: passed ? 1 : 0 });
  });

  it('takes any of a list, and tells what it read', async () => {
    expect(await score('maths-equivalent', ['3', '1/2'], '0.5')).toMatchObject({ passed: true });
    expect((await score('maths-equivalent', {}, 'Answer: about two', 2)).reason).toBe(
      'Expected "2", got "about two", which is not one number.',
    );
    expect(await score('maths-equivalent', {}, '1')).toMatchObject({ outcome: 'unscored' });
  });

  it('is not slow on a megabyte', async () => {
    for (const part of ['\\boxed{', '1', 'answer is ', '= ', '{,}', '1,000', '1 ', '\\frac{']) {
      const outcome = await score('maths-equivalent', {}, part.repeat(1_000_000 / part.length), '1');
      expect(outcome).toMatchObject({ passed: false });
    }
  });
});
