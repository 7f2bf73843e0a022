import { IBAN_LENGTHS, isIban, luhn } from './checkDigits.ts';
import { NATIONAL_IDS } from './nationalIds.ts';
import type { Detector } from './spans.ts';

/** First digits and lengths of the large card schemes. */
const CARD =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|6(?:011|4[4-9]\d|5\d\d|2\d\d)\d{12,15})$/;

const LABEL = String.raw`[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?`;

/** What tells of a person, the surest kinds first: where two overlap, the first has it. */
export const PERSONAL_DATA: readonly Detector[] = [
  {
    kind: 'email',
    pattern: new RegExp(
      String.raw`(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]{1,64}@(?:${LABEL}\.){1,8}\p{L}{2,24}(?![\p{L}\p{N}])`,
      'gu',
    ),
  },
  { kind: 'iban', pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?[A-Z0-9]/g, accepts: ibanEnd },
  {
    kind: 'card',
    pattern: /(?<!\d)(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)/g,
    accepts: (match) => {
      const digits = match.replace(/[ -]/g, '');
      return CARD.test(digits) && luhn(digits);
    },
  },
  ...NATIONAL_IDS,
  {
    kind: 'ip',
    pattern: /(?<![\w.:-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\d)|(?<![\w:.])[0-9A-Fa-f:]{2,39}(?![\w:])/g,
    accepts: (match) => (match.includes(':') ? isIpv6(match) : isIpv4(match)),
  },
  { kind: 'phone', pattern: /(?<![\w+]|\d )(?:\+|00)[1-9](?:[ .()/-]{0,2}\d){7,14}(?!\d)/g },
  // North America: neither area nor exchange begins with 0 or 1.
  {
    kind: 'phone',
    pattern: /(?<![\w.-])(?:1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}(?![\w-]|\.\d)/g,
  },
  // Elsewhere: a trunk 0 and groups with one separator.
  {
    kind: 'phone',
    pattern: /(?<![\w.-]|\d )\(?0[1-9]\d{0,3}\)?([ .-])\d{2,8}(?:\1\d{2,8}){0,4}(?![\w-]|\.\d)/g,
    accepts: (match) => {
      const { length } = match.replace(/\D/g, '');
      return length >= 9 && length <= 12;
    },
  },
];

/** Kinds as they may be named; phone has several forms. */
export const PERSONAL_KINDS = [
  'email',
  'iban',
  'card',
  'br-cpf',
  'cn-id',
  'es-dni',
  'fi-hetu',
  'fr-nir',
  'it-cf',
  'pl-pesel',
  'us-ssn',
  'ip',
  'phone',
] as const;

/** Reads as many letters and digits as the country's IBANs have, each after at most one space. */
function ibanEnd(_match: string, text: string, start: number): number | false {
  const length = IBAN_LENGTHS.get(text.slice(start, start + 2));
  if (length === undefined) return false;
  let iban = '';
  let at = start;
  for (; iban.length < length; at += 1) {
    const sign = text[at] ?? '';
    if (/^[A-Z0-9]$/.test(sign)) iban += sign;
    else if (sign !== ' ' || text[at - 1] === ' ') return false;
  }
  return !/^[A-Za-z0-9]$/.test(text[at] ?? '') && isIban(iban) && at;
}

/** Without those that are of no machine (0.0.0.0) or of the own one (127.0.0.1). */
function isIpv4(text: string): boolean {
  const bytes = text.split('.');
  return (
    bytes.length === 4 && bytes.every((byte) => Number(byte) <= 255 && !/^0\d/.test(byte)) && !/^(?:0|127)\./.test(text)
  );
}

/** `a::b` is more often a name in a program: an address with a gap must begin with three digits. */
function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')));
  if (!groups.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false;
  return halves.length === 1 ? groups.length === 8 : groups.length < 8 && (halves[0] ?? '').search(/[^:]{3}/) === 0;
}
