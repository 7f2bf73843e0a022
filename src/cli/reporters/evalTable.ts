import path from 'node:path';
import { shortHash } from '../../engine/hash.ts';
import type { RunHeader, RunSummary } from '../../engine/run/run.ts';
import { wrapWidth } from '../displayWidth.ts';
import { formatMilliseconds, plural } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { shownPath } from '../shownPath.ts';
import { baselineDifferences, baselineLines } from './baselineLines.ts';
import { failureList } from './failureList.ts';
import { figureNotes } from './figureNotes.ts';
import type { SuiteReport } from './suiteReport.ts';
import { summaryTable } from './summaryTable.ts';

export type TableSetting = {
  readonly width: number;
  readonly colors: Colors;
  readonly cwd: string;
  readonly isCheckout: boolean;
};

/** Lines of the report for people: variants, differences from the baseline, what failed, the gate, and where to look further. */
export function evalTable(report: SuiteReport, setting: TableSetting): string[] {
  const { summary, gate, comparison, historyPath } = report;
  const { width, colors } = setting;
  return [
    runHeading(summary, colors),
    ...wrapWidth(versions(summary.header), width).map(colors.dim),
    '',
    ...summaryTable(summary, comparison && baselineDifferences(comparison), width, colors),
    ...(comparison ? ['', ...baselineLines(comparison, summary, width, colors)] : []),
    ...failureList(report.samples, summary.header.variants, width, colors),
    '',
    ...figureNotes(summary).flatMap((note) => wrapWidth(`Note: ${oneLine(note)}`, width)),
    ...report.notes.flatMap((note) => wrapWidth(`Note: ${oneLine(note)}`, width)),
    ...gateLines(gate, summary, width, colors),
    ...(historyPath === null ? ['Not kept in the history.'] : lookFurther(historyPath, summary.header, setting)),
  ];
}

/** `evals/triage.eval.yaml · 48 cases × 2 variants · finished in 0.4 s`. */
export function runHeading({ header, status, finishedAt }: RunSummary, colors: Colors): string {
  const repeats = header.repeats > 1 ? ` × ${header.repeats} repeats` : '';
  const cases = header.plannedSamples / Math.max(1, header.variants.length * header.repeats);
  const took =
    finishedAt === null ? '' : ` in ${formatMilliseconds(Date.parse(finishedAt) - Date.parse(header.startedAt))}`;
  const state = status === 'finished' ? status : colors.yellow(status);
  const size = `${plural(cases, 'case')} × ${plural(header.variants.length, 'variant')}${repeats}`;
  return `${colors.bold(oneLine(header.suite))} · ${size} · ${state}${took}`;
}

/** Which models were asked, and which version of each prompt. */
export function versions({ variants }: RunHeader): string {
  const models = new Set(variants.map((variant) => variant.model));
  const prompts = new Set(variants.map(({ prompt, promptVersion }) => `${prompt} ${shortHash(promptVersion)}`));
  return oneLine([...models, ...prompts].join(' · '));
}

function gateLines(gate: SuiteReport['gate'], { variants }: RunSummary, width: number, colors: Colors): string[] {
  const isScored = variants.some(({ samples }) => samples.pass + samples.fail > 0);
  if (gate.holds && !isScored) return [`Gate     ${colors.yellow('not decided')}: no sample was scored`];
  if (gate.holds) return [`Gate     ${colors.green('holds')}`];
  const reasons = gate.reasons.flatMap((reason) => {
    const [first = '', ...rest] = wrapWidth(oneLine(reason), width - 11);
    return [`         - ${first}`, ...rest.map((line) => `           ${line}`)];
  });
  return [`Gate     ${colors.red('fails')}`, ...reasons];
}

function lookFurther(historyPath: string, header: RunHeader, { cwd, isCheckout }: TableSetting): string[] {
  const root = path.dirname(path.dirname(historyPath));
  const prompt = header.variants[0]?.prompt ?? header.suite;
  const isSample = isCheckout && root.endsWith(path.join('media', 'sample'));
  const folder = root === cwd ? 'this folder' : `the folder ${shownPath(cwd, root)}`;
  const open = isSample ? `npm run vscode, then open ${prompt}` : `open ${folder}, then ${prompt}`;
  return [
    `History  ${shownPath(cwd, historyPath)}, run ${header.id}`,
    `VS Code  ${oneLine(open)}: tabs Results and History`,
  ];
}
