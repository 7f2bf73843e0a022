import { remainder, weighted } from './checkDigits.ts';
import type { Detector } from './spans.ts';

const bare = (text: string) => text.replace(/[ .-]/g, '');

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const HETU_SIGNS = '0123456789ABCDEFHJKLMNPRSTUVWXY';
const CN_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** National numbers that can be told from others by their check digits (that of the United States by its form only). */
export const NATIONAL_IDS: readonly Detector[] = [
  {
    kind: 'br-cpf',
    pattern: /(?<![\d.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\d)/g,
    accepts: (match) => isCpf(bare(match)),
  },
  {
    kind: 'cn-id',
    pattern: /(?<![\dA-Za-z])\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])/g,
    accepts: (match) => '10X98765432'[weighted(match, CN_WEIGHTS) % 11] === match.at(-1)?.toUpperCase(),
  },
  {
    kind: 'es-dni',
    pattern: /(?<![\dA-Za-z])(?:\d{8}|[XYZ]-?\d{7})-?[A-Z](?![\dA-Za-z])/g,
    accepts: (match) => {
      const plain = bare(match).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
      return DNI_LETTERS[Number(plain.slice(0, -1)) % 23] === plain.at(-1);
    },
  },
  {
    kind: 'fi-hetu',
    pattern: /(?<![\dA-Za-z])(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2}[-+A-FU-Y]\d{3}[\dA-Y](?![\dA-Za-z])/g,
    accepts: (match) => HETU_SIGNS[Number(match.slice(0, 6) + match.slice(7, 10)) % 31] === match.at(-1),
  },
  {
    kind: 'fr-nir',
    pattern: /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?!\d)/g,
    accepts: (match) => {
      const digits = bare(match).replace('2A', '19').replace('2B', '18');
      return 97 - remainder(digits.slice(0, 13), 97) === Number(digits.slice(13));
    },
  },
  {
    kind: 'it-cf',
    pattern: /(?<![\dA-Za-z])[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?![\dA-Za-z])/g,
    accepts: isCodiceFiscale,
  },
  {
    kind: 'pl-pesel',
    pattern: /(?<!\d)\d{2}(?:[02468][1-9]|[13579][0-2])(?:0[1-9]|[12]\d|3[01])\d{5}(?!\d)/g,
    accepts: (match) => weighted(match, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  {
    kind: 'us-ssn',
    pattern: /(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])/g,
  },
];

function isCpf(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false;
  const check = (length: number) => {
    const weights = Array.from({ length }, (_, at) => length + 1 - at);
    return ((weighted(digits, weights) * 10) % 11) % 10 === Number(digits[length]);
  };
  return check(9) && check(10);
}

/** Decree of the Italian ministry of finance of 23 December 1976: odd and even places count by different tables. */
function isCodiceFiscale(code: string): boolean {
  let sum = 0;
  for (let at = 0; at < 15; at += 1) {
    const sign = code.charCodeAt(at);
    const value = sign < 65 ? sign - 48 : sign - 65;
    sum += at % 2 === 0 ? (ODD[value] ?? 0) : value;
  }
  return sum % 26 === code.charCodeAt(15) - 65;
}
