/** A number in full, however large; `over` is above 0. */
export type Rational = { readonly top: bigint; readonly over: bigint };

/** A number as people write it, with the unit that stands behind it, `` when none does. */
export type Quantity = { readonly value: Rational; readonly unit: string };

const MAX_LENGTH = 2000;
const MAX_EXPONENT = 1000n;
const DECIMAL = String.raw`\d+(?:\.\d*)?|\.\d+`;
const NUMBER = new RegExp(
  [
    '^(?<sign>[-+]?) ?(?:',
    // 3 1/2, 3\frac{1}{2}, 1/2, 0.5/2
    String.raw`(?:(?<whole>\d+) ?)?\\frac ?(?:\{ ?(?<top>[-+]?(?:${DECIMAL})) ?\} ?\{ ?(?<over>[-+]?(?:${DECIMAL})) ?\}|(?<digit>\d) ?(?<under>\d))|`,
    String.raw`(?:(?<whole2>\d+) )?(?<top2>${DECIMAL}) ?/ ?(?<over2>[-+]?(?:${DECIMAL}))|`,
    // 1.5, 1.5e3, 1.5 * 10^3, 0.1\overline{6}
    String.raw`(?<plain>${DECIMAL})(?:\\overline ?\{(?<again>\d+)\})?(?:e(?<power>[-+]?\d+)| ?\* ?10 ?\^ ?(?:\{ ?(?<power2>[-+]?\d+) ?\}|(?<power3>[-+]?\d+)))?`,
    ')(?: ?(?<percent>%))?(?<rest>.*)$',
  ].join(''),
  's',
);
const POWERS: { readonly [word: string]: number } = { thousand: 3, million: 6, billion: 9, trillion: 12 };
/** Behind a space any word is a unit; without one, or of one letter, only what cannot be a variable. */
const UNIT =
  /^(?: ?(?:°|\^ ?(?:\\circ|\{ ?\\circ ?\})) ?[CF]?| (?!(?:hundred|dozen|half|halves|third|or|and|is|to)\b)(?:(?:square|cubic) )?(?:[mgshLKJNWVA]|\p{L}{2,}\.?)(?:(?:[/*]| per )\p{L}+\.?)?(?: ?\^ ?\{?-?\d\}?|[²³])?|(?:[kcmdµ]?m|[km]?g|ml|km\/h|min|[kM]?W)(?: ?\^ ?\{?[23]\}?|[²³])?)$/u;

/**
 * Reads one number and nothing else: whole, decimal, fraction, mixed, percent (a hundredth), powers of ten; in plain text or
 * LaTeX, with thousands separators, a currency and a unit. Nothing is calculated but its value.
 *
 * @returns null for anything else, e.g. a sum or a variable
 */
export function readRational(text: string): Quantity | null {
  if (text.length > MAX_LENGTH) return null;
  const found = NUMBER.exec(plainMaths(text))?.groups;
  if (found === undefined) return null;
  const unit = (found['rest'] ?? '').trimEnd();
  if (unit !== '' && !UNIT.test(unit)) return null;
  const value = fractionOf(found);
  if (value === null) return null;
  const signed = found['sign'] === '-' ? { ...value, top: -value.top } : value;
  const hundred = found['percent'] === undefined ? 1n : 100n;
  return { value: { top: signed.top, over: signed.over * hundred }, unit: plainUnit(unit) };
}

export function sameRational(a: Rational, b: Rational): boolean {
  return a.top * b.over === b.top * a.over;
}

/** Marks of LaTeX and typography that do not change what is meant; also the form in which other expressions are compared. */
export function plainMaths(text: string): string {
  return text
    .replace(/[¼½¾⅐-⅞]/g, ' $&')
    .normalize('NFKC')
    .replace(/[\u2212\u2013]/g, '-')
    .replaceAll('\u2044', '/')
    .replace(/\\(?:left|right|displaystyle|limits)(?![a-zA-Z])/g, '')
    .replace(/\\[dtc]frac(?![a-zA-Z])/g, '\\frac')
    .replace(/\\(?:text|mathrm|textrm|mbox|operatorname) ?\{([^{}]*)\}/g, ' $1 ')
    .replace(/\\bar(?![a-zA-Z])/g, '\\overline')
    .replace(/\\(?:times|cdot)(?![a-zA-Z])|[×·⋅]/g, '*')
    .replace(/\\degree(?![a-zA-Z])/g, '°')
    .replace(/\\[()[\]]|(?<!\\)\$|\*\*/g, '')
    .replace(/\\[%$]/g, (mark) => mark.slice(1))
    .replaceAll('{,}', ',')
    .replaceAll('\\!', '')
    .replace(/\\[,:; ]|~|\s+/g, ' ')
    .replace(/(?<=\d) ?(?:percent|per cent)(?!\p{L})/gu, '%')
    .replace(/(?<=\d) (thousand|million|billion|trillion)(?!\p{L})/gu, (_, word: string) => `e${POWERS[word] ?? 0}`)
    .replace(/[$€£¥₹]/g, '')
    .replace(/(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\d.,] ?)\d{1,3}(?: \d{3})+(?![\d,]| ?\/)/g, (number) =>
      number.replace(/[, ]/g, ''),
    )
    .replace(/ +/g, ' ')
    .trim()
    .replace(/[.。]$/, '')
    .trim();
}

function fractionOf(found: { readonly [name: string]: string | undefined }): Rational | null {
  const top = found['top'] ?? found['top2'] ?? found['digit'];
  const over = found['over'] ?? found['over2'] ?? found['under'];
  if (top !== undefined && over !== undefined) {
    const [a, b] = [decimal(top), decimal(over)];
    if (b.top === 0n) return null;
    const sign = b.top < 0n ? -1n : 1n;
    const fraction = { top: sign * a.top * b.over, over: sign * a.over * b.top };
    const whole = BigInt(found['whole'] ?? found['whole2'] ?? 0);
    return { top: whole * fraction.over + fraction.top, over: fraction.over };
  }
  const plain = decimal(found['plain'] ?? '');
  const again = found['again'];
  const value = again === undefined ? plain : repeating(plain, found['plain'] ?? '', again);
  const power = BigInt((found['power'] ?? found['power2'] ?? found['power3'] ?? '0').replace('+', ''));
  if (power > MAX_EXPONENT || power < -MAX_EXPONENT) return null;
  return power < 0n
    ? { top: value.top, over: value.over * 10n ** -power }
    : { top: value.top * 10n ** power, over: value.over };
}

function decimal(written: string): Rational {
  const [whole = '', part = ''] = written.replace(/^[-+]/, '').split('.');
  const top = BigInt(`${whole}${part}` || '0');
  return { top: written.startsWith('-') ? -top : top, over: 10n ** BigInt(part.length) };
}

/** 0.1(6) is 0.1 + 6/90. */
function repeating({ top, over }: Rational, written: string, again: string): Rational {
  if (!written.includes('.')) return { top: top * 10n ** BigInt(again.length) + BigInt(again), over };
  const nines = 10n ** BigInt(again.length) - 1n;
  return { top: top * nines + BigInt(again), over: over * nines };
}

function plainUnit(unit: string): string {
  return unit
    .replace(/\^ ?(?:\\circ|\{ ?\\circ ?\})/g, '°')
    .replace(/[\s{}^.]/g, '')
    .normalize('NFKC')
    .replace(/(?<=\p{L}{3})s$/u, '');
}
