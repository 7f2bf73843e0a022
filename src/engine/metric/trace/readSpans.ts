import { isJsonObject, type JsonObject } from '../../json.ts';

/** One operation of a trace. */
export type TraceSpan = {
  readonly name: string;
  /** null where its times are not told or contradict each other. */
  readonly durationMs: number | null;
  readonly failed: boolean;
};

/**
 * The spans in a value: OTLP in JSON (`resourceSpans`), a list of spans as the SDKs of OpenTelemetry write them or with `name`,
 * `startTime`, `endTime` or `durationMs`, and `status`; also as text, one or several documents line by line.
 *
 * @returns null where it is none of these
 * Source: opentelemetry.io/docs/specs/otlp, JSON Protobuf encoding; a span failed by its status ERROR, or by `error.type`.
 */
export function spansIn(value: unknown): readonly TraceSpan[] | null {
  return typeof value === 'string' ? spansInText(value) : collect(value, 0);
}

/** Resource, scope and span, with a list about each. */
const DEEPEST = 8;

function collect(value: unknown, depth: number): readonly TraceSpan[] | null {
  if (depth > DEEPEST) return null;
  if (Array.isArray(value)) {
    const lists = value.map((item: unknown) => (Array.isArray(item) ? null : collect(item, depth + 1)));
    return lists.every((list) => list !== null) ? lists.flat() : null;
  }
  if (!isJsonObject(value)) return null;
  const { resourceSpans, scopeSpans, instrumentationLibrarySpans, spans, name } = value;
  const nested = resourceSpans ?? scopeSpans ?? instrumentationLibrarySpans ?? spans;
  if (Array.isArray(nested)) return collect(nested, depth + 1);
  return typeof name === 'string' ? [{ name, durationMs: durationOf(value), failed: isFailed(value) }] : null;
}

function spansInText(text: string): readonly TraceSpan[] | null {
  const whole = parsed(text);
  if (whole !== undefined) return collect(whole, 0);
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length < 2 ? null : collect(lines.map(parsed), 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function durationOf(span: JsonObject): number | null {
  const given = span['durationMs'] ?? span['duration'];
  const told = typeof given === 'number' ? given : secondsAndNanos(given);
  if (told !== null) return told >= 0 ? told : null;
  const [start, end] = [span['startTimeUnixNano'], span['endTimeUnixNano']];
  // Nanoseconds since 1970 are more than a number can hold.
  const nanos = isNanos(start) && isNanos(end) ? Number(BigInt(end) - BigInt(start)) / 1e6 : null;
  const [from, to] = [momentOf(span['startTime'] ?? span['start_time']), momentOf(span['endTime'] ?? span['end_time'])];
  const millis = nanos ?? (from === null || to === null ? null : to - from);
  return millis === null || millis < 0 ? null : millis;
}

function isNanos(value: unknown): value is string | number {
  return typeof value === 'string' ? /^\d{1,20}$/.test(value) : Number.isSafeInteger(value);
}

/** Milliseconds; a text is a date in ISO form. */
function momentOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'string' ? isoMoment(value) : secondsAndNanos(value);
}

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:Z|([+-])(\d\d):?(\d\d))?$/;

/** Milliseconds since 1970 with the fraction that is written, which a Date would cut to three digits. */
function isoMoment(text: string): number | null {
  const found = ISO.exec(text.trim());
  if (found === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map(Number);
  const offset = (found[7] === '-' ? -1 : 1) * (Number(found[8] ?? 0) * 60 + Number(found[9] ?? 0));
  return (((daysTo(year, month, day) * 24 + hour) * 60 + minute - offset) * 60 + second) * 1000;
}

/** Days since 1970-01-01 in the Gregorian calendar; years begin with March, so that a leap day ends one. */
function daysTo(year: number, month: number, day: number): number {
  const years = month > 2 ? year : year - 1;
  const months = (month + 9) % 12;
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400);
  return years * 365 + leaps + Math.floor((months * 153 + 2) / 5) + day - 719_469;
}

/** `[seconds, nanoseconds]`, as OpenTelemetry for JavaScript has times and durations. */
function secondsAndNanos(value: unknown): number | null {
  if (!Array.isArray(value) || value.length !== 2) return null;
  const [seconds, nanos]: readonly unknown[] = value;
  return typeof seconds === 'number' && typeof nanos === 'number' ? seconds * 1000 + nanos / 1e6 : null;
}

const ERRORS: readonly unknown[] = [2, 'ERROR', 'STATUS_CODE_ERROR'];
const FINE: readonly unknown[] = [1, 'OK', 'STATUS_CODE_OK'];

function isFailed(span: JsonObject): boolean {
  const { status, statusCode, error } = span;
  const told = isJsonObject(status) ? (status['code'] ?? status['status_code']) : (status ?? statusCode);
  const code = typeof told === 'string' ? told.toUpperCase() : told;
  if (ERRORS.includes(code)) return true;
  if (FINE.includes(code)) return false;
  if (error === true || isJsonObject(error) || (typeof error === 'string' && error !== '')) return true;
  const attribute = attributesOf(span['attributes']);
  return attribute('error.type') !== undefined || attribute('error') === true;
}

/** A mapping, or as OTLP writes it a list of `{ key, value: { stringValue } }`. */
function attributesOf(attributes: unknown): (name: string) => unknown {
  if (isJsonObject(attributes)) return (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
  if (!Array.isArray(attributes)) return () => undefined;
  const entries: readonly unknown[] = attributes;
  return (name) => {
    const found = entries.find((entry) => isJsonObject(entry) && entry['key'] === name);
    const value = isJsonObject(found) ? found['value'] : undefined;
    return isJsonObject(value) ? Object.values(value)[0] : value;
  };
}
