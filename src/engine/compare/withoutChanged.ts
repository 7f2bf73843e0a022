import type { BaselineVariant } from './baseline.ts';

/**
 * A variant of a baseline with only the cases that may be compared: those that say now what they said then, or of which nobody
 * knows what they said.
 *
 * @param contents what names the content of each case today, by its id
 */
export function withoutChanged(
  variant: BaselineVariant,
  contents: ReadonlyMap<string, { readonly content: string }>,
  onChanged: (caseId: string) => void = () => {},
): BaselineVariant {
  const cases = Object.entries(variant.cases).filter(([id, { content }]) => {
    const now = contents.get(id)?.content;
    const isSame = content === undefined || now === undefined || now.startsWith(content);
    if (!isSame) onChanged(id);
    return isSame;
  });
  return { ...variant, cases: Object.fromEntries(cases) };
}
