/**
 * An entry for the `metrics` of a suite: that an output equals this one or, with a part of it selected, that it contains that.
 *
 * @param selected what is selected on the page; it counts where the output has it
 */
export function metricOfOutput(output: string, selected: string): string {
  const part = selected.trim();
  // JSON's texts are YAML's too, whatever is in them.
  if (part !== '' && output.includes(part)) return `- contains: ${JSON.stringify(part)}`;
  return `- equals: ${JSON.stringify(output.trim())}`;
}
