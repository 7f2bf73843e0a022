import { InvalidArgumentError } from 'commander';
import type { Json } from '../engine/json.ts';
import { REPORTERS, type ReporterName } from './reporterNames.ts';

/** `temperature=0`, `seed=1`, `stop=END`, `temperature=[0,0.7]`: JSON where it is JSON, else text; a list is several values. */
export function collectParam(text: string, previous: ParamValues = {}): ParamValues {
  const at = text.indexOf('=');
  const name = text.slice(0, at).trim();
  if (at < 1 || name === '') throw new InvalidArgumentError('Write it as name=value.');
  const value = readValue(text.slice(at + 1));
  const values = Array.isArray(value) ? (value as readonly Json[]) : [value];
  if (values.length === 0) throw new InvalidArgumentError('An empty list leaves nothing to run.');
  const before = Object.hasOwn(previous, name) ? (previous[name] ?? []) : [];
  return Object.fromEntries([...Object.entries(previous), [name, [...before, ...values]]]);
}
export type ParamValues = { readonly [name: string]: Json[] };

/** A report that is written beside the chosen one. */
export type AlsoReport = { readonly reporter: ReporterName; readonly out: string };

/** `junit=touchstone.xml`. */
export function collectReport(text: string, previous: readonly AlsoReport[] = []): AlsoReport[] {
  const at = text.indexOf('=');
  const reporter = REPORTERS.find((name) => name === text.slice(0, Math.max(0, at)));
  const out = text.slice(at + 1);
  if (reporter === undefined || out === '')
    throw new InvalidArgumentError(`Write it as name=file; a name is one of ${REPORTERS.join(', ')}.`);
  return [...previous, { reporter, out }];
}

/** For an option that may be given several times. */
export function collect(text: string, previous: readonly string[] = []): string[] {
  return [...previous, text];
}

/** An integer of 1 or more. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError('It must be a whole number of 1 or more.');
  return value;
}

/** Dollars: a number above 0, with or without `$`. */
export function parseUsd(text: string): number {
  const value = Number(text.trim().replace(/^\$/, ''));
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError('It must be an amount in dollars above 0, e.g. 0.50.');
  return value;
}

function readValue(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
