import { describe, expect, it } from 'vitest';
import { junitReport } from '../../../../src/cli/reporters/junitReport.ts';
import { SAMPLES, SUMMARY } from './summaryFixture.ts';

const report = {
  summary: SUMMARY,
  gate: { holds: true, reasons: [] },
  historyPath: null,
  comparison: null,
  origin: { kind: 'baseline' as const, path: 'evals/triage.baseline.json' },
  before: null,
  notes: [],
  samples: SAMPLES,
};

describe('junitReport', () => {
  it('has a test suite for each variant and a test case for each sample, in the order of the dataset', () => {
    expect(junitReport([report]).trim()).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="8" failures="2" errors="2" skipped="0">
  <testsuite name="evals/triage.eval.yaml · triage" timestamp="2026-03-01T10:00:00.000Z" tests="4" failures="1" errors="0" skipped="0">
    <properties>
      <property name="prompt" value="prompts/triage.prompt"/>
      <property name="promptVersion" value="${'a1b2c3d4'.repeat(8)}"/>
      <property name="model" value="replay/triage"/>
    </properties>
    <testcase classname="prompts/triage.prompt" name="one" time="1.234"/>
    <testcase classname="prompts/triage.prompt" name="two" time="1.234"/>
    <testcase classname="prompts/triage.prompt" name="退款" time="1.234">
      <failure message="category: &quot;bug&quot; is not &quot;billing&quot;"/>
    </testcase>
    <testcase classname="prompts/triage.prompt" name="four" time="1.234"/>
  </testsuite>
  <testsuite name="evals/triage.eval.yaml · triage-v1" timestamp="2026-03-01T10:00:00.000Z" tests="4" failures="1" errors="2" skipped="0">
    <properties>
      <property name="prompt" value="prompts/triage-v1.prompt"/>
      <property name="promptVersion" value="${'e5f60718'.repeat(8)}"/>
      <property name="model" value="replay/triage"/>
    </properties>
    <testcase classname="prompts/triage-v1.prompt" name="one" time="0">
      <error message="The server is down. Try again later." type="server"/>
    </testcase>
    <testcase classname="prompts/triage-v1.prompt" name="two" time="0">
      <error message="The server is down. Try again later." type="server"/>
    </testcase>
    <testcase classname="prompts/triage-v1.prompt" name="退款" time="1.234"/>
    <testcase classname="prompts/triage-v1.prompt" name="four" time="1.234">
      <failure message="category: &quot;a&quot; &lt; &quot;b&quot;"/>
    </testcase>
  </testsuite>
</testsuites>`);
  });

  it('leaves out what XML has no place for', () => {
    const samples = [
      { ...(SAMPLES[0] as (typeof SAMPLES)[number]), reason: '<img onerror=x>\x1b[31m\x00\ud800\uffff]]>' },
    ];
    const xml = junitReport([{ ...report, samples }]);
    expect(xml).toContain('message="&lt;img onerror=x>\ufffd]]>"');
  });

  it('names repeats, and skips unscored samples', () => {
    const summary = { ...SUMMARY, header: { ...SUMMARY.header, repeats: 2 } };
    const samples = [
      {
        ...(SAMPLES[1] as (typeof SAMPLES)[number]),
        repeat: 1,
        status: 'unscored' as const,
        reason: 'nothing expected',
      },
    ];
    const xml = junitReport([{ ...report, summary, samples }]);
    expect(xml).toMatch(/name="one #2" time="1.234">\s*<skipped\/>/);
  });
});
