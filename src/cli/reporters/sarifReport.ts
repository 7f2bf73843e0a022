import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { oneLine } from '../plainText.ts';
import { inCaseOrder, type SampleDigest } from './sampleDigest.ts';
import type { SuiteReport } from './suiteReport.ts';

type Report = Pick<SuiteReport, 'summary' | 'samples'>;
type Rule = { readonly id: string; readonly shortDescription: { readonly text: string } };
type Result = { readonly ruleId: string; readonly ruleIndex: number };

/**
 * SARIF 2.1.0: a run for each suite, a rule for each metric, a result for each sample that failed (a warning) or could not run
 * (an error), at its row of the dataset.
 *
 * @param roots of the workspaces, absolute, one for each report
 * @param base what paths are relative to, absolute: the root of the checkout
 * Source: OASIS, Static Analysis Results Interchange Format 2.1.0, 2020.
 */
export function sarifReport(reports: readonly Report[], roots: readonly string[], base: string): string {
  const runs = reports.map((report, at) => sarifRun(report, roots[at] ?? base, base));
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs };
  return JSON.stringify(log, null, 2);
}

const COMPOSITE = 'composite';
const NOT_RUN = 'could-not-run';

function sarifRun({ summary, samples }: Report, root: string, base: string): unknown {
  const { header } = summary;
  const rules = rulesOf(header.metrics.map(({ name, kind }) => ({ name, kind })));
  const file = path.resolve(root, header.dataset.path);
  const labels = variantLabels(header.variants);
  const wrong = inCaseOrder(
    samples.filter(({ status }) => status === 'fail' || status === 'error'),
    header.variants.map(({ id }) => id),
  );
  return {
    tool: { driver: { name: 'Touchstone', rules } },
    automationDetails: { id: `touchstone/${header.suite}/${header.id}` },
    columnKind: 'utf16CodeUnits',
    results: wrong.map((sample) => ({
      ...ruleOf(sample, rules),
      level: sample.status === 'fail' ? 'warning' : 'error',
      message: { text: message(sample, labels.get(sample.variantId) ?? sample.variantId) },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: relativeUri(base, file) },
            region: { startLine: sample.line + 1 },
          },
        },
      ],
      // The same failing case is the same finding in the next run, wherever its row has moved to.
      partialFingerprints: { 'caseAndVariant/v1': [header.suite, sample.caseId, sample.variantId].join('\n') },
    })),
  };
}

function rulesOf(metrics: readonly { readonly name: string; readonly kind: string }[]): Rule[] {
  return [
    ...metrics.map(({ name, kind }) => ({
      id: `metric/${name}`,
      shortDescription: { text: `The metric ${name} (${kind}) has failed.` },
    })),
    { id: COMPOSITE, shortDescription: { text: 'The composite of the metrics is below its threshold.' } },
    { id: NOT_RUN, shortDescription: { text: 'The case could not run, so nothing was scored.' } },
  ];
}

/** By the first metric that failed. */
function ruleOf({ status, failed }: SampleDigest, rules: readonly Rule[]): Result {
  const name = failed?.[0];
  const id = status === 'error' ? NOT_RUN : name === undefined ? COMPOSITE : `metric/${name}`;
  return { ruleId: id, ruleIndex: rules.findIndex((rule) => rule.id === id) };
}

function message({ caseId, repeat, reason }: SampleDigest, label: string): string {
  const name = repeat > 0 ? `${caseId} #${repeat + 1}` : caseId;
  return oneLine(`${name} [${label}]: ${reason ?? 'no reason is known'}`).toWellFormed();
}

/** Relative and encoded; a file on another drive has no relative path. */
function relativeUri(base: string, file: string): string {
  const relative = path.relative(base, file);
  if (path.isAbsolute(relative)) return pathToFileURL(file).href;
  return relative.split(path.sep).map(encodeURIComponent).join('/');
}
