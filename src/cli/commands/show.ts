import { TouchstoneError } from '../../engine/error.ts';
import { shortHash } from '../../engine/hash.ts';
import { messageText } from '../../engine/prompt/message.ts';
import type { RunSummary, RunVariant } from '../../engine/run/run.ts';
import type { Sample } from '../../engine/run/sample.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { doubts } from '../../node/evaluateSuite.ts';
import type { StoredSample } from '../../node/store/storedSample.ts';
import { wrapWidth } from '../displayWidth.ts';
import { EXIT, type ExitCode } from '../exitCode.ts';
import { formatMetric, formatMilliseconds, formatScore, formatUsd } from '../format.ts';
import { writePage } from '../html/writePage.ts';
import { runMarkdown } from '../markdown/runMarkdown.ts';
import { oneLine, plainText } from '../plainText.ts';
import { runHeading, versions } from '../reporters/evalTable.ts';
import { failureList } from '../reporters/failureList.ts';
import { figureNotes } from '../reporters/figureNotes.ts';
import { jsonRun, jsonVariant } from '../reporters/jsonReport.ts';
import { digestSample, type SampleDigest } from '../reporters/sampleDigest.ts';
import { sampleLine } from '../reporters/sampleLine.ts';
import { summaryTable } from '../reporters/summaryTable.ts';
import type { Colors, Shell } from '../shell.ts';
import { findRun, type WorkspaceOption, withHistory } from './pastRun.ts';
import { markWords } from './runMarks.ts';

export type ShowOptions = WorkspaceOption & {
  readonly case?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly html?: string;
};

/** `touchstone show`: the table of a run that was kept, or all that is known of one case in it. */
export async function showCommand(id: string, options: ShowOptions, shell: Shell): Promise<ExitCode> {
  return withHistory(options, shell, async (history) => {
    const summary = findRun(history, id);
    const stored = history.allSamples(summary.header.id);
    const write = (text: string) => shell.stdout.write(`${text}\n`);
    if (options.case !== undefined) {
      const samples = [...stored].filter(({ sample }) => sample.caseId === options.case);
      if (samples.length === 0)
        throw new TouchstoneError('not-found', `Run ${summary.header.id} has no case ${options.case}.`, {
          remedy: 'Case ids stand in the column `id` of the dataset and in `touchstone show`.',
        });
      if (options.json)
        write(
          JSON.stringify(
            samples.map((sample) => jsonSample(sample, summary)),
            null,
            2,
          ),
        );
      else write(caseText(samples, summary, shell.stdout.colors));
      return EXIT.ok;
    }
    if (options.json) {
      const { dataset, repeats } = summary.header;
      const run = { run: jsonRun(summary, history.path), dataset: { digest: dataset.digest, cases: dataset.cases } };
      write(
        JSON.stringify({ ...run, variants: summary.variants.map((variant) => jsonVariant(variant, repeats)) }, null, 2),
      );
      return EXIT.ok;
    }
    const notes = await doubts(history, summary);
    if (options.html !== undefined) {
      const { runPage } = await import('../html/runPage.ts');
      const run = { history, summary, gate: null, comparison: null, notes };
      await writePage(runPage([run]), options.html, shell);
      return EXIT.ok;
    }
    const digests: SampleDigest[] = [];
    for (const { sample, testCase } of stored)
      if (sample.status === 'fail' || sample.status === 'error') digests.push(digestSample(sample, testCase.line));
    if (options.markdown) {
      write(runMarkdown({ summary, gate: null, comparison: null, notes, samples: digests }));
      return EXIT.ok;
    }
    const width = shell.stdout.columns();
    const { colors } = shell.stdout;
    const marks = markWords(history.marks(summary.header.id)).map(plainText);
    write(
      [
        [`${runHeading(summary, colors)} · run ${summary.header.id}`, ...marks].join(' · '),
        ...wrapWidth(versions(summary.header), width).map(colors.dim),
        '',
        ...summaryTable(summary, null, width, colors),
        ...failureList(digests, summary.header.variants, width, colors),
        ...[...figureNotes(summary), ...notes].flatMap((note) => ['', ...wrapWidth(`Note: ${oneLine(note)}`, width)]),
      ].join('\n'),
    );
    return EXIT.ok;
  });
}

function jsonSample({ sample, testCase }: StoredSample, summary: RunSummary): unknown {
  const variant = summary.header.variants.find(({ id }) => id === sample.variantId);
  const line: unknown = variant ? JSON.parse(sampleLine(sample, variant)) : {};
  return { ...(line as object), vars: testCase.vars, expected: testCase.expected ?? null, messages: sample.messages };
}

function caseText(samples: readonly StoredSample[], summary: RunSummary, colors: Colors): string {
  const labels = variantLabels(summary.header.variants);
  const kinds = new Map(summary.header.metrics.map((metric) => [metric.name, metric.kind]));
  const [first] = samples;
  const expected = first?.testCase.expected;
  return [
    `${colors.bold(oneLine(first?.testCase.id ?? ''))}  ${colors.dim(`run ${summary.header.id} · ${oneLine(summary.header.suite)}`)}`,
    ...(expected === undefined ? [] : [colors.dim('expected'), indent(shown(expected))]),
    ...samples.flatMap(({ sample }) => [
      '',
      heading(sample, labels.get(sample.variantId) ?? sample.variantId, summary.header.repeats, colors),
      ...summary.header.variants
        .filter(({ id }) => id === sample.variantId)
        .map((variant) => colors.dim(made(variant))),
      ...sample.messages.flatMap((message) => [colors.dim(message.role), indent(messageText(message))]),
      ...outcome(sample, kinds, colors),
    ]),
  ].join('\n');
}

/** What answered: the model, the prompt's version, the params. */
function made({ model, prompt, promptVersion, params }: RunVariant): string {
  const settings = Object.keys(params).length === 0 ? [] : [JSON.stringify(params)];
  return oneLine([model, `${prompt} ${shortHash(promptVersion)}`, ...settings].join(' · '));
}

function heading(sample: Sample, label: string, repeats: number, colors: Colors): string {
  const paint = { pass: colors.green, fail: colors.red, error: colors.yellow, unscored: colors.yellow }[sample.status];
  const facts =
    sample.status === 'error'
      ? []
      : [`composite ${formatScore(sample.composite)}`, formatMilliseconds(sample.latencyMs), formatUsd(sample.costUsd)];
  const repeat = repeats > 1 ? ` #${sample.repeat + 1}` : '';
  return `${colors.bold(oneLine(label) + repeat)}  ${paint(sample.status)}  ${colors.dim(facts.join(' · '))}`;
}

function outcome(sample: Sample, kinds: ReadonlyMap<string, string>, colors: Colors): string[] {
  if (sample.status === 'error') {
    const { code, message, remedy } = sample.error;
    return [colors.dim('error'), indent(`${code}: ${message}${remedy ? `\n${remedy}` : ''}`)];
  }
  return [
    colors.dim('output'),
    indent(sample.output),
    colors.dim('scores'),
    ...sample.scores.map((score) => {
      const value =
        score.outcome === 'scored' ? formatMetric(kinds.get(score.metric) ?? '', score.value) : score.outcome;
      const mark = score.outcome !== 'scored' || score.passed === null ? ' ' : score.passed ? '✓' : '✗';
      return `  ${mark} ${oneLine(score.metric)} ${value}  ${colors.dim(oneLine(score.reason))}`;
    }),
  ];
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function indent(text: string): string {
  return plainText(text).replace(/\n$/, '').replace(/^/gm, '  ');
}
