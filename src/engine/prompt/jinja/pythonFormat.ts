import { JinjaValueError } from './jinjaError.ts';
import { checkLength, isDict, itemsOf, type JinjaValue, numberOf, represent, textOf } from './jinjaValue.ts';

const PLACE = /%(?:\((\w+)\))?([-+ 0#]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g;

/**
 * Python's `%`: `"%s has %d" % (a, b)`, with names from a mapping, flags, width and precision.
 *
 * @throws JinjaValueError when values and places do not fit
 */
export function formatPercent(pattern: string, given: JinjaValue): string {
  const values = [...(Array.isArray(given) ? [given] : (itemsOf(given) ?? [given]))];
  let at = 0;
  const next = (name: string | undefined): JinjaValue => {
    if (name !== undefined && isDict(given) && Object.hasOwn(given, name)) return given[name] ?? null;
    if (name !== undefined || at >= values.length) throw new JinjaValueError('The text has more places than values.');
    return values[at++] ?? null;
  };
  let usesNames = false;
  const text = pattern.replace(PLACE, (_whole, name, flags: string, width: string, precision, letter: string) => {
    checkLength(Number(width));
    checkLength(Number(precision ?? 0));
    if (letter === '%') return '%';
    usesNames ||= name !== undefined;
    const body = formatted(next(name), letter, flags, precision === undefined ? null : Number(precision));
    if (flags.includes('-')) return body.padEnd(Number(width));
    if (!flags.includes('0') || letter === 's' || letter === 'r') return body.padStart(Number(width));
    const sign = /^[-+ ]/.exec(body)?.[0] ?? '';
    return sign + body.slice(sign.length).padStart(Number(width) - sign.length, '0');
  });
  if (!usesNames && at < values.length && !isDict(given))
    throw new JinjaValueError('The text has fewer places than values.');
  return text;
}

function formatted(value: JinjaValue, letter: string, flags: string, precision: number | null): string {
  if (letter === 's' || letter === 'r') {
    const text = letter === 's' ? textOf(value) : represent(value);
    return precision === null ? text : [...text].slice(0, precision).join('');
  }
  const number = numberOf(value);
  if (number === null) throw new JinjaValueError(`%${letter} wants a number.`);
  const sign = number >= 0 && flags.includes('+') ? '+' : number >= 0 && flags.includes(' ') ? ' ' : '';
  switch (letter) {
    case 'd':
    case 'i':
      return sign + String(BigInt(Math.trunc(number)));
    case 'f':
    case 'F':
      return sign + number.toFixed(Math.min(precision ?? 6, 100));
    case 'x':
      return sign + Math.trunc(number).toString(16);
    case 'X':
      return sign + Math.trunc(number).toString(16).toUpperCase();
    case 'o':
      return sign + Math.trunc(number).toString(8);
    default:
      throw new JinjaValueError(`%${letter} is not supported.`, 'Use %s, %d or %f.');
  }
}
