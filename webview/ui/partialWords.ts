/** What a partial is, by the names of the prompts that use it. */
export function partialWords(usedBy: readonly string[]): string {
  if (usedBy.length === 0) return 'No prompt uses this partial yet. A prompt takes it in by its name: {{>name}}.';
  const [last, ...others] = [...usedBy].reverse();
  const names = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  return `Part of ${names}. It is run and evaluated through ${usedBy.length === 1 ? 'that prompt' : 'these prompts'}.`;
}
