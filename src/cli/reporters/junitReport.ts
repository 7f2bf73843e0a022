import junit, { type Builder, type TestCase } from 'junit-report-builder';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { plainText } from '../plainText.ts';
import { inCaseOrder, type SampleDigest } from './sampleDigest.ts';
import type { SuiteReport } from './suiteReport.ts';

/** JUnit XML: a test suite for each variant, a test case for each sample. Unscored samples are skipped tests. */
export function junitReport(reports: readonly SuiteReport[]): string {
  const builder = junitBuilder.newBuilder();
  for (const { summary, samples } of reports) {
    const { header } = summary;
    const labels = variantLabels(header.variants);
    const byVariant = Map.groupBy(samples, (sample) => sample.variantId);
    for (const variant of header.variants) {
      const suite = builder
        .testSuite()
        .name(text(`${header.suite} · ${labels.get(variant.id) ?? variant.id}`))
        .timestamp(header.startedAt);
      suite.property('prompt', text(variant.prompt));
      suite.property('promptVersion', variant.promptVersion);
      suite.property('model', text(variant.model));
      for (const sample of inCaseOrder(byVariant.get(variant.id) ?? [], [variant.id])) {
        const test = suite
          .testCase()
          .className(text(variant.prompt))
          .name(text(header.repeats > 1 ? `${sample.caseId} #${sample.repeat + 1}` : sample.caseId))
          .time((sample.latencyMs ?? 0) / 1000);
        addOutcome(test, sample);
      }
    }
  }
  return builder.build();
}

// The package's types describe an ES module; what loads is CommonJS, whose export is the builder itself.
const junitBuilder = junit as unknown as Builder;

function addOutcome(test: TestCase, { status, reason, errorCode }: SampleDigest): void {
  const why = text(reason ?? '');
  if (status === 'fail') test.failure(why);
  else if (status === 'error') test.error(why, errorCode ?? 'error');
  else if (status === 'unscored') test.skipped();
}

/** XML 1.0 has no place for most control characters, nor for half of a surrogate pair. */
function text(value: string): string {
  return plainText(value)
    .toWellFormed()
    .replace(/[\ufffe\uffff]/g, '');
}
