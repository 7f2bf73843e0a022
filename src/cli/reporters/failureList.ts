import type { RunVariant } from '../../engine/run/run.ts';
import { variantLabels } from '../../engine/run/variantLabels.ts';
import { displayWidth, fitWidth, padWidth, wrapWidth } from '../displayWidth.ts';
import { plural } from '../format.ts';
import { oneLine } from '../plainText.ts';
import type { Colors } from '../shell.ts';
import { inCaseOrder, type SampleDigest } from './sampleDigest.ts';

/** How many failing samples of each variant, and how many kinds of errors, a table shows. */
const SHOWN_FAILURES = 4;
const SHOWN_ERRORS = 5;

/** The first failing samples of each variant with their reasons, then the errors, equal ones counted together. */
export function failureList(
  samples: readonly SampleDigest[],
  variants: readonly RunVariant[],
  width: number,
  colors: Colors,
): string[] {
  const order = variants.map((variant) => variant.id);
  const failed = inCaseOrder(
    samples.filter((sample) => sample.status === 'fail'),
    order,
  );
  const errors = inCaseOrder(
    samples.filter((sample) => sample.status === 'error'),
    order,
  );
  const labels = variantLabels(variants);
  const byVariant = Map.groupBy(failed, (sample) => sample.variantId);
  return [
    ...order.flatMap((id) => failures(byVariant.get(id) ?? [], labels.get(id) ?? id, width, colors)),
    ...errorGroups(errors, width, colors),
  ];
}

function failures(failed: readonly SampleDigest[], label: string, width: number, colors: Colors): string[] {
  if (failed.length === 0) return [];
  const shown = failed.slice(0, SHOWN_FAILURES);
  const idWidth = Math.min(
    30,
    Math.floor(width / 3),
    Math.max(...shown.map((sample) => displayWidth(oneLine(sample.caseId)))),
  );
  const more = failed.length > shown.length ? `, the first ${shown.length}` : '';
  return [
    '',
    `${colors.bold(oneLine(label))}: ${failed.length} failing${more}`,
    ...shown.map((sample) => {
      const id = padWidth(fitWidth(oneLine(sample.caseId), idWidth), idWidth, 'left');
      return `  ${colors.red('✗')} ${id}  ${colors.dim(fitWidth(sample.reason ?? '', width - idWidth - 6))}`;
    }),
  ];
}

function errorGroups(errors: readonly SampleDigest[], width: number, colors: Colors): string[] {
  if (errors.length === 0) return [];
  const groups = [...Map.groupBy(errors, (sample) => `${sample.errorCode}\n${sample.reason}`).values()];
  return [
    '',
    `${colors.bold(plural(errors.length, 'sample'))} could not run:`,
    ...groups.slice(0, SHOWN_ERRORS).flatMap((group) => {
      const [first] = group;
      const head = `${first?.errorCode ?? 'error'} (${group.length}×, e.g. ${oneLine(first?.caseId ?? '')}): `;
      const [line = '', ...rest] = wrapWidth(head + (first?.reason ?? ''), width - 4);
      return [`  ${colors.yellow('!')} ${line}`, ...rest.map((more) => `    ${more}`)];
    }),
    ...(groups.length > SHOWN_ERRORS ? [`    and ${plural(groups.length - SHOWN_ERRORS, 'other error')}`] : []),
  ];
}
