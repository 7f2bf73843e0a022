import { type RepeatPolicy, repeatScore, repeatsPass } from '../repeats/repeatPolicy.ts';
import type { SampleStatus } from '../run/sample.ts';
import { CHANGE_GROUPS, type ChangeGroup } from './changeGroup.ts';

/** A sample as a comparison needs it; `output` names what was answered: the same text, the same name. */
export type OutputSample = {
  readonly sampleId: number;
  readonly caseId: string;
  readonly caseIndex: number;
  readonly variantId: string;
  readonly repeat: number;
  readonly status: SampleStatus;
  readonly composite: number | null;
  readonly output: string;
};

/** A case under one variant, before and after; a side is null where it has no sample. */
export type ComparedRow = {
  readonly caseId: string;
  /** In the later run, or where that lacks the case in the earlier one; from 0. */
  readonly caseIndex: number;
  /** Of the later run. */
  readonly variantId: string;
  readonly group: ChangeGroup;
  readonly before: ComparedSide | null;
  readonly after: ComparedSide | null;
};

/** The repeats of a case, by the first of those that ended as the case did. */
export type ComparedSide = {
  readonly sampleId: number;
  readonly status: SampleStatus;
  readonly composite: number | null;
  readonly repeats: number;
};

export type RowSource = {
  /** Ids of the same variant in the two runs. */
  readonly pairs: readonly { readonly before: string; readonly after: string }[];
  /** Ids of the cases that say the same in both. */
  readonly cases: ReadonlySet<string>;
  readonly before: { readonly samples: Iterable<OutputSample>; readonly repeats: RepeatPolicy };
  readonly after: { readonly samples: Iterable<OutputSample>; readonly repeats: RepeatPolicy };
  /** false: passing means another thing in the two, so only what was answered is compared. */
  readonly samePassing: boolean;
};

/**
 * Every case that both runs have, under every variant that both have: what broke first, then what was fixed, then other answers,
 * then what nobody can tell, last the same answers. Within a group the largest loss, or gain, comes first.
 */
export function comparedRows({ pairs, cases, before, after, samePassing }: RowSource): ComparedRow[] {
  const then = sidesOf(before.samples, before.repeats);
  const now = sidesOf(after.samples, after.repeats);
  const rows = pairs.flatMap((pair) => {
    const earlier = then.get(pair.before) ?? new Map<string, Side>();
    const later = now.get(pair.after) ?? new Map<string, Side>();
    const ids = new Set([...later.keys(), ...earlier.keys()]);
    return [...ids].flatMap((caseId): ComparedRow[] => {
      if (!cases.has(caseId)) return [];
      const [was, is] = [earlier.get(caseId), later.get(caseId)];
      const caseIndex = is?.caseIndex ?? was?.caseIndex ?? 0;
      const group = groupOf(was, is, samePassing);
      return [{ caseId, caseIndex, variantId: pair.after, group, before: shown(was), after: shown(is) }];
    });
  });
  return rows.sort((a, b) => CHANGE_GROUPS.indexOf(a.group) - CHANGE_GROUPS.indexOf(b.group) || byChange(a, b));
}

/** How many rows of each group there are. */
export function countGroups(rows: Iterable<ComparedRow>): { readonly [group in ChangeGroup]: number } {
  const counts = { broke: 0, fixed: 0, changed: 0, unclear: 0, same: 0 };
  for (const { group } of rows) counts[group] += 1;
  return counts;
}

type Side = ComparedSide & {
  readonly caseIndex: number;
  readonly passes: boolean | null;
  /** Of all repeats, in an order that does not depend on when they came. */
  readonly outputs: string;
};

function sidesOf(samples: Iterable<OutputSample>, policy: RepeatPolicy): ReadonlyMap<string, Map<string, Side>> {
  const grouped = new Map<string, Map<string, OutputSample[]>>();
  for (const sample of samples) {
    const cases = grouped.get(sample.variantId) ?? new Map<string, OutputSample[]>();
    grouped.set(sample.variantId, cases);
    const repeats = cases.get(sample.caseId);
    if (repeats) repeats.push(sample);
    else cases.set(sample.caseId, [sample]);
  }
  const sides = new Map<string, Map<string, Side>>();
  for (const [variantId, cases] of grouped)
    sides.set(variantId, new Map([...cases].map(([caseId, repeats]) => [caseId, sideOf(repeats, policy)])));
  return sides;
}

function sideOf(repeats: OutputSample[], policy: RepeatPolicy): Side {
  const ordered = repeats.sort((a, b) => a.repeat - b.repeat);
  const count = (status: SampleStatus) => ordered.filter((one) => one.status === status).length;
  const passes = repeatsPass(count('pass'), count('fail'), policy);
  const wanted = passes === null ? null : passes ? 'pass' : 'fail';
  const first = ordered.find(({ status }) => status === wanted) ?? (ordered[0] as OutputSample);
  const judged = ordered.flatMap(({ status, composite }) =>
    (status === 'pass' || status === 'fail') && composite !== null ? [composite] : [],
  );
  return {
    sampleId: first.sampleId,
    status: first.status,
    composite: judged.length === 0 ? first.composite : repeatScore(judged, policy),
    repeats: ordered.length,
    caseIndex: first.caseIndex,
    passes,
    outputs: ordered
      .map(({ output }) => output)
      .sort()
      .join('\n'),
  };
}

function groupOf(before: Side | undefined, after: Side | undefined, samePassing: boolean): ChangeGroup {
  if (!before || !after || before.status === 'error' || after.status === 'error') return 'unclear';
  if (samePassing) {
    if ((before.passes === null) !== (after.passes === null)) return 'unclear';
    if (before.passes && after.passes === false) return 'broke';
    if (before.passes === false && after.passes) return 'fixed';
  }
  return before.outputs === after.outputs ? 'same' : 'changed';
}

function shown(side: Side | undefined): ComparedSide | null {
  if (!side) return null;
  const { sampleId, status, composite, repeats } = side;
  return { sampleId, status, composite, repeats };
}

function byChange(a: ComparedRow, b: ComparedRow): number {
  return changeOf(b) - changeOf(a) || a.caseIndex - b.caseIndex || (a.variantId < b.variantId ? -1 : 1);
}

/** Unknown is not zero: without both numbers there is no size. */
function changeOf({ before, after }: ComparedRow): number {
  const [was, is] = [before?.composite ?? null, after?.composite ?? null];
  return was === null || is === null ? 0 : Math.abs(is - was);
}
