import { describe, expect, it } from 'vitest';
import { parseSuite } from '../../../../src/engine/suite/parseSuite.ts';
import { PRESET_NAMES, PRESETS } from '../../../../src/engine/suite/presets.ts';

const suiteOf = (rest: string) => parseSuite(`prompts: [a.prompt]\ndata: d.csv\n${rest}`, 's.eval.yaml');

describe.each(PRESET_NAMES)('%s', (name) => {
  it('is a suite by itself: every kind is there, and its options are in order', () => {
    const { suite, problems } = suiteOf(`preset: ${name}\n`);
    expect(problems).toEqual([]);
    expect(suite?.metrics).toHaveLength(PRESETS[name].metrics.length);
    expect(suite?.composite.threshold).toBe(PRESETS[name].threshold);
  });
});

it('what the suite says goes before: a metric of the same kind, and the threshold', () => {
  const own = 'metrics:\n  - field-f1: { threshold: 0.5 }\n    weight: 9\n  - latency\ncomposite: { threshold: 0.2 }\n';
  const { suite } = suiteOf(`preset: extraction\n${own}`);
  expect(suite?.metrics.map(({ value: { kind, weight, gate } }) => [kind, weight, gate])).toEqual([
    ['field-f1', 9, false],
    ['latency', 1, false],
    ['is-json', 3, true],
    ['json-diff', 1, false],
  ]);
  expect(suite?.composite.threshold).toBe(0.2);
});

it('stands where the preset is named', () => {
  const { suite } = suiteOf('preset: chat\n');
  expect(suite?.metrics.map(({ range }) => range.start.line)).toEqual([2, 2, 2]);
});

it('is told when there is no such preset, or neither preset nor metrics', () => {
  expect(suiteOf('preset: rag\n').problems).toMatchObject([{ code: 'wrong-value' }]);
  expect(suiteOf('').problems).toMatchObject([{ code: 'missing-key' }]);
});
