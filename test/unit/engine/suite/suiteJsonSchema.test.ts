import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { suiteJsonSchema } from '../../../../src/engine/suite/suiteJsonSchema.ts';

describe('suiteJsonSchema', () => {
  const validate = new Ajv2020({ strict: false }).compile(suiteJsonSchema());
  const good = { prompts: ['a.prompt'], data: 'd.csv', metrics: ['json-schema'] };

  it.each<[string, object, boolean]>([
    ['the least', good, true],
    ['one prompt', { ...good, prompts: 'a.prompt' }, true],
    [
      'metric forms',
      {
        ...good,
        metrics: [{ equals: { expected: 'x' }, gate: true, weight: 2 }, { contains: 'x' }, { latency: null }],
      },
      true,
    ],
    ['params', { ...good, params: { temperature: [0, 1], seed: 1 } }, true],
    ['unknown key', { ...good, modles: [] }, false],
    ['no data', { prompts: ['a'], metrics: ['latency'] }, false],
    ['unknown metric', { ...good, metrics: ['equls'] }, false],
    ['unknown metric with options', { ...good, metrics: [{ equls: 'x' }] }, false],
    ['unknown option', { ...good, metrics: [{ equals: { pth: 'x' } }] }, false],
    ['weight', { ...good, metrics: [{ contains: 'x', weight: 0 }] }, false],
    ['threshold', { ...good, composite: { threshold: 2 } }, false],
  ])('%s', (_name, suite, valid) => {
    expect(validate(suite)).toBe(valid);
  });

  it('describes its keys', () => {
    expect(JSON.stringify(suiteJsonSchema())).toContain('The dataset (CSV, TSV, JSONL, JSON or YAML)');
  });
});
