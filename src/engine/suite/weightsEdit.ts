import { isMap, isScalar, isSeq, type Pair, parseDocument, type YAMLMap } from 'yaml';
import { applyEdits, type TextEdit } from '../textEdit.ts';
import type { Trial } from '../trial/trial.ts';
import { parseSuite } from './parseSuite.ts';
import type { Suite } from './suite.ts';
import { setKey, withKeys } from './yamlEdit.ts';

/** Edits of a suite's text, or why there are none, as a sentence. */
export type WeightsEdit = { readonly edits: readonly TextEdit[] } | { readonly refusal: string };

/**
 * Writes the weights, gates and rules of a trial into a suite. Only what differs is touched; comments and the style of each entry
 * stay. What was written is read again: an edit that would not say what was tried is refused.
 *
 * @param text of the suite, as it is now
 */
export function weightsEdit(text: string, path: string, trial: Trial): WeightsEdit {
  const { suite } = parseSuite(text, path);
  if (!suite) return { refusal: 'The suite has errors: mend them first.' };
  if ((suite.composite.formula ?? null) !== (trial.policy.formula ?? null)) {
    return { refusal: 'The suite makes its composite by another formula now: re-score the run first.' };
  }
  const unknown = Object.keys(trial.weights).filter((name) => suite.metrics.every(({ value }) => value.name !== name));
  if (unknown.length > 0) return { refusal: `The suite no longer has the metric ${quoted(unknown)}.` };
  const changed = changedMetrics(suite, trial);
  const left = changed.filter(({ weight }) => weight === 0).map(({ name }) => name);
  if (left.length > 0) return { refusal: `A suite has no weight of 0: take ${quoted(left)} out of it by hand.` };
  const document = parseDocument(text, { prettyErrors: false });
  const root = document.contents;
  const list = isMap(root) ? root.get('metrics', true) : undefined;
  const entries = isSeq(list) ? list.items : [];
  const ofPreset = changed.filter(({ index }) => index >= entries.length).map(({ name }) => name);
  if (ofPreset.length > 0)
    return {
      refusal: `${quoted(ofPreset)} comes from the preset: write it into \`metrics\` first, then its weight can stand there.`,
    };
  const edits = changed.flatMap(({ index, weight, gate, wasGate }) => {
    const keys: [string, string][] = [['weight', number(weight)]];
    if (gate !== wasGate) keys.push(['gate', String(gate)]);
    return withKeys(text, entries[index], keys, isSeq(list) && list.flow === true);
  });
  if (isMap(root)) edits.push(...policyEdits(text, root, suite, trial));
  const written = applyEdits(text, edits);
  if (!saysSo(written, path, trial))
    return { refusal: 'The suite is written in a way that cannot be edited here: change it by hand.' };
  return { edits };
}

type Changed = {
  readonly index: number;
  readonly name: string;
  readonly weight: number;
  readonly gate: boolean;
  readonly wasGate: boolean;
};

function changedMetrics({ metrics }: Suite, { weights }: Trial): Changed[] {
  return metrics.flatMap(({ value: { name, weight, gate } }, index) => {
    const tried = Object.hasOwn(weights, name) ? weights[name] : undefined;
    if (!tried || (tried.weight === weight && tried.gate === gate)) return [];
    return [{ index, name, ...tried, wasGate: gate }];
  });
}

/** The keys of `composite` that differ; the mapping is made where there is none. */
function policyEdits(text: string, root: YAMLMap, { composite }: Suite, { policy }: Trial): TextEdit[] {
  const keys: [string, string][] = [];
  if (policy.threshold !== composite.threshold) keys.push(['threshold', number(policy.threshold)]);
  if (policy.missing !== composite.missing) keys.push(['missing', policy.missing]);
  const [mean, before] = [policy.mean ?? 'arithmetic', composite.mean ?? 'arithmetic'];
  if (mean !== before) keys.push(['mean', mean]);
  if (keys.length === 0) return [];
  const pair = root.items.find((one: Pair) => isScalar(one.key) && one.key.value === 'composite');
  if (pair && isMap(pair.value)) return keys.map(([key, value]) => setKey(text, pair.value as YAMLMap, key, value));
  const flow = `{ ${keys.map(([key, value]) => `${key}: ${value}`).join(', ')} }`;
  return [setKey(text, root, 'composite', flow)];
}

function saysSo(text: string, path: string, { weights, policy }: Trial): boolean {
  const { suite } = parseSuite(text, path);
  if (!suite) return false;
  const { threshold, missing, mean = 'arithmetic' } = suite.composite;
  const isPolicy =
    threshold === policy.threshold && missing === policy.missing && mean === (policy.mean ?? 'arithmetic');
  return (
    isPolicy &&
    suite.metrics.every(({ value: { name, weight, gate } }) => {
      const tried = Object.hasOwn(weights, name) ? weights[name] : undefined;
      return !tried || (tried.weight === weight && tried.gate === gate);
    })
  );
}

/** Without the noise of binary fractions. */
function number(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}
