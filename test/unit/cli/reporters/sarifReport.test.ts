import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { sarifReport } from '../../../../src/cli/reporters/sarifReport.ts';
import { SAMPLES, SUMMARY } from './summaryFixture.ts';

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } };

/** What the official schema requires of the parts that are used; the rest of it is open here. */
const REQUIRED = {
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    $schema: { type: 'string' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool'],
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                properties: {
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: { type: 'object', required: ['id'], properties: { shortDescription: text } },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['message'],
              properties: {
                message: text,
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                locations: {
                  type: 'array',
                  items: {
                    type: 'object',
                    properties: {
                      physicalLocation: {
                        type: 'object',
                        required: ['artifactLocation'],
                        properties: { region: { properties: { startLine: { type: 'integer', minimum: 1 } } } },
                      },
                    },
                  },
                },
                partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
              },
            },
          },
        },
      },
    },
  },
};

const ROOT = path.resolve('/checkout');
const samples = SAMPLES.map((sample) => (sample.caseId === '退款' ? { ...sample, failed: ['category'] } : sample));
const log = JSON.parse(sarifReport([{ summary: SUMMARY, samples }], [path.join(ROOT, 'my work')], ROOT));

it('has what SARIF 2.1.0 requires', () => {
  const validate = new Ajv({ strict: false }).compile(REQUIRED);
  validate(log);
  expect(validate.errors).toBeNull();
});

it('has a rule for each metric and a result for each sample that did not pass, at its row', () => {
  const [run] = log.runs;
  const rules = run.tool.driver.rules.map(({ id }: { readonly id: string }) => id);
  expect(rules).toEqual(['metric/category', 'metric/latency', 'composite', 'could-not-run']);
  const results = run.results.map((result: { ruleId: string; ruleIndex: number; level: string }) => [
    result.ruleId,
    rules[result.ruleIndex],
    result.level,
  ]);
  expect(results).toEqual([
    ['could-not-run', 'could-not-run', 'error'],
    ['could-not-run', 'could-not-run', 'error'],
    ['metric/category', 'metric/category', 'warning'],
    ['composite', 'composite', 'warning'],
  ]);
  expect(run.results[2].message.text).toBe('退款 [triage]: category: "bug" is not "billing"');
  expect(run.results[2].locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'my%20work/evals/triage.csv' },
    region: { startLine: 4 },
  });
});
