import type { RenderDifference } from './compareRenderings.ts';
import type { Loss } from './conversion.ts';

const MOST_SHOWN = 400;

/** What a conversion lost and where both forms render differently, as lines of Markdown. */
export function conversionReport(
  names: { readonly from: string; readonly to: string },
  found: {
    readonly losses: readonly Loss[];
    readonly samples: number;
    readonly differences: readonly RenderDifference[];
    readonly edges: number;
  },
): string {
  const { losses, samples, differences, edges } = found;
  const lines = [`# ${names.from} as ${names.to}`, ''];
  if (losses.length === 0) lines.push('Nothing was lost.');
  else lines.push(`${losses.length === 1 ? 'One thing was' : `${losses.length} things were`} not carried over:`, '');
  for (const { message, range } of losses) lines.push(`- line ${range.start.line + 1}: ${message}`);
  const same = samples - differences.length;
  lines.push(
    '',
    `Rendered with ${samples} ${samples === 1 ? 'set' : 'sets'} of values: ${same} the same, ${differences.length} different.`,
  );
  if (edges > 0) lines.push(`White space around messages differs in ${edges} of them.`);
  for (const { sample, message, before, after } of differences) {
    const where = message === null ? 'the messages are others' : `message ${message + 1}`;
    lines.push('', `## ${sample}: ${where}`, '', ...quoted('before', before), '', ...quoted('after', after));
  }
  return `${lines.join('\n')}\n`;
}

/** Indented, so that no text can end its own quotation. */
function quoted(title: string, text: string): string[] {
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  return [`${title}:`, '', ...shown.split('\n').map((line) => `    ${line}`)];
}
