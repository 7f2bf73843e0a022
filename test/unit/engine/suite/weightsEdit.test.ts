import { describe, expect, it } from 'vitest';
import { parseSuite } from '../../../../src/engine/suite/parseSuite.ts';
import { weightsEdit } from '../../../../src/engine/suite/weightsEdit.ts';
import { applyEdits } from '../../../../src/engine/textEdit.ts';
import type { Trial } from '../../../../src/engine/trial/trial.ts';

const HEAD = 'prompts: [./p.prompt]\ndata: ./d.csv\n';

function written(body: string, weights: Trial['weights'], policy: Partial<Trial['policy']> = {}): string {
  const text = HEAD + body;
  const { suite } = parseSuite(text, 's.eval.yaml');
  if (!suite) throw new Error('the suite of the test has errors');
  const result = weightsEdit(text, 's.eval.yaml', { weights, policy: { ...suite.composite, ...policy } });
  if ('refusal' in result) return result.refusal;
  return applyEdits(text, result.edits).slice(HEAD.length);
}
const w = (weight: number, gate = false) => ({ weight, gate });

describe('weightsEdit', () => {
  it.each([
    [
      'a weight that stands there',
      'metrics:\n  - equals:\n    weight: 1   # the label\n  - chrf\n',
      { equals: w(2.5) },
      'metrics:\n  - equals:\n    weight: 2.5   # the label\n  - chrf\n',
    ],
    [
      'a weight that does not, before a comment and another entry',
      'metrics:\n  - equals: { path: category } # right or wrong\n  # the next one\n  - chrf\n',
      { equals: w(3) },
      'metrics:\n  - equals: { path: category } # right or wrong\n    weight: 3\n  # the next one\n  - chrf\n',
    ],
    [
      'a bare word',
      'metrics:\n  - chrf\n  - equals\n',
      { chrf: w(2) },
      'metrics:\n  - chrf:\n    weight: 2\n  - equals\n',
    ],
    [
      'a shorthand',
      'metrics:\n  - contains: refund\n',
      { contains: w(2, true) },
      'metrics:\n  - contains: refund\n    weight: 2\n    gate: true\n',
    ],
    [
      'entries in one line',
      'metrics: [equals, { chrf: , weight: 2 }, { contains: x }]\n',
      { equals: w(4), chrf: w(1), contains: w(2) },
      'metrics: [{ equals: , weight: 4 }, { chrf: , weight: 1 }, { contains: x, weight: 2 }]\n',
    ],
    [
      'options in several lines',
      'metrics:\n  - rubric:\n      judge: openai/gpt-5\n      criteria: |\n        Polite.\n        Short.\n  - chrf\n',
      { rubric: w(2) },
      'metrics:\n  - rubric:\n      judge: openai/gpt-5\n      criteria: |\n        Polite.\n        Short.\n    weight: 2\n  - chrf\n',
    ],
    [
      'a gate that is taken away, with a tier',
      'metrics:\n  - equals:\n    tier: critical\n  - chrf\n',
      { equals: w(3, false) },
      'metrics:\n  - equals:\n    tier: critical\n    weight: 3\n    gate: false\n  - chrf\n',
    ],
    [
      'windows line ends',
      'metrics:\r\n  - equals:\r\n  - chrf\r\n',
      { equals: w(2) },
      'metrics:\r\n  - equals:\r\n    weight: 2\r\n  - chrf\r\n',
    ],
    ['nothing', 'metrics: [equals]\n', { equals: w(1) }, 'metrics: [equals]\n'],
  ])('writes %s', (_name, body, weights, wanted) => {
    expect(written(body, weights).replaceAll('\r', '')).toBe(wanted.replaceAll('\r', ''));
  });

  it.each([
    ['composite: { threshold: 0.5 } # enough\n', 'composite: { threshold: 0.7, mean: min } # enough\n'],
    ['composite:\n  threshold: 0.5\n', 'composite:\n  threshold: 0.7\n  mean: min\n'],
    ['', '\ncomposite: { threshold: 0.7, mean: min }'],
  ])('writes the rules of the composite: %j', (before, after) => {
    const body = `metrics: [equals]\n${before}`;
    expect(written(body, {}, { threshold: 0.7, mean: 'min' }).replace(/\s+$/, '')).toBe(
      (before === '' ? `metrics: [equals]${after}` : `metrics: [equals]\n${after}`).replace(/\s+$/, ''),
    );
  });

  it.each([
    ['a metric that is gone', 'metrics: [equals]\n', { chrf: w(2) }, 'no longer has the metric `chrf`'],
    ['a weight of 0', 'metrics: [equals, chrf]\n', { chrf: w(0) }, 'take `chrf` out of it by hand'],
    ['a metric of the preset', 'preset: extraction\n', { 'json-diff': w(5) }, '`json-diff` comes from the preset'],
  ])('refuses %s', (_name, body, weights, words) => {
    expect(written(body, weights)).toContain(words);
  });
});
