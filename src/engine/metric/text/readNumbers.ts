/** How a language writes numbers. */
export type NumberFormat = { readonly decimal: string; readonly group: string };

/** A number as it stands in a text, and what it says. */
export type WrittenNumber = { readonly value: number; readonly start: number; readonly end: number };

/** @returns null when there is no such language tag. */
export function numberFormat(locale: string): NumberFormat | null {
  try {
    const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1_234_567.5);
    const find = (type: string) => parts.find((part) => part.type === type)?.value.normalize('NFKC');
    return { decimal: find('decimal') ?? '.', group: find('group') ?? ',' };
  } catch {
    return null;
  }
}

/** NFKC, so that full-width digits and all kinds of spaces are plain, one kind of minus, no marks of Markdown. */
export function plainNumbers(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\u2212\u2012\u2013]/g, '-')
    .replace(/[*`~]|\\(?=[$%])/g, '');
}

/** Numbers of a plain text (`plainNumbers`) in their order; a currency may stand between the sign and the digits. */
export function readNumbers(text: string, format: NumberFormat): WrittenNumber[] {
  const [decimal, group] = [escaped(format.decimal), escaped(format.group)];
  // The number of groups is bounded: without it a long list of short numbers takes quadratic time.
  const digits = `\\d{1,3}(?:${group}\\d{2,3}){0,12}${group}\\d{3}(?!\\d)|\\d+`;
  const pattern = new RegExp(
    `(?<![A-Za-z_])((?<![\\p{L}\\p{N})])[-+])?(?:\\p{Sc} ?([-+])?)?(?:(${digits})(?:${decimal}(\\d+))?|${decimal}(\\d+))(e[-+]?\\d{1,4}(?![\\p{L}\\p{N}]))?`,
    'giu',
  );
  return Array.from(text.matchAll(pattern), (match) => {
    const [all, outer = '', inner = '', whole = '0', fraction, bare, exponent = ''] = match;
    const integer = whole.replaceAll(format.group, '');
    const value = Number(`${integer}.${fraction ?? bare ?? '0'}${exponent}`);
    const sign = (outer === '-') !== (inner === '-') ? -1 : 1;
    return { value: sign * value, start: match.index, end: match.index + all.length };
  });
}

function escaped(mark: string): string {
  // Both apostrophes are written where the group is one.
  if (mark === '’' || mark === "'") return "['’]";
  return mark.replace(/[^\p{L}\p{N}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}
