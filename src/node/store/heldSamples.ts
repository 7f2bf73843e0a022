import * as z from 'zod';
import type { HeldSamples } from '../../engine/run/runPlan.ts';
import type { Database } from './database.ts';
import { parseRow } from './rows.ts';
import type { KnownRun } from './runReader.ts';
import type { SampleReader } from './sampleReader.ts';

/** The samples that a run had when they were looked for. */
export type CountedSamples = HeldSamples & { readonly count: number };

const heldRow = z.object({ id: z.int(), caseIndex: z.int(), variant: z.int(), repeat: z.int() });

/** Keeps a number for each sample in memory, and reads what it says when it is asked for. */
export function createHeldSamples(database: Database, samples: SampleReader): (run: KnownRun) => CountedSamples {
  const keysOf = database.prepare('SELECT id, case_index AS caseIndex, variant, repeat FROM sample WHERE run = ?');
  return (run) => {
    const ordinals = new Map(run.header.variants.map(({ id }, ordinal) => [id, ordinal]));
    const ids = new Map<string, number>();
    for (const source of keysOf.iterate(run.seq)) {
      const { id, caseIndex, variant, repeat } = parseRow(heldRow, source);
      ids.set(`${caseIndex} ${variant} ${repeat}`, id);
    }
    const idOf: (...key: Parameters<HeldSamples['has']>) => number | undefined = (variantId, { index }, repeat) =>
      ids.get(`${index} ${ordinals.get(variantId)} ${repeat}`);
    return {
      count: ids.size,
      has: (...key) => idOf(...key) !== undefined,
      find: (...key) => {
        const id = idOf(...key);
        return id === undefined ? null : (samples.stored(run, id)?.sample ?? null);
      },
    };
  };
}
