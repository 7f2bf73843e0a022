import fs from 'node:fs';
import type { RunHeader, RunVariant } from '../../engine/run/run.ts';
import type { Sample } from '../../engine/run/sample.ts';
import { sampleLine } from './sampleLine.ts';

export type SamplesFile = {
  readonly begin: (header: RunHeader) => void;
  readonly add: (sample: Sample) => void;
  readonly close: () => void;
};

/** The file of `--samples`: one JSON line for each sample, written as it finishes. */
export function samplesFile(file: string): SamplesFile {
  const descriptor = fs.openSync(file, 'w');
  let variants: ReadonlyMap<string, RunVariant> = new Map();
  let pending = '';
  const flush = () => {
    // Not writeSync: that may write a part only, as to a full disk or a pipe.
    if (pending !== '') fs.writeFileSync(descriptor, pending);
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
      try {
        flush();
      } finally {
        fs.closeSync(descriptor);
      }
    },
  };
}

const BUFFER_CHARACTERS = 64 * 1024;
