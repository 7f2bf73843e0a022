import fs from 'node:fs';
import type { RunHeader, RunVariant } from '../../engine/run/run.ts';
import type { Sample } from '../../engine/run/sample.ts';
import { sampleLine } from './sampleLine.ts';

/** The file of `--samples`: one JSON line for each sample, written as it finishes. */
export function samplesFile(file: string): {
  begin: (header: RunHeader) => void;
  add: (sample: Sample) => void;
  close: () => void;
} {
  const descriptor = fs.openSync(file, 'w');
  let variants: ReadonlyMap<string, RunVariant> = new Map();
  let pending = '';
  const flush = () => {
    if (pending !== '') fs.writeSync(descriptor, pending);
    pending = '';
  };
  return {
    begin: (header) => {
      variants = new Map(header.variants.map((variant) => [variant.id, variant]));
    },
    add: (sample) => {
      const variant = variants.get(sample.variantId);
      if (variant) pending += sampleLine(sample, variant);
      if (pending.length > BUFFER_CHARACTERS) flush();
    },
    close: () => {
      flush();
      fs.closeSync(descriptor);
    },
  };
}

const BUFFER_CHARACTERS = 64 * 1024;
